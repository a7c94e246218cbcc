// Whole lives of cases, report to close, through HTTP, against the same statements sent by bare clients.

import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createHttp } from '../src/kernel/http/index.ts'
import { createKernel } from '../src/kernel/kernel.ts'
import { Caller, Multipart } from '../trials/caller.ts'
import { startProgram } from '../trials/program.ts'
import { inLanes, round, type Finding } from './measure.ts'
import { bareClient, recordWrites, replay } from './record.ts'

const LANES = 32
const POSITION = [116.3195, 40.0012]
const CATEGORY = '2026.m.06010'

/** Everyone a case passes through, signed in once, and what they decide each time. */
export interface Crew {
  readonly operator: Caller
  readonly lead: Caller
  readonly dispatcher: Caller
  readonly handler: Caller
  readonly collector: Caller
  readonly condition: string
  readonly unit: string
  readonly collectorId: string
  readonly photo: string
}

export async function gatherCrew(base: string): Promise<Crew> {
  const sign = async (account: string) => {
    const caller = new Caller(base)
    await caller.signIn(account)
    return caller
  }
  const operator = await sign('operator')
  const lead = await sign('lead')
  const dispatcher = await sign('dispatcher')
  const collector = await sign('collector01')
  const me = await collector.ask('GET', '/api/me')

  // The collector answers through the case itself, so that a life does not measure how fast photos are uploaded.
  const security = await sign('secadmin')
  const held = me.grants.map(({ role, region, unit, category }: Record<string, string>) => ({ role, region, unit, category }))
  const reads = { role: 'leader', region: '', unit: '', category: '' }
  await security.ask('PUT', `/api/accounts/${me.id}/grants`, { grants: [...held.filter((grant: { role: string }) => grant.role !== 'leader'), reads] })
  await collector.signIn('collector01')

  const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#888888' } }).jpeg().toBuffer()
  const uploaded = await operator.ask('POST', '/api/files', new Multipart({}, [{ name: 'photo.jpg', type: 'image/jpeg', bytes }]))
  const photo = (uploaded.items ?? uploaded.files ?? [uploaded])[0].sha256

  const { number } = await operator.ask('POST', '/api/cases', reportBody())
  await operator.ask('POST', `/api/cases/${number}/steps`, { step: 'accept' })
  const accepted = await lead.ask('GET', `/api/cases/${number}`)
  const condition = stepOf(accepted, 'establish').conditions[0].id
  await lead.ask('POST', `/api/cases/${number}/steps`, { step: 'establish', condition })
  const established = await dispatcher.ask('GET', `/api/cases/${number}`)
  const unit = stepOf(established, 'dispatch').units[0].unitCode
  const handler = await sign(`handler-${unit.toLowerCase()}`)
  return { operator, lead, dispatcher, handler, collector, condition, unit, collectorId: me.id, photo }
}

// oxlint-disable-next-line no-explicit-any
const stepOf = (detail: any, step: string) => detail.openSteps.find((open: { step: string }) => open.step === step)

const reportBody = () => ({ category: CATEGORY, description: '人行道上堆放垃圾约两立方米', position: POSITION, source: 'hotline', key: randomUUID() })

/** One case from report to close: eight acts, each a transaction that is committed before the next begins. */
export async function live(crew: Crew): Promise<string> {
  const { operator, lead, dispatcher, handler, collector, condition, unit, collectorId, photo } = crew
  const { number } = await operator.ask('POST', '/api/cases', reportBody())
  const take = (caller: Caller, body: unknown) => caller.ask('POST', `/api/cases/${number}/steps`, body)
  await take(operator, { step: 'accept' })
  await take(lead, { step: 'establish', condition })
  await take(dispatcher, { step: 'dispatch', unit })
  const disposed = await take(handler, { step: 'dispose', files: [photo], note: '已清运' })
  // A collector on duty gets the check by itself; here it is always the same one, given by hand.
  if (disposed.state === 'disposed' || disposed.collector?.id !== collectorId) await take(operator, { step: 'check', collector: collectorId })
  await take(collector, { step: 'pass', files: [photo] })
  await take(lead, { step: 'close' })
  return number
}

