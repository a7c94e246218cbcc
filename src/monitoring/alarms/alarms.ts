// Alarms as people see them and act on them. Nobody ends one by hand: it is over when what it tells of is.

import { sql } from 'kysely'
import { cursorOf, keyOf, record, type Context } from '../../kernel/index.ts'
import { reacherOf, seenBy } from '../scope.ts'
import type { AlarmQuery, AlarmShown } from './contract.ts'
import { alarmAcknowledged, alarmOver, alarmUnknown, shelfTooLong } from './problems.ts'
import { note } from './ring.ts'
import { isOfVehicles, metricOf, type Rule } from './rule.ts'
import { getRule } from './rules.ts'
import { latestOf, type Latest } from './latest.ts'
import { subjects, type Subject } from './subject.ts'
import { ownAlarms, STEP_KINDS, type AlarmTable } from './tables.ts'

const SHELF_HOURS = 24 * 7
const STEPS_SHOWN = 200

interface Question extends AlarmQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

type Row = AlarmTable & { children: number }

/** Those that ring: the worst first, then the newest. Those that are over: the newest first. What a parent explains stands behind it. */
export async function listAlarms(ctx: Context, { state = 'open', level, device, rule, storm, parent, cursor, limit = 50 }: Question) {
  const open = state === 'open'
  const after = cursor === undefined ? undefined : keyOf(cursor, 'whole', 'moment', 'uuid')
  const wanted = sql.join(
    [
      await alarmsSeen(ctx),
      open ? sql`a.cleared_at is null` : sql`a.cleared_at is not null`,
      ...(level === undefined ? [] : [sql`${open ? sql.ref('a.level') : sql.ref('a.peak')} >= ${level}`]),
      ...(device === undefined ? [] : [sql`a.device = ${device}`]),
      ...(rule === undefined ? [] : [sql`a.rule = ${rule}`]),
      ...(storm === undefined ? [] : [sql`a.storm = ${storm}::uuid`]),
      ...(parent === undefined ? (device === undefined && open ? [sql`a.parent is null`] : []) : [sql`a.parent = ${parent}::uuid`]),
      ...(after === undefined
        ? []
        : [open ? sql`(a.level, a.raised_at, a.id) < (${after[0]}::int, ${after[1]}::timestamptz, ${after[2]}::uuid)` : sql`(a.raised_at, a.id) < (${after[1]}::timestamptz, ${after[2]}::uuid)`]),
    ],
    sql` and `,
  )
  const { rows } = await sql<Row>`
    select a.*, (select count(*)::int from alarm c where c.parent = a.id and c.district = a.district and c.cleared_at is null) as children
      from alarm a where ${wanted}
     order by ${open ? sql`a.level desc, a.raised_at desc, a.id desc` : sql`a.raised_at desc, a.id desc`} limit ${limit + 1}`.execute(ownAlarms(ctx))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last ? cursorOf([String(last.level), last.raisedAt.toISOString(), last.id]) : null
  return { items: await present(ctx, items), next }
}

/** By the devices and vehicles that the caller reaches. */
export async function alarmsSeen(ctx: Context) {
  const seen = await seenBy(ctx, 'monitoring.read')
  return sql<boolean>`(a.about = 'device' and exists (select from device where code = a.device and ${seen}) or a.about = 'vehicle' and exists (select from vehicle where code = a.device and ${seen}))`
}

export async function countAlarms(ctx: Context) {
  const { rows } = await sql<{ level: number; state: AlarmShown['state']; n: number }>`
    select a.level, ${stateSql(ctx)} as state, count(*)::int as n from alarm a
     where a.cleared_at is null and a.parent is null and ${await alarmsSeen(ctx)} group by 1, 2`.execute(ownAlarms(ctx))
  const sum = (wanted: (row: { level: number; state: string }) => boolean) => rows.filter(wanted).reduce((total, { n }) => total + n, 0)
  return {
    ringing: sum(({ state }) => state === 'ringing'),
    acknowledged: sum(({ state }) => state === 'acknowledged'),
    shelved: sum(({ state }) => state === 'shelved'),
    levels: [1, 2, 3, 4].map((level) => sum((row) => row.level === level && row.state !== 'shelved')),
  }
}

