// What the public may do, over the wire: report, look up, rate; and what it never learns.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { sql } from 'kysely'
import { caseIn, onDuty, photo, spot } from '../../cases/testing.ts'
import { caseKey, reportCase, takeStep } from '../../cases/index.ts'
import { emptyOutbox, publicActor, systemActor, type Context } from '../../kernel/index.ts'
import { as, inCity, withApp, type App } from '../../testing.ts'
import { WRONG_AT_MOST } from './guesses.ts'
import { findNearby, findProgress, rate } from './look-up.ts'
import { reportFromPublic } from './report.ts'
import { putSpots } from './store.ts'

const PHONE = '13812342207'

const picture = (shade = 90) =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: { r: shade, g: 80, b: 70 } } })
    .jpeg()
    .toBuffer()

async function placeOf({ kernel }: App): Promise<[number, number]> {
  return kernel.read({ actor: systemActor }, (ctx) => spot(ctx, '999902'))
}

async function formOf(app: App, more: Record<string, string> = {}, files: Buffer[] = []): Promise<FormData> {
  const [lng, lat] = await placeOf(app)
  const form = new FormData()
  for (const [name, value] of Object.entries({ key: 'draft-0123456789abcdef', lng: String(lng), lat: String(lat), ...more }))
    form.append(name, value)
  for (const file of files) form.append('files', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), 'IMG_张三.jpg')
  return form
}

const send = async (app: App, body: FormData) => app.fetchAs(null, '/api/public/reports', { method: 'POST', body })

interface Receipt {
  number: string
  word: string
  address: string
}

test(
  'a citizen reports with photos, and looks the progress up by number and query word',
  withApp(async (app) => {
    const reply = await send(
      app,
      await formOf(app, { group: 'road', words: '井盖裂开', phone: PHONE }, [await picture(), await picture(120)]),
    )
    assert.equal(reply.status, 200, await reply.clone().text())
    const { number, word } = (await reply.json()) as Receipt
    assert.match(number, /^99990\d{15}$/)

    const mine = await (await app.fetchAs(null, `/api/public/cases/${number}?word=${word.toLowerCase()}`)).json()
    assert.equal(mine.sentence.zh, '已收到，等待受理')
    assert.deepEqual([mine.mine, mine.words, mine.photos.length], [true, '井盖裂开', 2])

    const anyone = await (await app.fetchAs(null, `/api/public/cases/${number}`)).json()
    assert.deepEqual([anyone.mine, anyone.words, anyone.photos], [false, null, []])
    assert.equal((await app.fetchAs(null, `/api/public/cases/${number}?word=AAAA`)).status, 404)
  }),
)

test(
  'one report sent twice by a poor connection is one case, whatever key it carries the second time',
  withApp(async (app) => {
    const replies = await Promise.all([1, 2, 3].map(async () => send(app, await formOf(app, { words: '路灯不亮' }, [await picture()]))))
    const receipts = (await Promise.all(replies.map((reply) => reply.json()))) as Receipt[]

    assert.equal(new Set(receipts.map(({ number }) => number)).size, 1)
    assert.equal(new Set(receipts.map(({ word }) => word)).size, 1)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from case_file where description = '路灯不亮'`.execute(
      app.kernel.db,
    )
    assert.equal(rows[0]!.n, 1)
  }),
)

test(
  'damaged and foreign uploads are refused by name, and nothing is filed',
  withApp(async (app) => {
    const whole = await picture()
    for (const { files, status, code } of [
      { files: [whole.subarray(0, 200)], status: 422, code: 'files.damaged' },
      { files: [Buffer.from('MZ this is a program')], status: 415, code: 'files.type-refused' },
      {
        files: [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF')],
        status: 415,
        code: 'public.photos-only',
      },
      { files: [Buffer.alloc(0)], status: 422, code: 'files.empty' },
      { files: [whole, whole, whole, whole], status: 422, code: 'public.too-many-photos' },
    ]) {
      const reply = await send(app, await formOf(app, { key: `damaged-${status}-${files.length}-abcdef` }, files))
      const body = (await reply.json()) as { code: string }
      assert.deepEqual([reply.status, body.code], [status, code])
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from case_origin where key like 'damaged-%'`.execute(app.kernel.db)
    assert.equal(rows[0]!.n, 0)
  }),
)

test(
  'a broken form, a place outside the city and wrong fields are refused in the language of the caller',
  withApp(async (app) => {
    const far = await send(app, await formOf(app, { lng: '10', lat: '10' }))
    assert.deepEqual([far.status, ((await far.json()) as { code: string }).code], [422, 'public.outside-city'])

    for (const more of [{ lat: '91' }, { lat: 'here' }, { group: 'dragons' }, { phone: 'call me' }, { key: 'short' }]) {
      const reply = await send(app, await formOf(app, more as unknown as Record<string, string>))
      assert.equal(reply.status, 400, JSON.stringify(more))
      assert.equal(((await reply.json()) as { faults: unknown[] }).faults.length, 1)
    }
    const torn = await app.fetchAs(null, '/api/public/reports', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'accept-language': 'en' },
      body: '--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nabc',
    })
    assert.equal(torn.status, 400)
  }),
)