export const twins = (crew: Crew): Crew => ({
  ...crew,
  operator: crew.operator.twin(),
  lead: crew.lead.twin(),
  dispatcher: crew.dispatcher.twin(),
  handler: crew.handler.twin(),
  collector: crew.collector.twin(),
})

export async function measureLives(dataFolder: string, lives = 3_000): Promise<Finding> {
  const program = await startProgram(dataFolder)
  let perSecond: number
  try {
    const crew = await gatherCrew(program.base)
    const crews = Array.from({ length: LANES }, () => twins(crew))
    await inLanes(LANES, 300, async (lane) => void (await live(crews[lane]!)))
    perSecond = lives / (await inLanes(LANES, lives, async (lane) => void (await live(crews[lane]!))))
  } finally {
    await program.stop()
  }

  const floor = await measureFloor(dataFolder, lives)
  const ratio = perSecond / floor.perSecond
  return {
    what: 'whole lives of cases, 32 connections, HTTP against bare clients',
    goal: '>= 0.5 of the floor',
    figure: `${round(perSecond, 1)}/s against ${round(floor.perSecond, 1)}/s`,
    ratio: round(ratio),
    met: ratio >= 0.5,
    detail: { livesPerSecond: round(perSecond, 1), floorPerSecond: round(floor.perSecond, 1), statementsALife: floor.statements, lives },
  }
}

/** Records the statements of one life in this process, then sends them from 32 bare clients, each life with keys of its own. */
async function measureFloor(dataFolder: string, lives: number): Promise<{ perSecond: number; statements: number }> {
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: dataFolder }), say: () => {} }, rooms)
  const http = createHttp(kernel)
  const base = await http.listen({ host: '127.0.0.1', port: 0 })
  await kernel.start({ jobs: false })
  const crew = await gatherCrew(base)
  // A few lives first, so that statements are recorded in the form in which they are prepared.
  for (let i = 0; i < 5; i++) await live(crew)
  let number = ''
  const transactions = await recordWrites(async () => void (number = await live(crew)))
  await kernel.settle()
  await http.close()

  const ids = new Set(JSON.stringify(transactions.map((asked) => asked.map(({ values }) => values))).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g))
  const kept = new Set([crew.collectorId, ...(await accountIds(kernel.url))])
  const fresh = [...ids].filter((id) => !kept.has(id))
  const clients = await Promise.all(Array.from({ length: LANES }, () => bareClient(kernel.url)))
  // Numbers that no program gives, and other ones in each run over the same folder.
  const run = randomInt(10_000)
  const one = async (lane: number, turn: number) => {
    const ownNumber = `${number.slice(0, 6)}2099${String(run * 1_000_000 + turn).padStart(10, '0')}`
    const own = new Map(fresh.map((id) => [id, randomUUID()]))
    await replay(clients[lane]!, transactions, (text) =>
      text
        .replaceAll(number, ownNumber)
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => own.get(id) ?? id)
        // Idempotency keys are kept as digests.
        .replace(/"key":"[\w-]{43}"/g, () => `"key":"${randomBytes(32).toString('base64url')}"`),
    )
  }
  await inLanes(LANES, 300, (lane, turn) => one(lane, 500_000 + turn))
  const perSecond = lives / (await inLanes(LANES, lives, one))
  for (const client of clients) await client.end()
  await kernel.stop()
  return { perSecond, statements: transactions.flat().length }
}

async function accountIds(url: string): Promise<string[]> {
  const client = await bareClient(url)
  const { rows } = await client.query<{ id: string }>('select id::text from account')
  await client.end()
  return rows.map(({ id }) => id)
}
