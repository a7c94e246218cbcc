// Alarms in the open transaction: raised once, changed, come back, cleared. What is told of them is announced with them.

import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { announce, dequeue, enqueue, type Context, type Position } from '../../kernel/index.ts'
import { findUnits } from '../../registry/index.ts'
import { alarmChanged } from './events.ts'
import type { Rule } from './rule.ts'
import { subjects } from './subject.ts'
import { ownAlarms, type AlarmStepKind, type AlarmTable } from './tables.ts'

/** What the rules have found of a device. */
export interface Verdict {
  readonly rule: Rule
  /** What `device` is; a device where nothing is said. */
  readonly about?: AlarmTable['about']
  readonly device: { readonly code: string; readonly district: string }
  /** Where a vehicle was. */
  readonly place?: Position
  /** The level before, 0 where it was quiet, and now. */
  readonly from: number
  readonly level: number
  readonly x: number
  readonly at: number
  /** Since when it lies beyond the level. */
  readonly beganAt: number
  /** The alarm of its gateway, where that explains it. */
  readonly parent?: string | undefined
}

/** One that comes back so soon is the same alarm. */
export const FLAP_MS = 600_000
/** So many of one rule and district within `STORM_MS` are a storm. */
const STORM_FROM = 5
const STORM_MS = 600_000

export const ALARM_CASE = 'monitoring.alarm-case'

export async function raise(ctx: Context, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return
  const back = await comeBack(ctx, verdicts)
  const isBack = new Set(back.map(({ rule, device }) => `${rule} ${device}`))
  const fresh = await insert(ctx, verdicts.filter(({ rule, device }) => !isBack.has(`${rule.code} ${device.code}`)))
  await groupStorms(ctx, fresh)
  await note(ctx, fresh, 'raised')
  await note(ctx, back, 'returned')
  await followUp(ctx, [...fresh.map((alarm) => ({ ...alarm, peakBefore: 0 })), ...back], verdicts)
}

const of = <K>(verdicts: readonly Verdict[], pick: (verdict: Verdict) => K): K[] => verdicts.map(pick)

const asRows = (verdicts: readonly Verdict[]) => sql`
  unnest(${of(verdicts, (each) => each.rule.code)}::text[], ${of(verdicts, (each) => each.device.code)}::text[], ${of(verdicts, (each) => each.device.district)}::text[],
         ${of(verdicts, (each) => each.level)}::int2[], ${of(verdicts, (each) => each.x)}::float8[], ${of(verdicts, (each) => each.at)}::float8[])
    as v (rule, device, district, level, x, ms)`

/** With the worst level that it had before. */
type Moved = AlarmTable & { readonly peakBefore: number }

