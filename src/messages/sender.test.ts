// Handing over for real: an HTTP gateway, a mail server and a subscriber on this machine.

import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { reportCase, takeStep } from '../cases/index.ts'
import { caseIn, litter } from '../cases/testing.ts'
import { createGuard, HostRefused, postTo, type Context } from '../kernel/index.ts'
import { inCity, later, TODAY } from '../testing.ts'
import { putSettings, USUAL_SETTINGS } from './book.ts'
import { dropChannel, listChannels, putChannel } from './channels.ts'
import { messagesOnce } from './checks.ts'
import type { ChannelBody } from './contract.ts'
import { forgetOld } from './forget.ts'
import { countOutbox, listOutbox, resend } from './outbox.ts'
import { isOurs } from './signature.ts'
import { addSubscription, changeSubscription, dropSubscription, tryPush } from './subscriptions.ts'
import { own } from './tables.ts'
import { allMessages, openGateway, reaching, sendAllDue, tellAll, type Gateway } from './testing.ts'
import { preview, tryChannel } from './trial.ts'

const PHONE = '10000009999'
const minutesOn = (ctx: Context, minutes: number) => later(ctx, new Date(+ctx.now + minutes * 60_000))

const sms = (url: string, more: Partial<ChannelBody> = {}): ChannelBody => ({ kind: 'sms', name: '短信网关', unit: '', enabled: true, settings: { url }, secrets: { token: 'key-of-the-gateway' }, ...more })

/** A case that was accepted, whose reporter left a number; the text waits for the gateway. */
async function accepted(ctx: Context, count = 1): Promise<void> {
  for (let i = 0; i < count; i++) {
    const reported = await reportCase(ctx, await litter(ctx, { reporter: { name: '王小明', phone: PHONE, email: 'wang@example.org' } }))
    await takeStep(ctx, reported, { step: 'accept' })
  }
}

async function withGateway(given: Context): Promise<{ ctx: Context; gateway: Gateway }> {
  const ctx = reaching(given)
  const gateway = await openGateway()
  await putChannel(ctx, 'sms', sms(gateway.url))
  return { ctx, gateway }
}

const faults = (ctx: Context) => Array.fromAsync(messagesOnce.run(ctx))

test('a text goes to the gateway with its id and key, and what the gateway answered is kept', inCity(async (given) => {
  const { ctx, gateway } = await withGateway(given)
  await accepted(ctx)
  await tellAll(ctx)
  await sendAllDue(ctx)
  await sendAllDue(ctx)

  const [row] = await allMessages(ctx)
  assert.equal(gateway.got.length, 1, 'sent once, however often the sender looks')
  const { headers, text } = gateway.got[0]!
  assert.deepEqual([headers['idempotency-key'], headers.authorization], [row!.id, 'Bearer key-of-the-gateway'])
  assert.deepEqual(JSON.parse(text), { id: row!.id, phone: PHONE, text: row!.words!.zh.body })
  assert.deepEqual([row!.state, row!.tries, row!.answer], ['sent', 1, '{"errcode":0,"code":"OK"}'])
  assert.deepEqual(await faults(ctx), [])
}))

test('a gateway that is down is asked again, ever more seldom, with the same id, and nothing is lost', inCity(async (given) => {
  const { ctx, gateway } = await withGateway(given)
  gateway.answer = () => ({ status: 503, text: 'busy' })
  await accepted(ctx)
  await tellAll(ctx)
  await sendAllDue(ctx)
  await sendAllDue(ctx)
  assert.equal(gateway.got.length, 1, 'not at once again')
  const [waiting] = await allMessages(ctx)
  assert.deepEqual([waiting!.state, waiting!.error], ['waiting', 'HTTP 503 busy'])

  gateway.answer = () => ({ status: 200, text: 'ok' })
  await sendAllDue(minutesOn(ctx, 1))
  assert.equal(gateway.got.length, 2)
  assert.equal(gateway.got[0]!.headers['idempotency-key'], gateway.got[1]!.headers['idempotency-key'])
  assert.deepEqual((await allMessages(ctx)).map(({ state, error }) => [state, error]), [['sent', null]])
}))