test(
  'nothing public tells who reported: no phone, no name, no mail, no word, no name of a file',
  withApp(async (app) => {
    const secret = { first_name: '三丰', last_name: '张', phone: PHONE, email: 'zsf@example.org' }
    const [lng, lat] = await placeOf(app)
    const said = `我叫张三丰，电话${PHONE}，住3号楼2单元501室。井盖坏了`
    const portal = (await (await send(app, await formOf(app, { words: said, phone: PHONE }, [await picture()]))).json()) as Receipt
    const posted = await app.fetchAs(null, '/open311/v2/requests.json', {
      method: 'POST',
      body: new URLSearchParams({
        api_key: 'demo',
        service_code: 'other',
        lat: String(lat),
        long: String(lng),
        description: said,
        ...secret,
      }),
    })
    const [{ service_request_id: other }] = (await posted.json()) as [{ service_request_id: string }]
    for (const number of [portal.number, other]) {
      await app.kernel.transact({ actor: systemActor }, (ctx) => takeStep(ctx, caseKey(number), { step: 'accept' }))
    }
    await app.kernel.settle()

    const pages = [
      `/api/public/cases/${portal.number}`,
      `/api/public/nearby?lng=${lng}&lat=${lat}&metres=500`,
      '/api/public/figures',
      '/open311/v2/requests.json',
      '/open311/v2/requests.xml',
      `/open311/v2/requests/${other}.json`,
      `/open311/v2/requests/${portal.number}.xml`,
      `/open311/v2/tokens/${other}.json`,
    ]
    for (const page of pages) {
      const reply = await app.fetchAs(null, page)
      const text = await reply.text()
      assert.equal(reply.status, 200, page)
      // Whole words: three figures alone also stand in a port, a position, the name of a picture.
      for (const hidden of [PHONE, '三丰', 'zsf', '2单元', '501室', 'IMG_', portal.word])
        assert.ok(!text.includes(hidden), `${page} tells ${hidden}: ${text}`)
    }
    assert.match(await (await app.fetchAs(null, `/open311/v2/requests/${other}.json`)).text(), /井盖坏了/)
  }),
)

test(
  'a photo leaves only as a public copy, only with its own case, and to strangers only once an operator has seen it',
  withApp(async (app) => {
    const exif = await sharp(await picture())
      .withExif({ IFD0: { Artist: 'Zhang San' } })
      .jpeg()
      .toBuffer()
    const { number, word } = (await (await send(app, await formOf(app, {}, [exif]))).json()) as Receipt
    const mine = await (await app.fetchAs(null, `/api/public/cases/${number}?word=${word}`)).json()
    const { sha256, url } = mine.photos[0] as { sha256: string; url: string }
    const photoOf = (query = '') => app.fetchAs(null, `/api/public/cases/${number}/photos/${sha256}${query}`)

    assert.equal((await photoOf()).status, 404)
    const own = await app.fetchAs(null, url)
    assert.equal(own.status, 200)
    const copy = Buffer.from(await own.arrayBuffer())
    assert.equal((await sharp(copy).metadata()).exif, undefined)
    assert.doesNotMatch(own.headers.get('content-disposition') ?? '', /IMG_/)

    await app.kernel.transact({ actor: systemActor }, (ctx) => takeStep(ctx, caseKey(number), { step: 'accept' }))
    assert.equal((await photoOf('?size=thumb')).status, 200)
    assert.equal((await app.fetchAs(null, `/api/public/cases/${number}/photos/${'0'.repeat(64)}`)).status, 404)
    assert.equal((await photoOf('?size=original')).status, 400)
  }),
)

test(
  'whoever sends without end is asked to wait',
  withApp(async (app) => {
    let last: Response | undefined
    for (let i = 0; i < 80 && last?.status !== 429; i++)
      last = await app.fetchAs(null, '/api/public/cases/99990220260101000001/rating', { json: { word: 'AAAA', fixed: true } })

    assert.equal(last?.status, 429)
    assert.ok(Number(last?.headers.get('retry-after')) > 0)
  }),
)

const anyone = (ctx: Context): Context => ({ ...ctx, actor: publicActor, outbox: emptyOutbox() })

test(
  'the operator sees what the citizen chose, and that the category was guessed',
  inCity(async (ctx) => {
    const { row } = await reportFromPublic(anyone(ctx), { key: 'a'.repeat(32), position: await spot(ctx, '999902'), group: 'light' }, [])

    assert.deepEqual([row.source, row.category, row.description, row.reporterId], ['public', '2026.m.01037', '路灯、供电', 'public'])
    assert.deepEqual(row.attributes, { channel: 'portal', guessed: true, wordless: true, group: 'light' })
  }),
)

