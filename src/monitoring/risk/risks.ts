// 风险管理: the register of risks, and who may keep it.

import { sql } from 'kysely'
import { cursorOf, demand, keyOf, record, type Context, type Fault, type Words } from '../../kernel/index.ts'
import { findComponent, locate } from '../../atlas/index.ts'
import { findUnits } from '../../registry/index.ts'
import { directory } from '../directory.ts'
import { reacherOf, seenBy } from '../scope.ts'
import { SOON_DAYS, type NewRisk, type RiskBody, type RiskFilter, type RiskShown } from './contract.ts'
import { matrixNow } from './city-matrix.ts'
import { KINDS_OF_RISK } from './kinds.ts'
import { raisedBy } from './matrix.ts'
import { riskEnded, riskExists, riskFaulty, riskUnknown } from './problems.ts'
import { devicesOf, keyOfRisk, ringingAt, worstBy } from './ringing.ts'
import { ownRisks, type RiskStep, type RiskTable } from './tables.ts'
import { nextCode } from './tally.ts'
import { rowOf, writeRisks, type SoundRisk } from './write-risks.ts'

const EDIT = 'monitoring.risk'
const DAY_MS = 86_400_000

export interface RiskKey {
  readonly district: string
  readonly code: string
}

/** What stands for itself in a pattern of LIKE. */
export const literally = (text: string): string => `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`

/** Those that the caller sees and that fit, as a condition on `risk`. */
export async function risksFitting(ctx: Context, { words, field, kind, level, district, unit, state = 'watched', review }: RiskFilter) {
  const like = words === undefined ? undefined : literally(words)
  return sql.join(
    [
      await seenBy(ctx, 'monitoring.read'),
      sql`state = ${state}`,
      ...(like === undefined ? [] : [sql`(code ilike ${like} or name ilike ${like})`]),
      ...(field === undefined ? [] : [sql`field = ${field}`]),
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(level === undefined ? [] : [sql`level = ${level}`]),
      ...(district === undefined ? [] : [sql`district = ${district}`]),
      ...(unit === undefined ? [] : [sql`owner_unit = ${unit}`]),
      ...(review === undefined ? [] : [sql`review_by < ${review === 'overdue' ? ctx.now : new Date(+ctx.now + SOON_DAYS * DAY_MS)}`]),
    ],
    sql` and `,
  )
}

interface Question extends RiskFilter {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** The highest level first; of those whose review is due the one that waits longest. */
export async function listRisks(ctx: Context, { cursor, limit = 50, ...filter }: Question) {
  const byReview = filter.review !== undefined
  const after = cursor === undefined ? undefined : byReview ? keyOf(cursor, 'moment', 'text', 'text') : keyOf(cursor, 'whole', 'text', 'text')
  const behind = !after
    ? sql`true`
    : byReview
      ? sql`(review_by, code, district) > (${after[0]}::timestamptz, ${after[1]}, ${after[2]})`
      : sql`level <= ${after[0]}::int and (level < ${after[0]}::int or (code, district) > (${after[1]}, ${after[2]}))`
  const { rows } = await sql<RiskTable>`
    select * from risk where ${await risksFitting(ctx, filter)} and ${behind}
     order by ${byReview ? sql`review_by, code, district` : sql`level desc, code, district`} limit ${limit + 1}`.execute(ownRisks(ctx))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last ? cursorOf([byReview ? last.reviewBy.toISOString() : String(last.level), last.code, last.district]) : null
  return { items: await showRisks(ctx, items), next }
}

export const unitNames = async (ctx: Context): Promise<Map<string, Words>> => new Map((await findUnits(ctx)).map(({ code, name }) => [code, name]))

export async function showRisks(ctx: Context, rows: readonly RiskTable[]): Promise<RiskShown[]> {
  const devices = await devicesOf(ctx, rows)
  const worst = worstBy(await ringingAt(ctx, [...devices.values()].flat()))
  const units = rows.length > 0 ? await unitNames(ctx) : new Map<string, Words>()
  return rows.map((row) => {
    const own = devices.get(keyOfRisk(row)) ?? []
    const ringing = row.state === 'watched' ? Math.max(0, ...own.map(worst)) : 0
    const { lng, lat, reviewedAt, reviewBy, steps: _, madeAt: __, changedAt: ___, changedBy: ____, ...rest } = row
    return {
      ...rest,
      position: [lng, lat],
      devices: own,
      ownerName: units.get(row.ownerUnit ?? '') ?? null,
      reviewedAt: reviewedAt.toISOString(),
      reviewBy: reviewBy.toISOString(),
      ringing,
      levelNow: raisedBy(row.level, [ringing]),
    }
  })
}

/** The risk of this code, where the caller may do this with it. */
export async function getRow(ctx: Context, { district, code }: RiskKey, permit: string, lock = false): Promise<RiskTable> {
  const found = ownRisks(ctx).selectFrom('risk').selectAll().where('code', '=', code).where('district', '=', district)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row || !(await reacherOf(ctx, permit))(row)) throw riskUnknown({ code })
  return row
}

