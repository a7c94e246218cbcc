// Cases of the demo in which something stands beside the usual way: an extension asked for, a case at rest, an order, a conference,
// several units at once. Like the open cases they go through the verbs of people, each at its own time.

import { answerPart, caseKey, findCase, partsOfCase, reportCase, takeAct, takeStep, type ActRequest, type StepRequest } from '../cases/index.ts'
import type { Context, Kernel } from '../kernel/index.ts'
import type { Actors } from './open-cases.ts'
import { actorsOf, draftPictured, reportOf } from './open-cases.ts'
import type { Workshop } from './history.ts'
import { randomFrom, type Random } from './random.ts'
import { tradeOf, unitFor } from './responsibility.ts'
import type { Unit } from './units.ts'

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60

type Do = StepRequest | ActRequest | { readonly part: string; readonly note: string }

interface Act {
  readonly who: string
  /** Minutes since the act before. */
  readonly after: number
  readonly does: Do
  /** How many steps it leaves in the history. */
  readonly steps?: number
}

interface Cast {
  readonly operator: string
  readonly dispatcher: string
  readonly collector: string
  readonly collectorId: string
  readonly condition: string
  /** Of level 3 and of level 2, and two of level 2 that have nothing to do with it. */
  readonly office: Unit
  readonly department: Unit
  readonly team: Unit
  readonly others: readonly [Unit, Unit]
  readonly photo: string
  readonly now: Date
  readonly handlerOf: (unit: Unit) => string
}

interface Scenario {
  readonly name: string
  /** Minutes between the last act and now. */
  readonly ago: number
  readonly acts: (cast: Cast) => Act[]
}

const inDays = (now: Date, days: number): string => new Date(+now + days * DAY_MINUTES * MINUTE).toISOString()

const dispatched = ({ operator, dispatcher, condition, office }: Cast, unit: Unit = office, more: Partial<StepRequest> = {}): Act[] => [
  { who: operator, after: 6, does: { step: 'accept' } },
  { who: 'lead', after: 8, does: { step: 'establish', condition } },
  { who: dispatcher, after: 6, does: { step: 'dispatch', unit: unit.code, ...more } },
]

const closed = (cast: Cast, disposedAfter: number): Act[] => [
  ...dispatched(cast),
  { who: cast.handlerOf(cast.office), after: disposedAfter, does: { step: 'dispose', files: [cast.photo], note: '已处置完毕，恢复原状' } },
  { who: cast.operator, after: 5, does: { step: 'check', collector: cast.collectorId } },
  { who: cast.collector, after: 35, does: { step: 'pass', files: [cast.photo] } },
]