const stateSql = (ctx: Context) =>
  sql`case when a.shelved_until > ${ctx.now} then 'shelved' when a.acknowledged_at is not null then 'acknowledged' else 'ringing' end`

export function stateOf(row: Pick<AlarmTable, 'clearedAt' | 'shelvedUntil' | 'acknowledgedAt'>, now: Date): AlarmShown['state'] {
  if (row.clearedAt !== null) return 'over'
  if (row.shelvedUntil !== null && row.shelvedUntil > now) return 'shelved'
  return row.acknowledgedAt === null ? 'ringing' : 'acknowledged'
}

export async function present(ctx: Context, rows: readonly Row[]): Promise<AlarmShown[]> {
  const find = await subjects(ctx)
  const keys = new Map(rows.map(({ rule, version }) => [`${rule} ${version}`, { rule, version }]))
  const rules = new Map<string, Rule>()
  for (const [key, { rule, version }] of keys) rules.set(key, await getRule(ctx, rule, version))
  const latest = await latestOf(ctx, rows.map((row) => ({ id: row.id, subject: find(row), measure: rules.get(`${row.rule} ${row.version}`)!.measure })))
  return rows.map((row) => show(ctx, row, rules.get(`${row.rule} ${row.version}`)!, find(row), latest.get(row.id)))
}

function show(ctx: Context, row: Row, rule: Rule, subject: Subject | undefined, latest: Latest | undefined): AlarmShown {
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return {
    id: row.id,
    district: row.district,
    rule: row.rule,
    ruleWords: { zh: rule.zh, en: rule.en },
    about: row.about,
    device: row.device,
    deviceName: subject?.name ?? row.device,
    position: subject?.position ? [subject.position[0], subject.position[1]] : null,
    metric: measured(rule, subject),
    state: stateOf(row, ctx.now),
    level: row.level,
    peak: row.peak,
    value: row.value,
    latest: latest ?? null,
    worst: row.worst,
    limit: rule.bands.length > 0 ? null : (rule.levels[row.peak - 1] ?? null),
    beganAt: row.beganAt.toISOString(),
    raisedAt: row.raisedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    acknowledgedAt: iso(row.acknowledgedAt),
    shelvedUntil: iso(row.shelvedUntil),
    shelveReason: row.shelveReason,
    clearedAt: iso(row.clearedAt),
    flaps: row.flaps,
    parent: row.parent,
    storm: row.storm,
    children: row.children,
    caseNumber: row.caseNumber,
  }
}

/** What the rule measures, as its values are shown. */
function measured({ measure }: Rule, subject: Subject | undefined): AlarmShown['metric'] {
  if (isOfVehicles(measure)) return { code: measure.kind, words: VEHICLE_WORDS[measure.kind], unit: measure.kind === 'speed' ? 'km/h' : 's', precision: 0 }
  const metric = subject?.device?.metrics.get(metricOf(measure) ?? '')
  if (!metric) return null
  const { code, zh, en, unit, precision } = metric
  const words = { zh, en }
  if (measure.kind === 'absence') return { code, words, unit: 's', precision: 0 }
  return measure.kind === 'count' ? { code, words, unit: '', precision: 0 } : { code, words, unit, precision }
}

const VEHICLE_WORDS = {
  speed: { zh: '车速', en: 'Speed' },
  fence: { zh: '持续时间', en: 'For so long' },
  stop: { zh: '停留时间', en: 'Stands for' },
}

interface Key {
  readonly district: string
  readonly id: string
}