/** Those that were over a little while ago go on. */
async function comeBack(ctx: Context, verdicts: readonly Verdict[]): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    with last as (
      select distinct on (a.rule, a.device, a.district) a.id, a.district, a.peak as peak_before, v.level, v.x, v.ms
        from ${asRows(verdicts)}
        join alarm a on a.device = v.device and a.district = v.district and a.rule = v.rule
       where a.raised_at > to_timestamp(v.ms / 1000) - interval '7 days'
       order by a.rule, a.device, a.district, a.raised_at desc
    )
    update alarm a
       set cleared_at = null, flaps = flaps + 1, steps = steps + 1, level = l.level, peak = greatest(a.peak, l.level), value = l.x,
           worst = case when l.level > a.peak then l.x else a.worst end,
           -- Worse than it ever was: heard anew.
           acknowledged_at = case when l.level > a.peak then null else a.acknowledged_at end,
           acknowledged_by = case when l.level > a.peak then null else a.acknowledged_by end,
           changed_at = to_timestamp(l.ms / 1000)
      from last l
     where a.id = l.id and a.district = l.district and a.cleared_at > to_timestamp(l.ms / 1000) - ${`${FLAP_MS} ms`}::interval
    returning a.*, l.peak_before`.execute(ownAlarms(ctx))
  return rows
}

async function insert(ctx: Context, verdicts: readonly Verdict[]): Promise<AlarmTable[]> {
  if (verdicts.length === 0) return []
  return ownAlarms(ctx)
    .insertInto('alarm')
    .values(
      verdicts.map(({ rule, about = 'device' as const, device, place, level, x, at, beganAt, parent }) => ({
        id: randomUUIDv7(),
        district: device.district,
        rule: rule.code,
        version: rule.version,
        about,
        device: device.code,
        place: place ? `(${place[0]},${place[1]})` : null,
        level,
        peak: level,
        value: x,
        worst: x,
        beganAt: new Date(beganAt),
        raisedAt: new Date(at),
        changedAt: new Date(at),
        acknowledgedAt: null,
        acknowledgedBy: null,
        shelvedUntil: null,
        shelvedBy: null,
        shelveReason: null,
        clearedAt: null,
        flaps: 0,
        parent: parent ?? null,
        storm: null,
        caseNumber: null,
        steps: 1,
      })),
    )
    // Another process was quicker.
    .onConflict((clash) => clash.columns(['rule', 'device', 'district']).where('clearedAt', 'is', null).doNothing())
    .returningAll()
    .execute()
}

/** Many at once have one cause, and are shown as one. */
async function groupStorms(ctx: Context, fresh: readonly AlarmTable[]): Promise<void> {
  if (fresh.length === 0) return
  const since = new Date(Math.min(...fresh.map(({ raisedAt }) => +raisedAt)) - STORM_MS)
  const keys = new Map(fresh.map((alarm) => [`${alarm.rule} ${alarm.district}`, alarm]))
  await sql`
    update alarm a set storm = s.first
      from (select rule, district, (array_agg(coalesce(storm, id) order by raised_at, id))[1] as first
              from alarm
             where cleared_at is null and raised_at > ${since}
               and (rule, district) in (${sql.join([...keys.values()].map(({ rule, district }) => sql`(${rule}, ${district})`))})
             group by rule, district having count(*) >= ${STORM_FROM}) s
     where a.rule = s.rule and a.district = s.district and a.cleared_at is null and a.raised_at > ${since} and a.storm is null`.execute(ownAlarms(ctx))
}

/** Another level of those that ring, up or down; 0: it is over. */
export async function changeLevel(ctx: Context, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return
  const { rows } = await sql<Moved & { before: number }>`
    with v as (select * from ${asRows(verdicts)}), old as (
      select a.id, a.district, a.level as before, a.peak as peak_before, v.level, v.x, v.ms from v
        join alarm a on a.rule = v.rule and a.device = v.device and a.district = v.district and a.cleared_at is null
       order by a.id for update of a
    )
    update alarm a
       set level = o.level, peak = greatest(a.peak, o.level), value = o.x, steps = a.steps + 1, changed_at = to_timestamp(o.ms / 1000),
           worst = case when o.level > o.before then o.x else a.worst end,
           -- What has become worse is heard anew.
           acknowledged_at = case when o.level > o.before then null else a.acknowledged_at end,
           acknowledged_by = case when o.level > o.before then null else a.acknowledged_by end,
           cleared_at = case when o.level = 0 then to_timestamp(o.ms / 1000) end
      from old o where a.id = o.id and a.district = o.district
    returning a.*, o.before, o.peak_before`.execute(ownAlarms(ctx))
  await note(ctx, rows.filter(({ level, before }) => level > before), 'escalated')
  await note(ctx, rows.filter(({ level, before }) => level < before && level > 0), 'lowered')
  await note(ctx, rows.filter(({ level }) => level === 0), 'cleared')
  await followUp(ctx, rows, verdicts)
}

/** A step of each, with what is told of it; `alarm.steps` is counted already. */
export async function note(ctx: Context, alarms: readonly AlarmTable[], what: AlarmStepKind, words?: string): Promise<void> {
  if (alarms.length === 0) return
  const byHand = ctx.actor.kind !== 'system'
  await ownAlarms(ctx)
    .insertInto('alarmStep')
    .values(
      alarms.map(({ id, district, steps, level, value, changedAt }) => ({
        alarm: id,
        district,
        ordinal: steps,
        what,
        at: byHand || what.startsWith('case-') ? ctx.now : changedAt,
        level,
        value: byHand || what.startsWith('case-') ? null : value,
        actor: byHand ? ctx.actor.name : null,
        note: words ?? null,
      })),
    )
    .execute()
  const find = await subjects(ctx)
  const paths = new Map((await findUnits(ctx)).map(({ code, path }) => [code, path]))
  for (const alarm of alarms) {
    const { id, district, rule, device, level } = alarm
    announce(ctx, alarmChanged, district, { id, district, unit: paths.get(find(alarm)?.ownerUnit ?? '') ?? '', rule, device, level, what })
  }
}

/** What happens to cases because of these is done behind the commit: readings do not wait for it. */
async function followUp(ctx: Context, alarms: readonly Moved[], verdicts: readonly Verdict[]): Promise<void> {
  const from = new Map(verdicts.map(({ rule }) => [rule.code, rule.case?.level ?? Infinity]))
  const returned = new Set(verdicts.filter((verdict) => verdict.from === 0).map((verdict) => `${verdict.rule.code} ${verdict.device.code}`))
  for (const { id, district, caseNumber, level, peakBefore, rule, device, parent } of alarms) {
    const key = alarmCaseKey(id)
    if (caseNumber === null) {
      if (parent === null && level >= from.get(rule)!) await enqueue(ctx, ALARM_CASE, { id, district }, { key })
      continue
    }
    // Worse than ever is told at once; what goes up and down when it has been calm for a while.
    const worse = level > peakBefore
    // What comes back so soon was never told to be over.
    if (!worse && returned.has(`${rule} ${device}`) && (await dequeue(ctx, key))) continue
    await enqueue(ctx, ALARM_CASE, { id, district }, { key, ...(!worse && { runAt: new Date(+ctx.now + FLAP_MS) }) })
  }
}

export const alarmCaseKey = (id: string): string => `${ALARM_CASE}:${id}`