const ask = (who: string, after: number, procedure: string, more: Partial<ActRequest>): Act => ({ who, after, does: { procedure, act: 'open', ...more } })
const act = (who: string, after: number, procedure: string, name: string, note: string, steps = 1, more: Partial<ActRequest> = {}): Act => ({
  who,
  after,
  does: { procedure, act: name, note, ...more },
  steps,
})

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'extension-asked',
    ago: 12,
    acts: (cast) => [...dispatched(cast), ask(cast.handlerOf(cast.office), 40, 'extend', { reason: 'works', note: '管线开挖后发现箱涵破损，需加固，预计增加一个工期' })],
  },
  {
    name: 'extension-second',
    ago: 9,
    acts: (cast) => [
      ...dispatched(cast),
      ask(cast.handlerOf(cast.office), 30, 'extend', { reason: 'material', note: '配件明日到货' }),
      act('lead', 12, 'extend', 'grant', '同意', 2),
      ask(cast.handlerOf(cast.office), 20, 'extend', { reason: 'weather', note: '连续降雨无法施工' }),
      act('lead', 10, 'extend', 'endorse', '情况属实，呈报'),
    ],
  },
  {
    name: 'suspended',
    ago: 3 * DAY_MINUTES,
    acts: (cast) => [
      ...dispatched(cast),
      ask(cast.handlerOf(cast.office), 45, 'suspend', { reason: 'season', until: inDays(cast.now, 100), note: '绿化补植须待春季' }),
      act('lead', 30, 'suspend', 'endorse', '建议批准'),
      act('leader', 90, 'suspend', 'grant', '同意挂账至明年春季', 2),
    ],
  },
  {
    name: 'suspension-asked',
    ago: 25,
    acts: (cast) => [
      ...dispatched(cast),
      ask(cast.handlerOf(cast.office), 50, 'suspend', { reason: 'project', until: inDays(cast.now, 60), note: '已列入下季度道路大修计划' }),
    ],
  },
  {
    name: 'return-asked',
    ago: 14,
    acts: (cast) => [...dispatched(cast), ask(cast.handlerOf(cast.office), 22, 'return', { reason: 'not-ours', note: '该处为物业专有部分，请核定', files: [cast.photo] })],
  },
  {
    name: 'return-refused',
    ago: 35,
    acts: (cast) => [
      ...dispatched(cast),
      ask(cast.handlerOf(cast.office), 18, 'return', { reason: 'wrong-place', note: '不在我辖区' }),
      act('lead', 15, 'return', 'refuse', '经核对边界，属你单位辖区，请继续处置'),
    ],
  },
  {
    name: 'ordered-by-media',
    ago: 50,
    acts: (cast) => [
      ...dispatched(cast),
      ask('leader', 35, 'supervise', { reason: 'media', until: inDays(cast.now, 1), note: '市民热线节目已报道，请当日到场并回复' }),
    ],
  },
  {
    name: 'order-replied',
    ago: 20,
    acts: (cast) => [
      ...dispatched(cast),
      ask('leader', 30, 'supervise', { reason: 'leader', until: inDays(cast.now, 2), note: '请尽快处置' }),
      act(cast.handlerOf(cast.office), 60, 'supervise', 'reply', '已组织两个班组到场，今晚完成'),
    ],
  },
  {
    name: 'conferring',
    ago: 30,
    acts: (cast) => [
      { who: cast.operator, after: 6, does: { step: 'accept' } },
      { who: 'lead', after: 8, does: { step: 'establish', condition: cast.condition } },
      ask(cast.dispatcher, 20, 'confer', { units: cast.others.map(({ code }) => code), note: '红线内外权属不清，请两家会商' }),
      act(cast.handlerOf(cast.others[0]), 60, 'confer', 'opine', '建设移交时未包含该段，建议由属地处置'),
    ],
  },
  {
    name: 'joint',
    ago: 40,
    acts: (cast) => [
      ...dispatched(cast, cast.department, { helpers: cast.others.map(({ code }) => code), note: '一家疏导交通，一家清运' }),
      { who: cast.handlerOf(cast.others[0]), after: 55, does: { part: cast.others[0].code, note: '已设置围挡并疏导' } },
    ],
  },
  {
    name: 'passed-down',
    ago: 30,
    acts: (cast) => [
      ...dispatched(cast, cast.department),
      { who: cast.handlerOf(cast.department), after: 15, does: { step: 'pass-down', unit: cast.office.code, limit: { amount: 4, unit: 'work_hour' }, note: '请今日完成' } },
    ],
  },
  {
    name: 'passed-down-twice',
    ago: 25,
    acts: (cast) => [
      ...dispatched(cast, cast.department),
      { who: cast.handlerOf(cast.department), after: 12, does: { step: 'pass-down', unit: cast.office.code, limit: { amount: 8, unit: 'work_hour' } } },
      ...(cast.team.code === cast.office.code
        ? []
        : [{ who: cast.handlerOf(cast.office), after: 10, does: { step: 'pass-down', unit: cast.team.code, limit: { amount: 4, unit: 'work_hour' as const } } }]),
    ],
  },
  {
    name: 'transferred',
    ago: 2 * DAY_MINUTES,
    acts: (cast) => [
      { who: cast.operator, after: 6, does: { step: 'accept' } },
      { who: 'lead', after: 8, does: { step: 'establish', condition: cast.condition } },
      { ...ask(cast.dispatcher, 20, 'transfer', { outside: '铁路工务段 工务函〔2026〕118 号', note: '问题位于铁路用地范围内' }), steps: 2 },
    ],
  },
  {
    name: 'supplementing',
    ago: 90,
    acts: (cast) => [{ ...ask(cast.operator, 10, 'supplement', { note: '描述不清，请补充照片和具体位置' }), steps: 2 }],
  },
  {
    name: 'backstop',
    ago: 120,
    acts: (cast) => [
      { who: cast.operator, after: 4, does: { step: 'accept' } },
      { who: 'lead', after: 4, does: { step: 'establish', condition: cast.condition } },
      { ...ask(cast.dispatcher, 5, 'backstop', { unit: cast.office.code, note: '权属不明且有坠落危险，先行处置' }), steps: 2 },
      { who: cast.handlerOf(cast.office), after: 80, does: { step: 'dispose', files: [cast.photo], note: '已临时封闭并加固' } },
    ],
  },
  {
    name: 'callback-due',
    ago: 60,
    acts: (cast) => [...closed(cast, 90), { who: 'lead', after: 15, does: { step: 'close' }, steps: 2 }],
  },
  {
    name: 'appeal-asked',
    ago: 45,
    acts: (cast) => [
      ...closed(cast, 20 * DAY_MINUTES),
      { who: 'lead', after: 15, does: { step: 'close' }, steps: 2 },
      ask(cast.handlerOf(cast.office), 300, 'appeal', { reason: 'late', note: '处置期间市政统一停工管控十日，附通知', files: [cast.photo] }),
    ],
  },
  {
    name: 'shirk-proposed',
    ago: 35,
    acts: (cast) => [...dispatched(cast), ask(cast.dispatcher, 3 * DAY_MINUTES, 'shirk', { note: '两次电话催促仍称不归其管，录音附后' })],
  },
]