const readOne = async (ctx: Context, key: RiskKey): Promise<RiskShown> => (await showRisks(ctx, [await getRow(ctx, key, EDIT)]))[0]!

/** What is wrong with a risk, and where it lies. */
async function examine(ctx: Context, body: RiskBody, home?: string): Promise<{ faults: Fault[]; district: string; cell: string | null }> {
  const faults: Fault[] = []
  const say = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  if (KINDS_OF_RISK[body.kind].field !== body.field) say('kind', '该类型不属于所选领域', 'this kind is not of this field')
  if (body.ownerUnit !== null && !(await findUnits(ctx)).some(({ code }) => code === body.ownerUnit)) say('ownerUnit', `没有单位 ${body.ownerUnit}`, `there is no unit ${body.ownerUnit}`)
  if (body.component !== null && !(await findComponent(ctx, body.component))) say('component', `没有部件 ${body.component}`, `there is no component ${body.component}`)
  const { byCode } = await directory(ctx)
  for (const [i, device] of body.devices.entries()) if (!byCode.has(device)) say(`devices.${i}`, `没有设备 ${device}`, `there is no device ${device}`)
  const located = await locate(ctx, body.position)
  if (!located) say('position', '位置不在本市', 'lies outside of the city')
  else if (home !== undefined && located.district !== home) say('position', `位置在区县 ${located.district}，风险的区县不能更换`, `lies in ${located.district}; the district of a risk stays`)
  return { faults, district: located?.district ?? home ?? '', cell: located?.cell ?? null }
}

async function demandOver(ctx: Context, place: { district: string; ownerUnit: string | null }): Promise<void> {
  if ((await reacherOf(ctx, EDIT))(place)) return
  const path = (await findUnits(ctx)).find(({ code }) => code === place.ownerUnit)?.path ?? ''
  demand(ctx, EDIT, { region: place.district, unit: path })
}

export async function addRisk(ctx: Context, { code: wished, ...body }: NewRisk): Promise<RiskShown> {
  const { faults, district, cell } = await examine(ctx, body)
  await demandOver(ctx, { district, ownerUnit: body.ownerUnit })
  if (faults.length > 0) throw riskFaulty(undefined, { faults })
  const code = wished ?? (await nextCode(ctx, 'FX', district))
  const known = await ownRisks(ctx).selectFrom('risk').select('code').where('code', '=', code).where('district', '=', district).executeTakeFirst()
  if (known) throw riskExists({ code })
  await write(ctx, { code, district, cell, body }, 'made')
  record(ctx, 'monitoring.risk-made', code, district, body)
  return readOne(ctx, { code, district })
}

export async function changeRisk(ctx: Context, key: RiskKey, { note, ...body }: RiskBody & { note?: string | undefined }): Promise<RiskShown> {
  const before = await getRow(ctx, key, EDIT, true)
  const { faults, district, cell } = await examine(ctx, body, before.district)
  await demandOver(ctx, { district, ownerUnit: body.ownerUnit })
  if (faults.length > 0) throw riskFaulty(undefined, { faults })
  const what = body.state === before.state ? 'changed' : body.state === 'ended' ? 'ended' : 'watched-again'
  await write(ctx, { code: key.code, district, cell, body, before }, what, note)
  record(ctx, `monitoring.risk-${what}`, key.code, key.district, { ...body, ...(note && { note }) })
  return readOne(ctx, key)
}

export async function reviewRisk(ctx: Context, key: RiskKey, { likelihood, consequence, note }: { likelihood: number; consequence: number; note: string }): Promise<RiskShown> {
  const before = await getRow(ctx, key, EDIT, true)
  if (before.state !== 'watched') throw riskEnded({ code: key.code })
  const devices = (await devicesOf(ctx, [key])).get(keyOfRisk(key)) ?? []
  await write(ctx, { code: key.code, district: key.district, cell: before.cell, body: { ...bodyOf(before, devices), likelihood, consequence }, reviewedAt: ctx.now, before }, 'reviewed', note)
  record(ctx, 'monitoring.risk-reviewed', key.code, key.district, { likelihood, consequence, note })
  return readOne(ctx, key)
}

export const bodyOf = ({ name, field, kind, lng, lat, component, likelihood, consequence, measures, ownerUnit, ownerPerson, reviewDays, state }: RiskTable, devices: readonly string[]): RiskBody => ({
  name, field, kind, position: [lng, lat], component, devices: [...devices], likelihood, consequence, measures, ownerUnit, ownerPerson, reviewDays, state,
})

const write = async (ctx: Context, sound: SoundRisk, what: RiskStep, note?: string): Promise<void> =>
  writeRisks(ctx, [{ row: rowOf(ctx, await matrixNow(ctx), sound), before: sound.before, devices: sound.body.devices, what, note }])
