// 隐患管理: a hazard is found here, and rectified, checked and closed as its case.

import { sql } from 'kysely'
import { announce, cursorOf, demand, enqueue, keyOf, markRegion, record, type Context, type Fault, type Words } from '../../kernel/index.ts'
import { findComponent, findDivisions, locate } from '../../atlas/index.ts'
import { findCategory, findUnits } from '../../registry/index.ts'
import { reacherOf, seenBy } from '../scope.ts'
import { hazardChanged } from './events.ts'
import type { HazardBody, HazardFigures, HazardFilter, HazardMark, HazardShown } from './hazard-contract.ts'
import { boxOf, MARKS_AT_MOST, squares, within } from './gather-marks.ts'
import { hazardFaulty, hazardUnknown } from './problems.ts'
import { getRow, literally, unitNames, type RiskKey } from './risks.ts'
import { STAGE_CODES, type Stage } from './stage.ts'
import { ownRisks, type HazardTable, type RiskTable } from './tables.ts'
import { countHazards, nextCode } from './tally.ts'

export const HAZARD_CASE = 'monitoring.hazard-case'
const FIND = 'monitoring.hazard'
const SHOWN_AT_RISK = 20
const UNITS_SHOWN = 30

export async function findHazard(ctx: Context, body: HazardBody): Promise<HazardShown> {
  const risk = body.risk && (await getRow(ctx, body.risk, 'monitoring.read'))
  const { faults, place } = await examine(ctx, body, risk)
  const ownerUnit = body.unit ?? risk?.ownerUnit ?? null
  await demandOver(ctx, { district: place?.district ?? risk?.district ?? '', ownerUnit })
  if (faults.length > 0 || !place) throw hazardFaulty(undefined, { faults })
  const { files, grade, source, category, component } = body
  const row: HazardTable = {
    code: await nextCode(ctx, 'YH', place.district),
    district: place.district,
    risk: risk?.code ?? null,
    words: body.words.trim(),
    field: body.field ?? risk!.field,
    grade,
    source,
    category,
    lng: place.position[0],
    lat: place.position[1],
    cell: place.cell,
    component: component ?? risk?.component ?? null,
    files: [...files],
    ownerUnit,
    foundAt: ctx.now,
    foundBy: ctx.actor.name,
    caseNumber: null,
    follows: null,
    stage: 'to-rectify',
    late: false,
    dueAt: null,
    endedAt: null,
  }
  await ownRisks(ctx).insertInto('hazard').values({ ...row, files: JSON.stringify(row.files) as never }).execute()
  await countHazards(ctx, [{ after: row }])
  if (files.length > 0) await markRegion(ctx, files, row.district)
  // Behind the commit, and also after a kill: the key makes it one case.
  await enqueue(ctx, HAZARD_CASE, { code: row.code, district: row.district }, { key: `${HAZARD_CASE}:${row.district}:${row.code}` })
  record(ctx, 'monitoring.hazard-found', row.code, row.district, { ...body, words: row.words })
  tellHazard(ctx, row)
  return (await showHazards(ctx, [row]))[0]!
}

export const tellHazard = (ctx: Context, { district, code, stage, late }: HazardTable): void => announce(ctx, hazardChanged, district, { district, code, stage, late })

interface Place {
  readonly position: readonly [number, number]
  readonly district: string
  readonly cell: string | null
}

async function examine(ctx: Context, body: HazardBody, risk: RiskTable | undefined): Promise<{ faults: Fault[]; place?: Place }> {
  const faults: Fault[] = []
  const say = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  if (!(await findCategory(ctx, body.category))) say('category', `没有类别 ${body.category}`, `there is no category ${body.category}`)
  if (body.component !== undefined && !(await findComponent(ctx, body.component))) say('component', `没有部件 ${body.component}`, `there is no component ${body.component}`)
  if (body.unit !== undefined && !(await findUnits(ctx)).some(({ code }) => code === body.unit)) say('unit', `没有单位 ${body.unit}`, `there is no unit ${body.unit}`)
  if (body.field === undefined && !risk) say('field', '请选择领域', 'choose a field')
  const position = body.position ?? (risk && ([risk.lng, risk.lat] as const))
  if (!position) {
    say('position', '请选择位置', 'choose a place')
    return { faults }
  }
  const located = await locate(ctx, [position[0], position[1]])
  if (!located) say('position', '位置不在本市', 'lies outside of the city')
  else if (risk && located.district !== risk.district) say('position', `风险在区县 ${risk.district}，位置在 ${located.district}`, `the risk lies in ${risk.district}, the place in ${located.district}`)
  return { faults, ...(located && { place: { position, district: located.district, cell: located.cell } }) }
}

async function demandOver(ctx: Context, place: { district: string; ownerUnit: string | null }): Promise<void> {
  if ((await reacherOf(ctx, FIND))(place)) return
  const path = (await findUnits(ctx)).find(({ code }) => code === place.ownerUnit)?.path ?? ''
  demand(ctx, FIND, { region: place.district, unit: path })
}

async function hazardsFitting(ctx: Context, { words, stage, open, late, field, grade, district, unit }: HazardFilter) {
  const like = words === undefined ? undefined : literally(words)
  return sql.join(
    [
      await seenBy(ctx, 'monitoring.read'),
      ...(like === undefined ? [] : [sql`(code ilike ${like} or words ilike ${like})`]),
      ...(stage === undefined ? [] : [sql`stage = ${stage}`]),
      ...(open === undefined && late === undefined ? [] : [open === false && !late ? sql`ended_at is not null` : sql`ended_at is null`]),
      ...(late === undefined ? [] : [sql`late = ${late}`]),
      ...(field === undefined ? [] : [sql`field = ${field}`]),
      ...(grade === undefined ? [] : [sql`grade = ${grade}`]),
      ...(district === undefined ? [] : [sql`district = ${district}`]),
      ...(unit === undefined ? [] : [sql`owner_unit = ${unit}`]),
    ],
    sql` and `,
  )
}