/** Makes them all, or what is left of them after a start that was broken off; returns how many there are. */
export async function makeOpenProcedures(kernel: Kernel, workshop: Workshop): Promise<number> {
  const random = randomFrom(workshop.city.plan.seed, 'open procedures')
  const actors = await actorsOf(kernel, workshop)
  for (const scenario of SCENARIOS) await play(kernel, workshop, actors, scenario, random)
  return SCENARIOS.length
}

async function play(kernel: Kernel, workshop: Workshop, actors: Actors, { name, ago, acts: actsFor }: Scenario, random: Random): Promise<void> {
  const { city, photos } = workshop
  const draft = draftPictured(workshop, 'hotline', random)
  const photo = photos.get(draft.problem.picture!)!
  const collector = city.people.collectorsOf(draft.site.cell.beat)[0]!
  const district = draft.site.cell.code.slice(0, 6)
  const street = draft.site.cell.code.slice(0, 9)
  const category = `2026.m.${draft.problem.code}`
  const office = unitFor(city.units, category, street)
  const trade = tradeOf(category) ?? 'municipal'
  const byCode = new Map(city.units.all.map((unit) => [unit.code, unit]))
  const department = byCode.get(office.parent ?? '') ?? office
  const team = city.units.all.find(({ parent }) => parent === office.code) ?? city.units.teamOf(trade, district, 1)
  const others = city.units.all.filter(({ level, code, region }) => level === 2 && code !== department.code && region === '').slice(0, 2)
  const cast: Cast = {
    operator: random.pick(city.people.operators),
    dispatcher: random.pick(city.people.dispatchers),
    collector,
    collectorId: actors.get(collector)!.id,
    condition: draft.condition.id,
    office,
    department,
    team: team.parent === office.code ? team : office,
    others: [others[0]!, others[1]!],
    photo: photo.after,
    now: city.plan.now,
    handlerOf: (unit) => city.people.handlerOf(unit),
  }
  const acts = actsFor(cast)
  const length = acts.reduce((sum, { after }) => sum + after, 0)
  let at = +city.plan.now - (ago + length) * MINUTE
  const told = reportOf(workshop, draft, photo.before, random)
  const made = await kernel.transact({ actor: actors.get('operator')!, now: new Date(at) }, (ctx) => reportCase(ctx, { ...told, key: `demo-${name}` }))
  let ordinal = 1
  for (const { who, after, does, steps = 1 } of acts) {
    at += after * MINUTE
    if (ordinal >= made.version) await kernel.transact({ actor: actors.get(who)!, now: new Date(at) }, (ctx) => take(ctx, made.number, does))
    ordinal += steps
  }
}

async function take(ctx: Context, number: string, does: Do): Promise<void> {
  const key = caseKey(number)
  if ('step' in does) await takeStep(ctx, key, does)
  else if ('act' in does) await takeAct(ctx, key, does)
  else await answerOwnPart(ctx, number, does)
}

async function answerOwnPart(ctx: Context, number: string, { part, note }: { part: string; note: string }): Promise<void> {
  const key = caseKey(number)
  const row = await findCase(ctx, key)
  const found = row && (await partsOfCase(ctx, key)).find(({ unitCode }) => unitCode === part)
  if (found) await answerPart(ctx, key, { id: found.id, result: 'done', note, files: row.photo ? [row.photo] : [] })
}