test(
  'someone signed in reports on the portal as a citizen, not as the person they are at work',
  inCity(async (ctx) => {
    const { row } = await reportFromPublic(as(ctx, 'case.read'), { key: 'b'.repeat(32), position: await spot(ctx, '999902') }, [])

    assert.equal(row.reporterId, 'public')
  }),
)

test(
  'a closed case can be rated once, by whoever has the word',
  inCity(async (ctx) => {
    await onDuty(ctx, 'collector01', await spot(ctx, '999902'))
    const { number } = await caseIn(ctx, 'closed', { source: 'public' })
    const { rows } = await sql<{ queryWord: string }>`select query_word from case_reporter where number = ${number}`.execute(ctx.db)
    const word = rows[0]!.queryWord

    assert.equal((await findProgress(anyone(ctx), number, word)).mayRate, true)
    await assert.rejects(rate(anyone(ctx), number, { word: 'AAAA', fixed: true }), { code: 'public.report-unknown' })
    assert.deepEqual(await rate(anyone(ctx), number, { word, fixed: true, stars: 4, words: '很快' }), { fixed: true, stars: 4 })
    const after = await findProgress(anyone(ctx), number, word)
    assert.deepEqual([after.mayRate, after.rating], [false, { fixed: true, stars: 4 }])
    assert.equal((await findProgress(anyone(ctx), number, undefined)).rating, null)
    await assert.rejects(rate(anyone(ctx), number, { word, fixed: false }), { code: 'case.rated-already' })
  }),
)

test(
  'what is not closed cannot be rated yet',
  inCity(async (ctx) => {
    const { number, queryWord } = await reportCase(anyone(ctx), {
      category: '2026.m.06010',
      description: '垃圾',
      position: await spot(ctx, '999902'),
    })

    await assert.rejects(rate(anyone(ctx), number, { word: queryWord, fixed: true }), { code: 'public.not-yet-rateable' })
  }),
)

test(
  'nearby are open cases of the same tile or of none, nearest first',
  inCity(async (ctx) => {
    const report = async (metres: number, category: string, attributes = {}) => {
      const position = await spot(ctx, '999902', metres)
      const { number, district } = await reportCase(anyone(ctx), { category, description: '问题', position, attributes })
      await putSpots(ctx, [{ number, district, position }])
      return number
    }
    const litter = await report(20, '2026.m.06010')
    const lamp = await report(5, '2026.m.01037')
    const unknown = await report(10, '2026.m.06010', { guessed: true, group: 'other' })
    await report(90, '2026.m.06010')
    const position = await spot(ctx, '999902')
    const numbers = async (group?: 'waste') =>
      (await findNearby(ctx, { position, metres: 60, limit: 10, group }))
        .map(({ number }) => number)
        .filter((number) => [litter, lamp, unknown].includes(number))

    assert.deepEqual(await numbers(), [lamp, unknown, litter])
    assert.deepEqual(await numbers('waste'), [unknown, litter])
  }),
)

test(
  'photos of a disposal that failed its check are shown no more',
  inCity(async (ctx) => {
    await onDuty(ctx, 'collector01', await spot(ctx, '999902'))
    const row = await caseIn(ctx, 'checking', { files: [await photo(ctx, 10)] })
    const when = async () => (await findProgress(anyone(ctx), row.number, undefined)).photos.map((each) => each.when)

    assert.deepEqual(await when(), ['before', 'after'])
    await takeStep(ctx, row, { step: 'rework', files: [await photo(ctx, 200)], note: '还是坏的' })
    assert.deepEqual(await when(), ['before'])
  }),
)

test(
  'a query word cannot be found by trying',
  inCity(async (ctx) => {
    const report = { category: '2026.m.06010', description: '垃圾', position: await spot(ctx, '999902') }
    const [mine, other] = [await reportCase(anyone(ctx), report), await reportCase(anyone(ctx), report)]
    for (let i = 0; i < WRONG_AT_MOST; i++) await assert.rejects(findProgress(anyone(ctx), mine.number, 'AAAA'), { code: 'public.report-unknown' })

    await assert.rejects(findProgress(anyone(ctx), mine.number, mine.queryWord), { code: 'public.guessed-too-often' })
    await assert.rejects(rate(anyone(ctx), mine.number, { word: 'AAAA', fixed: true }), { code: 'public.guessed-too-often' })
    assert.equal((await findProgress(anyone(ctx), other.number, other.queryWord)).mine, true)
    const soon = { ...anyone(ctx), now: new Date(+ctx.now + 15 * 60_000) }
    assert.equal((await findProgress(soon, mine.number, mine.queryWord)).mine, true)
  }),
)