async function findAlarm(ctx: Context, { district, id }: Key, permit: string, lock = false): Promise<Row> {
  const { rows } = await sql<Row>`
    select a.*, (select count(*)::int from alarm c where c.parent = a.id and c.district = a.district and c.cleared_at is null) as children
      from alarm a where a.id = ${id} and a.district = ${district} ${lock ? sql`for update` : sql``}`.execute(ownAlarms(ctx))
  const [row] = rows
  const subject = row && (await subjects(ctx))(row)
  if (!row || !subject || !(await reacherOf(ctx, permit))(subject)) throw alarmUnknown()
  return row
}

export async function readAlarm(ctx: Context, key: Key) {
  const row = await findAlarm(ctx, key, 'monitoring.read')
  const { code: _, version: __, ...rule } = await getRule(ctx, row.rule, row.version)
  const steps = await ownAlarms(ctx)
    .selectFrom('alarmStep')
    .selectAll()
    .where('alarm', '=', row.id)
    .where('district', '=', row.district)
    .orderBy('ordinal', 'desc')
    .limit(STEPS_SHOWN)
    .execute()
  return {
    alarm: (await present(ctx, [row]))[0]!,
    rule,
    steps: steps.map(({ what, at, level, value, actor, note: words }) => ({ what, words: STEP_KINDS[what], at: at.toISOString(), level, value, by: actor, note: words })),
  }
}

type Change = Partial<Pick<AlarmTable, 'acknowledgedAt' | 'acknowledgedBy' | 'shelvedUntil' | 'shelvedBy' | 'shelveReason'>>

/** One act on an open alarm, with its step and its trace. */
async function act(ctx: Context, key: Key, what: 'acknowledged' | 'shelved' | 'unshelved', change: Change, words?: string): Promise<AlarmShown> {
  const row = await findAlarm(ctx, key, 'monitoring.attend', true)
  if (row.clearedAt !== null) throw alarmOver()
  if (what === 'acknowledged' && row.acknowledgedAt !== null) {
    // The first stands: nobody takes it over unseen.
    if (row.acknowledgedBy !== ctx.actor.id) throw alarmAcknowledged()
    return (await present(ctx, [row]))[0]!
  }
  const after = { ...row, ...change, steps: row.steps + 1 }
  await ownAlarms(ctx).updateTable('alarm').set({ ...change, steps: after.steps }).where('id', '=', row.id).where('district', '=', row.district).execute()
  await note(ctx, [after], what, words)
  record(ctx, `monitoring.alarm-${what}`, row.device, row.district, { alarm: row.id, rule: row.rule, ...(words && { note: words }) })
  return (await present(ctx, [after]))[0]!
}

export const acknowledge = (ctx: Context, key: Key, words?: string): Promise<AlarmShown> => act(ctx, key, 'acknowledged', { acknowledgedAt: ctx.now, acknowledgedBy: ctx.actor.id }, words)

export async function shelve(ctx: Context, key: Key, { reason, until }: { reason: string; until: string }): Promise<AlarmShown> {
  await findAlarm(ctx, key, 'monitoring.attend')
  const end = new Date(until)
  if (end <= ctx.now || +end > +ctx.now + SHELF_HOURS * 3_600_000) throw shelfTooLong({ hours: SHELF_HOURS })
  return act(ctx, key, 'shelved', { shelvedUntil: end, shelvedBy: ctx.actor.id, shelveReason: reason }, reason)
}

export const unshelve = (ctx: Context, key: Key): Promise<AlarmShown> => act(ctx, key, 'unshelved', { shelvedUntil: null, shelvedBy: null, shelveReason: null, acknowledgedAt: null, acknowledgedBy: null })

/** Shelves that have ended: what is still open rings again. */
export async function endShelves(ctx: Context): Promise<void> {
  const { rows } = await sql<AlarmTable>`
    update alarm set shelved_until = null, shelved_by = null, shelve_reason = null, acknowledged_at = null, acknowledged_by = null, steps = steps + 1, changed_at = ${ctx.now}
     where cleared_at is null and shelved_until <= ${ctx.now} returning *`.execute(ownAlarms(ctx))
  await note(ctx, rows, 'unshelved')
}