test('after as many tries as are set a message is dead, says why, and is sent when someone asks', inCity(async (given) => {
  const { ctx, gateway } = await withGateway(given)
  await putSettings(ctx, { ...USUAL_SETTINGS, tries: 3 })
  gateway.answer = () => ({ status: 500, text: 'broken' })
  await accepted(ctx)
  await tellAll(ctx)
  for (let hour = 0; hour < 5; hour++) await sendAllDue(minutesOn(ctx, hour * 60))

  assert.equal(gateway.got.length, 3)
  const { items } = await listOutbox(ctx, { state: 'dead' })
  assert.deepEqual(items.map(({ error, tries }) => [error, tries]), [['HTTP 500 broken', 3]])
  assert.deepEqual((await countOutbox(ctx)).items, [{ channel: 'sms', state: 'dead', n: 1 }])

  gateway.answer = () => ({ status: 200, text: 'ok' })
  assert.deepEqual(await resend(ctx, [items[0]!.id]), { done: 1 })
  await sendAllDue(ctx)
  assert.equal(gateway.got.at(-1)!.headers['idempotency-key'], items[0]!.id, 'under the id that it had')
  assert.deepEqual((await allMessages(ctx)).map(({ state }) => state), ['sent'])
  assert.deepEqual(await resend(ctx, [items[0]!.id]), { done: 0 }, 'what was sent is not sent again')
}))

test('a text that the gateway refuses as such is dead at once, and holds up no other', inCity(async (given) => {
  const { ctx, gateway } = await withGateway(given)
  let asked = 0
  gateway.answer = () => (asked++ === 0 ? { status: 422, text: 'no such number' } : { status: 200, text: 'ok' })
  await accepted(ctx, 3)
  await tellAll(ctx)
  await sendAllDue(ctx)

  assert.deepEqual((await allMessages(ctx)).map(({ state }) => state).toSorted(), ['dead', 'sent', 'sent'])
}))

test('a gateway that says in its answer that it did not take a text has not taken it', inCity(async (given) => {
  const ctx = reaching(given)
  const gateway = await openGateway()
  await putChannel(ctx, 'sms', sms(gateway.url, { settings: { url: gateway.url, okField: 'code', okValue: 'OK', body: '{"to":["{phone}"],"msg":{"t":"{text}"},"ref":"{id}"}' } }))
  gateway.answer = () => ({ status: 200, text: '{"code":"LIMIT"}' })
  await accepted(ctx)
  await tellAll(ctx)
  await sendAllDue(ctx)
  assert.equal((await allMessages(ctx))[0]!.state, 'waiting')

  gateway.answer = () => ({ status: 200, text: '{"code":"OK"}' })
  await sendAllDue(minutesOn(ctx, 5))
  assert.equal((await allMessages(ctx))[0]!.state, 'sent')
  assert.deepEqual(JSON.parse(gateway.got[1]!.text).to, [PHONE])
}))

test('what a program had in its hands when it was killed is handed over again under the same id', inCity(async (given) => {
  const { ctx, gateway } = await withGateway(given)
  await accepted(ctx)
  const { rows } = await tellAll(ctx)
  // As the killed program left it: taken, perhaps handed over, never marked.
  await own(ctx).updateTable('message').set({ state: 'sending', tries: 1, dueAt: new Date(+TODAY + 30_000) }).execute()
  await sendAllDue(ctx)
  assert.equal(gateway.got.length, 0, 'not before its lease has run out')

  await sendAllDue(minutesOn(ctx, 1))
  assert.deepEqual(gateway.got.map(({ headers }) => headers['idempotency-key']), [rows[0]!.id])
}))

test('without a gateway texts are held for all to see; with one they go when someone sends them', inCity(async (given) => {
  const ctx = reaching(given)
  await accepted(ctx)
  await tellAll(ctx)
  await sendAllDue(ctx)
  const { items } = await listOutbox(ctx, { state: 'held' })
  assert.equal(items.length, 1)

  const gateway = await openGateway()
  await putChannel(ctx, 'sms', sms(gateway.url))
  await sendAllDue(ctx)
  assert.equal(gateway.got.length, 0, 'what is old is not let loose by itself')
  await resend(ctx, [items[0]!.id])
  await sendAllDue(ctx)
  assert.equal(gateway.got.length, 1)
}))

