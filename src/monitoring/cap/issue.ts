// 公众预警: what rings by a rule that is marked public is told to the public: an Alert, an Update when its level changes, a Cancel when it is over.

import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { findBorder, getCityFacts, regionName } from '../../atlas/index.ts'
import { offsetMs } from '../../kernel/calendar/index.ts'
import { enqueue, hostOf, onBatch, type Context, type Heard, type Job, type Words } from '../../kernel/index.ts'
import { alarmChanged, rulesSet, type AlarmChanged } from '../alarms/events.ts'
import { stateOf } from '../alarms/alarms.ts'
import { LEVELS, metricOf, type PublicWords, type Rule } from '../alarms/rule.ts'
import { findRules, readRules } from '../alarms/rules.ts'
import { ownAlarms, type AlarmTable } from '../alarms/tables.ts'
import { directory, type KnownDevice } from '../directory.ts'
import { circleOf, polygonsOf, type Area } from './area.ts'
import { nextMessage } from './level.ts'
import { referenceOf } from './message.ts'
import { ownWarnings, type WarningBody, type WarningTable } from './tables.ts'
import { fillIn, type Blank } from './words.ts'

const HOUR_MS = 3_600_000
/** A warning that nobody renews is over after so long. */
const HOLDS_MS = 24 * HOUR_MS
const RENEWED_MS = 2 * HOUR_MS
const REFERS_AT_MOST = 20
const AT_ONCE = 500
/** Before the first of all. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

interface Key {
  readonly id: string
  readonly district: string
}

export const publicWarnings = onBatch([alarmChanged, rulesSet], 'monitoring.public-warnings', 100, async (ctx, events: Heard<unknown>[]) => {
  const codes = new Set(events.filter(({ name }) => name === rulesSet.name).flatMap(({ body }) => (body as { codes: string[] }).codes))
  // What a rule has become stands in its table, and not yet in every memory.
  const rules = new Map((codes.size > 0 ? await readRules(ctx) : await findRules(ctx)).map((rule) => [rule.code, rule]))
  const told = events.filter(({ name }) => name === alarmChanged.name).map(({ body }) => body as AlarmChanged)
  const keys = new Map(told.filter(({ rule }) => rules.get(rule)?.public).map(({ id, district }) => [id, { id, district }]))
  for (const key of await concerned(ctx, [...codes])) keys.set(key.id, key)
  for (const key of keys.values()) await settle(ctx, key, rules)
})

interface Rest {
  readonly rules: readonly string[]
  readonly after: string
}

const RULES_SET = 'monitoring.public-rules'

/** What a changed rule has to tell of more alarms than are told of at once, the next batch of it. */
export const publicRules: Job = {
  name: RULES_SET,
  async run(ctx, { rules: codes, after }: Rest) {
    const rules = new Map((await readRules(ctx)).map((rule) => [rule.code, rule]))
    for (const key of await concerned(ctx, codes, after)) await settle(ctx, key, rules)
  },
}

/** What rings by these rules, or stands as a warning of them; if it is too much for one turn, the rest has its own. */
async function concerned(ctx: Context, rules: readonly string[], after = NOBODY): Promise<Key[]> {
  if (rules.length === 0) return []
  const { rows } = await sql<Key>`
    select a.id, a.district from alarm a
     where a.rule = any(${rules as string[]}::text[]) and a.id > ${after}::uuid
       and (a.cleared_at is null or exists (select from public_warning w where w.alarm = a.id and w.district = a.district and w.expires_at > ${ctx.now}))
     order by a.id limit ${AT_ONCE}`.execute(ownAlarms(ctx))
  if (rows.length === AT_ONCE) await enqueue(ctx, RULES_SET, { rules, after: rows.at(-1)!.id } satisfies Rest)
  return rows
}

/** Warnings that stand and are about to expire are said again. */
export async function renewWarnings(ctx: Context): Promise<void> {
  const { rows } = await sql<Key>`
    select w.alarm as id, w.district from public_warning w
     where w.kind <> 'Cancel' and w.expires_at < ${new Date(+ctx.now + RENEWED_MS)} and w.sent_at > ${new Date(+ctx.now - 7 * HOLDS_MS)}
       and not exists (select from public_warning n where n.alarm = w.alarm and n.district = w.district and n.ordinal > w.ordinal)
     order by 1 limit ${AT_ONCE}`.execute(ownWarnings(ctx))
  if (rows.length === 0) return
  const rules = new Map((await readRules(ctx)).map((rule) => [rule.code, rule]))
  for (const key of rows) await settle(ctx, key, rules)
}