interface Question extends HazardFilter {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** The newest first. */
export async function listHazards(ctx: Context, { cursor, limit = 50, ...filter }: Question) {
  const after = cursor === undefined ? undefined : keyOf(cursor, 'moment', 'text')
  const behind = after ? sql`(found_at, code) < (${after[0]}::timestamptz, ${after[1]})` : sql`true`
  const { rows } = await sql<HazardTable>`
    select * from hazard where ${await hazardsFitting(ctx, filter)} and ${behind} order by found_at desc, code desc limit ${limit + 1}`.execute(ownRisks(ctx))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items: await showHazards(ctx, items), next: rows.length > limit && last ? cursorOf([last.foundAt.toISOString(), last.code]) : null }
}

export async function showHazards(ctx: Context, rows: readonly HazardTable[]): Promise<HazardShown[]> {
  const units = rows.length > 0 ? await unitNames(ctx) : new Map<string, Words>()
  return rows.map((row) => {
    const { lng, lat, follows: _, ownerUnit, foundAt, dueAt, endedAt, ...rest } = row
    return {
      ...rest,
      position: [lng, lat],
      unit: ownerUnit,
      unitName: units.get(ownerUnit ?? '') ?? null,
      foundAt: foundAt.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    }
  })
}

export async function readHazard(ctx: Context, { district, code }: RiskKey): Promise<HazardShown> {
  const row = await ownRisks(ctx).selectFrom('hazard').selectAll().where('code', '=', code).where('district', '=', district).executeTakeFirst()
  if (!row || !(await reacherOf(ctx, 'monitoring.read'))(row)) throw hazardUnknown({ code })
  return (await showHazards(ctx, [row]))[0]!
}

/** Of a risk that the caller sees, those of its hazards that the caller sees. */
export async function hazardsOf(ctx: Context, { code, district }: RiskKey): Promise<HazardShown[]> {
  const { rows } = await sql<HazardTable>`
    select * from hazard where risk = ${code} and district = ${district} and ${await seenBy(ctx, 'monitoring.read')}
     order by found_at desc limit ${SHOWN_AT_RISK}`.execute(ownRisks(ctx))
  return showHazards(ctx, rows)
}

interface FigureQuestion extends Pick<HazardFilter, 'field' | 'grade'> {}

/** 监管: how many stand where, and whose. */
export async function readHazardFigures(ctx: Context, { field, grade }: FigureQuestion): Promise<HazardFigures> {
  const wanted = sql.join(
    [await seenBy(ctx, 'monitoring.read'), sql`n > 0`, ...(field === undefined ? [] : [sql`field = ${field}`]), ...(grade === undefined ? [] : [sql`grade = ${grade}`])],
    sql` and `,
  )
  const { rows } = await sql<{ district: string; ownerUnit: string; stage: Stage; late: boolean; n: number }>`
    select district, owner_unit, stage, late, sum(n)::int as n from hazard_tally where ${wanted} group by 1, 2, 3, 4`.execute(ownRisks(ctx))
  const share = (those: typeof rows) => ({
    stages: STAGE_CODES.map((stage) => those.reduce((sum, row) => (row.stage === stage ? sum + row.n : sum), 0)),
    late: those.reduce((sum, row) => (row.late ? sum + row.n : sum), 0),
  })
  const all = ({ stages }: { stages: number[] }) => stages.reduce((sum, n) => sum + n, 0)
  const names = new Map((await findDivisions(ctx, { level: 'district' })).map(({ code, name }) => [code, name]))
  const units = await unitNames(ctx)
  return {
    ...share(rows),
    districts: [...Map.groupBy(rows, (row) => row.district)]
      .map(([district, those]) => ({ district, name: names.get(district) ?? { zh: district, en: district }, ...share(those) }))
      .toSorted((a, b) => a.district.localeCompare(b.district)),
    units: [...Map.groupBy(rows, (row) => row.ownerUnit)]
      .map(([unit, those]) => ({ unit, name: units.get(unit) ?? null, ...share(those) }))
      .toSorted((a, b) => all(b) - all(a) || a.unit.localeCompare(b.unit))
      .slice(0, UNITS_SHOWN),
  }
}

interface MapQuestion extends Pick<HazardFilter, 'field' | 'grade' | 'stage' | 'late'> {
  readonly box: string
  readonly zoom: number
}

/** Those that are open. */
export async function mapHazards(ctx: Context, { box, zoom, ...filter }: MapQuestion): Promise<{ items: HazardMark[] }> {
  const { rows } = await sql<HazardMark>`
    select avg(lng) as lng, avg(lat) as lat, count(*)::int as n, bool_or(late) as late, max(grade) = 2 as major,
           case when count(*) = 1 then min(code) end as code, case when count(*) = 1 then min(district) end as district
      from hazard where ${await hazardsFitting(ctx, { ...filter, open: true })} and ${within(boxOf(box))}
     group by ${squares(zoom)} order by bool_or(late) desc, max(grade) desc, count(*) desc limit ${MARKS_AT_MOST}`.execute(ownRisks(ctx))
  return { items: rows }
}