test('a mail goes by SMTP with its id, to the reporter’s address', inCity(async (given) => {
  const ctx = reaching(given)
  const mails: string[] = []
  const server = new SMTPServer({
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) => done(password === 'word' ? null : new Error('no'), { user: username }),
    onData: (stream, _, done) => {
      let text = ''
      stream.on('data', (part: Buffer) => (text += part.toString()))
      stream.on('end', () => {
        mails.push(text)
        done(null, 'queued')
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  server.server.unref()
  const { port } = server.server.address() as AddressInfo
  const settings = { host: '127.0.0.1', port, security: 'none' as const, user: 'city', from: '城运 <city@example.org>' }
  await putChannel(ctx, 'mail', { kind: 'email', name: '邮件', unit: '', enabled: true, settings, secrets: { password: 'word' } })
  await accepted(ctx)
  await tellAll(ctx)
  await sendAllDue(ctx)

  const row = (await allMessages(ctx)).find(({ channel }) => channel === 'email')!
  assert.deepEqual([row.state, row.address], ['sent', 'wang@example.org'])
  assert.equal(mails.length, 1)
  assert.match(mails[0]!, new RegExp(`Message-ID: <${row.id}@chengyun>`, 'i'))
  assert.match(mails[0]!, /^To: wang@example\.org/m)
  assert.match(row.answer!, /queued|250/)
}))

test('robots of groups get one message for all of an audience, and errcode decides', inCity(async (given) => {
  const ctx = reaching(given)
  const gateway = await openGateway()
  const base = gateway.url.replace('/send', '')
  await putChannel(ctx, 'wecom', { kind: 'wecom', name: '处置群', unit: '', enabled: true, settings: { mode: 'robot', url: base }, secrets: { token: 'robot-key' } })
  await putChannel(ctx, 'ding', { kind: 'dingtalk', name: '钉钉群', unit: '', enabled: true, settings: { url: base }, secrets: { token: 'ding', sign: 'SECabc' } })
  const { number } = await caseIn(ctx, 'dispatched')
  await tellAll(ctx)
  await sendAllDue(ctx)

  const wecom = gateway.got.filter(({ path }) => path.startsWith('/cgi-bin/webhook/send?key=robot-key'))
  const ding = gateway.got.filter(({ path }) => path.startsWith('/robot/send?access_token=ding&timestamp='))
  assert.deepEqual([wecom.length, ding.length], [1, 1])
  assert.match(JSON.parse(wecom[0]!.text).text.content, new RegExp(`^新派遣：暴露垃圾\\n.*/workbench/cases/${number}$`, 's'))

  gateway.answer = () => ({ status: 200, text: '{"errcode":45009,"errmsg":"too many"}' })
  await tryChannel(ctx, 'wecom', '')
  await sendAllDue(ctx)
  const trial = (await allMessages(ctx)).find(({ kind }) => kind === 'trial')!
  assert.deepEqual([trial.state, trial.error], ['waiting', '{"errcode":45009,"errmsg":"too many"}'])
}))

test('another system is told of steps by a signed push, with the keys of its own reports and nothing of any person', inCity(async (given) => {
  const ctx = reaching(given)
  const gateway = await openGateway()
  const { id, secret } = await addSubscription(ctx, { name: '12345', url: gateway.url, events: ['step'], sources: [], systems: [`report:${ctx.actor.id}`], enabled: true })
  await caseIn(ctx, 'accepted', { key: 'order-20260610-0001', reporter: { name: '王小明', phone: PHONE } })
  await caseIn(ctx, 'reported', { source: 'hotline' })
  await tellAll(ctx)
  await sendAllDue(ctx)

  const pushes = gateway.got.map(({ text }) => JSON.parse(text))
  assert.deepEqual(pushes.map(({ about }) => about).toSorted(), ['accept', 'report'], 'the case without a key of that system is none of its own')
  assert.deepEqual(pushes[0].origins, [{ system: `report:${ctx.actor.id}`, key: 'order-20260610-0001' }])
  for (const { headers, text } of gateway.got) {
    const push = { time: Number(headers['x-chengyun-time']), id: String(headers['x-chengyun-id']), signature: String(headers['x-chengyun-signature']), body: text }
    assert.ok(isOurs(secret, ctx.now, push))
    assert.equal(JSON.parse(text).id, push.id)
    assert.ok(!text.includes(PHONE) && !text.includes('王小明'))
  }

  await changeSubscription(ctx, id, { name: '12345', url: gateway.url, events: [], sources: [], systems: [], enabled: false })
  gateway.got.length = 0
  await tryPush(ctx, id)
  await sendAllDue(ctx)
  assert.deepEqual(gateway.got.map(({ text }) => JSON.parse(text).event), ['trial'])
  await dropSubscription(ctx, id)
}))

test('410 ends a push; any other refusal is tried again', inCity(async (given) => {
  const ctx = reaching(given)
  const gateway = await openGateway()
  const { id } = await addSubscription(ctx, { name: 'x', url: gateway.url, events: [], sources: [], systems: [], enabled: true })
  const states = async () => (await allMessages(ctx)).map(({ state }) => state).toSorted()
  gateway.answer = () => ({ status: 400 })
  await tryPush(ctx, id)
  await sendAllDue(ctx)
  assert.deepEqual(await states(), ['waiting'])
  gateway.answer = () => ({ status: 410 })
  await sendAllDue(minutesOn(ctx, 1))
  assert.deepEqual(await states(), ['dead'])
}))

for (const address of ['http://127.0.0.1/x', 'http://localhost/x', 'http://[::1]/x', 'http://10.0.0.8/x', 'http://169.254.169.254/latest', 'http://[::ffff:10.0.0.1]/', 'ftp://example.org/', 'file:///etc/passwd', 'http://name:word@example.org/']) {
  test(`without a setting nothing is sent to ${address}`, inCity(async (given) => {
    const ctx = reaching(given, [])

    await assert.rejects(putChannel(ctx, 'sms', sms(address)), { code: 'messages.host-not-allowed' })
    await assert.rejects(addSubscription(ctx, { name: 'x', url: address, events: [], sources: [], systems: [], enabled: true }), { code: 'messages.host-not-allowed' })
  }))
}

test('a name that leads to a private address is refused when it is dialled', async () => {
  await assert.rejects(postTo(createGuard(['ip6-localhost']), 'http://localhost:1/', { timeoutMs: 1000 }), HostRefused)
  const open = { ...createGuard([]), mayName: () => true }
  await assert.rejects(postTo(open, 'http://localhost:1/', { timeoutMs: 1000 }), HostRefused)
})

test('a secret is never given back, stays where it is left out, and is not carried to another address', inCity(async (given) => {
  const ctx = reaching(given)
  const shown = await putChannel(ctx, 'sms', sms('http://127.0.0.1:9/a'))
  assert.ok(!JSON.stringify(shown).includes('key-of-the-gateway'))
  assert.deepEqual(shown.has, ['token'])

  const { secrets: _, ...without } = sms('http://127.0.0.1:9/a', { name: '改名' })
  assert.deepEqual((await putChannel(ctx, 'sms', without)).has, ['token'])
  await assert.rejects(putChannel(ctx, 'sms', { ...without, settings: { url: 'http://127.0.0.1:9/elsewhere' } }), { code: 'messages.channel-faulty' })

  const stored = await own(ctx).selectFrom('messageChannel').selectAll().executeTakeFirstOrThrow()
  assert.ok(!JSON.stringify(stored).includes('key-of-the-gateway'), 'enciphered where it is kept')
  assert.ok(!JSON.stringify(ctx.outbox.entries).includes('key-of-the-gateway'), 'and not in the trail')
  assert.deepEqual(await dropChannel(ctx, 'sms'), { done: 1 })
  assert.deepEqual((await listChannels(ctx)).items, [])
}))

test('a template is previewed over a real case, and costs as many SMS as it says', inCity(async (given) => {
  const ctx = reaching(given)
  const { number } = await caseIn(ctx, 'accepted')
  const template = { name: { zh: '受理', en: 'A' }, reader: 'reporter' as const, zh: { subject: '', body: '{number} {category} {queryWord}' }, en: { subject: '', body: '{number}' } }

  assert.deepEqual(await preview(ctx, template, number), {
    number,
    words: { zh: { subject: '', body: `${number} 暴露垃圾 ****` }, en: { subject: '', body: number } },
    smsParts: 1,
  })
}))

test('what is older than it is kept is forgotten, and what still waits is not', inCity(async (given) => {
  const ctx = reaching(given)
  await accepted(ctx, 2)
  const { rows } = await tellAll(ctx)
  await own(ctx).updateTable('message').set({ state: 'waiting' }).where('id', '=', rows[0]!.id).execute()

  await forgetOld(later(ctx, new Date(+TODAY + 364 * 86_400_000)))
  assert.equal((await allMessages(ctx)).length, 2)
  await forgetOld(later(ctx, new Date(+TODAY + 366 * 86_400_000)))
  assert.deepEqual((await allMessages(ctx)).map(({ id }) => id), [rows[0]!.id])
}))