async function settle(ctx: Context, { id, district }: Key, rules: ReadonlyMap<string, Rule>): Promise<void> {
  const alarm = await ownAlarms(ctx).selectFrom('alarm').selectAll().where('id', '=', id).where('district', '=', district).forUpdate().executeTakeFirst()
  if (!alarm) return
  const rule = rules.get(alarm.rule)
  const said = await ownWarnings(ctx).selectFrom('publicWarning').selectAll().where('alarm', '=', id).where('district', '=', district).orderBy('ordinal', 'desc').limit(REFERS_AT_MOST).execute()
  const [last] = said
  const level = publicLevel(alarm, rule, ctx.now)
  const kind = nextMessage(last, level, last !== undefined && +last.expiresAt - +ctx.now < RENEWED_MS)
  if (!kind) return
  const { zone } = await getCityFacts(ctx)
  // What was said before the last Cancel is over and is not referred to.
  const ended = said.findIndex((each) => each.kind === 'Cancel')
  const before = ended < 0 ? said : said.slice(0, ended)
  const { capSender, capStatus } = (await ctx.caches.get(ctx, hostOf)).settings
  const row: WarningTable = {
    id: randomUUIDv7(),
    district,
    alarm: id,
    ordinal: (last?.ordinal ?? 0) + 1,
    kind,
    level: kind === 'Cancel' ? last!.level : level,
    sentAt: ctx.now,
    beganAt: alarm.beganAt,
    expiresAt: new Date(+ctx.now + HOLDS_MS),
    sender: String(capSender ?? 'chengyun'),
    status: String(capStatus ?? 'Actual'),
    refers: kind === 'Alert' ? [] : before.toReversed().map((each) => referenceOf(each, offsetMs(+each.sentAt, zone))),
    body: kind === 'Cancel' ? cancelled(last!) : await bodyOf(ctx, alarm, rule!),
  }
  await ownWarnings(ctx).insertInto('publicWarning').values({ ...row, body: JSON.stringify(row.body) as never }).execute()
}

/** 0: it is no matter of the public. What was put on the shelf is known to be wrong, or dealt with, and is taken back. */
function publicLevel(alarm: AlarmTable, rule: Rule | undefined, now: Date): number {
  const state = stateOf(alarm, now)
  if (!rule?.active || !rule.public || alarm.parent !== null || state === 'over' || state === 'shelved') return 0
  return alarm.level >= rule.public.level ? alarm.level : 0
}

const cancelled = ({ body }: WarningTable): WarningBody => ({
  ...body,
  headline: { zh: `【解除】${body.headline.zh}`, en: `Over: ${body.headline.en}` },
  description: { zh: '此预警已解除。', en: 'This warning is over.' },
})

async function bodyOf(ctx: Context, alarm: AlarmTable, rule: Rule): Promise<WarningBody> {
  const words = rule.public!
  const device = (await directory(ctx)).byCode.get(alarm.device)
  const district = await regionName(ctx, alarm.district)
  const city = await getCityFacts(ctx)
  const fill = (text: Words): Words => ({ zh: fillIn(text.zh, facts('zh', alarm, rule, device, district)), en: fillIn(text.en, facts('en', alarm, rule, device, district)) })
  const area = await areaOf(ctx, alarm.district, words, device)
  return {
    category: words.category,
    event: words.event,
    headline: fill(words.headline),
    description: fill(words.description),
    instruction: fill(words.instruction),
    senderName: { zh: `${city.name.zh}城市运行管理服务平台`, en: `City operations of ${city.name.en}` },
    areaName: area.circle === null ? district : { zh: `${district.zh}，方圆 ${wide(words)} 米`, en: `${district.en}, within ${wide(words)} m` },
    area,
  }
}

const wide = ({ area }: PublicWords): number => (area.kind === 'circle' ? area.metres : 0)

function facts(language: 'zh' | 'en', alarm: AlarmTable, rule: Rule, device: KnownDevice | undefined, district: Words): Record<Blank, string> {
  const metric = device?.metrics.get(metricOf(rule.measure) ?? '')
  const value = Number(alarm.value.toFixed(metric?.precision ?? 2))
  return {
    level: LEVELS[alarm.level - 1]!.words[language],
    district: district[language],
    name: device?.name ?? '',
    value: rule.measure.kind === 'threshold' ? `${value} ${metric?.unit ?? ''}`.trim() : String(value),
  }
}

/** Around the device; where it has no place, or the rule wants it, all of its district. */
async function areaOf(ctx: Context, district: string, { area }: PublicWords, device: KnownDevice | undefined): Promise<Area> {
  if (area.kind === 'circle' && device?.position) return circleOf(device.position, area.metres)
  const border = await findBorder(ctx, district)
  return border ? polygonsOf(border) : { polygons: [], circle: null }
}
