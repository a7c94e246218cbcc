// 城市安全风险一张图 and 风险防控一张图: where the risks are, and how many.

import { sql } from 'kysely'
import { scopesOf, type Context } from '../../kernel/index.ts'
import { findDivisions } from '../../atlas/index.ts'
import { seenBy } from '../scope.ts'
import type { Mark, RiskFigures, RiskFilter, WarnedRisk } from './contract.ts'
import { FIELD_CODES, type Field } from './kinds.ts'
import { raisedBy } from './matrix.ts'
import { boxOf, MARKS_AT_MOST, squareOf, squares, within, type Box } from './gather-marks.ts'
import { devicesOf, keyOfRisk, ringingNow, showAlarms } from './ringing.ts'
import { risksFitting, showRisks } from './risks.ts'
import { ownRisks, type RiskTable } from './tables.ts'
import { TILES_A_DEGREE } from './tally.ts'

/** Above this many in a box the counts of tiles are shown in place of the risks themselves. */
const READ_AT_MOST = 5_000

interface MapQuestion extends Pick<RiskFilter, 'field' | 'level' | 'review'> {
  readonly box: string
  readonly zoom: number
}

export async function mapRisks(ctx: Context, { box: text, zoom, ...filter }: MapQuestion): Promise<{ items: Mark[] }> {
  const box = boxOf(text)
  const items = (await byTiles(ctx, box, zoom, filter)) ?? (await byRows(ctx, box, zoom, filter))
  return { items }
}

async function byRows(ctx: Context, box: Box, zoom: number, filter: RiskFilter): Promise<Mark[]> {
  const { rows } = await sql<Mark>`
    select avg(lng) as lng, avg(lat) as lat, count(*)::int as n, max(level) as level, bool_or(overdue) as overdue,
           case when count(*) = 1 then min(code) end as code, case when count(*) = 1 then min(district) end as district, case when count(*) = 1 then min(name) end as name
      from risk where ${await risksFitting(ctx, filter)} and ${within(box)}
     group by ${squares(zoom)} order by max(level) desc, count(*) desc limit ${MARKS_AT_MOST}`.execute(ownRisks(ctx))
  return rows
}

/** Where there are many in the box and the counts can tell: of a whole region, whoever keeps them. */
async function byTiles(ctx: Context, [west, south, east, north]: Box, zoom: number, { field, level, review }: RiskFilter): Promise<Mark[] | undefined> {
  if (review !== undefined || scopesOf(ctx, 'monitoring.read').some(({ unit }) => unit !== '')) return undefined
  const edge = (degrees: number) => Math.floor(degrees * TILES_A_DEGREE)
  const wanted = sql.join(
    [
      await seenBy(ctx, 'monitoring.read'),
      sql`n > 0 and x between ${edge(west)} and ${edge(east)} and y between ${edge(south)} and ${edge(north)}`,
      ...(field === undefined ? [] : [sql`field = ${field}`]),
      ...(level === undefined ? [] : [sql`level = ${level}`]),
    ],
    sql` and `,
  )
  const { rows: sums } = await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from risk_tile where ${wanted}`.execute(ownRisks(ctx))
  if (sums[0]!.n <= READ_AT_MOST || squareOf(zoom) < 1 / TILES_A_DEGREE) return undefined
  const { rows } = await sql<Mark>`
    with t as (select n, level, x, y, east, north, (x + 0.5) / ${TILES_A_DEGREE} as lng, (y + 0.5) / ${TILES_A_DEGREE} as lat from risk_tile where ${wanted})
    select (sum(x::float8 * n + east / 1e6) / sum(n)) / ${TILES_A_DEGREE} as lng, (sum(y::float8 * n + north / 1e6) / sum(n)) / ${TILES_A_DEGREE} as lat,
           sum(n)::int as n, max(level) as level, false as overdue, null::text as code, null::text as district, null::text as name
      from t group by ${squares(zoom)} order by max(level) desc, sum(n) desc limit ${MARKS_AT_MOST}`.execute(ownRisks(ctx))
  return rows
}

interface FigureQuestion {
  readonly field?: Field | undefined
  readonly level?: number | undefined
}

export async function readFigures(ctx: Context, { field, level }: FigureQuestion): Promise<RiskFigures> {
  const { rows } = await sql<{ district: string; field: Field; level: number; overdue: boolean; n: number }>`
    select district, field, level, overdue, sum(n)::int as n from risk_tally
     where n > 0 and ${await seenBy(ctx, 'monitoring.read')}
     group by 1, 2, 3, 4`.execute(ownRisks(ctx))
  const fits = rows.filter((row) => (field === undefined || row.field === field) && (level === undefined || row.level === level))
  const levelsOf = (those: typeof rows) => [1, 2, 3, 4].map((each) => those.reduce((sum, row) => (row.level === each ? sum + row.n : sum), 0))
  const overdueOf = (those: typeof rows) => those.reduce((sum, row) => (row.overdue ? sum + row.n : sum), 0)
  const names = new Map((await findDivisions(ctx, { level: 'district' })).map(({ code, name }) => [code, name]))
  const byDistrict = Map.groupBy(fits, (row) => row.district)
  // What one may choose is counted under what else is chosen.
  const ofLevel = rows.filter((row) => level === undefined || row.level === level)
  return {
    levels: levelsOf(rows.filter((row) => field === undefined || row.field === field)),
    overdue: overdueOf(fits),
    fields: rows.length === 0 ? [] : FIELD_CODES.map((code) => ({ field: code, levels: levelsOf(ofLevel.filter((row) => row.field === code)) })),
    districts: [...byDistrict]
      .map(([district, those]) => ({ district, name: names.get(district) ?? { zh: district, en: district }, levels: levelsOf(those), overdue: overdueOf(those) }))
      .toSorted((a, b) => a.district.localeCompare(b.district)),
  }
}

const WARNED_AT_MOST = 200

/** 预测预警: risks at whose devices alarms ring, the highest as it is now first. */
export async function warnedRisks(ctx: Context, filter: FigureQuestion): Promise<{ items: WarnedRisk[]; more: boolean }> {
  const ringing = Map.groupBy(await ringingNow(ctx), ({ device }) => device)
  const { rows } = await sql<RiskTable>`
    select * from risk where ${await risksFitting(ctx, filter)}
       and (code, district) in (select risk, district from risk_device where device = any(${[...ringing.keys()]}::text[]))
     order by level desc, code limit ${MOST_TIED}`.execute(ownRisks(ctx))
  const devices = await devicesOf(ctx, rows)
  const found = rows.map((row) => {
    const alarms = (devices.get(keyOfRisk(row)) ?? []).flatMap((device) => ringing.get(device) ?? [])
    return { row, alarms, now: raisedBy(row.level, alarms.map(({ level }) => level)), newest: Math.max(...alarms.map(({ raisedAt }) => +raisedAt)) }
  })
  const first = found.toSorted((a, b) => b.now - a.now || b.now - b.row.level - (a.now - a.row.level) || b.newest - a.newest).slice(0, WARNED_AT_MOST)
  const risks = await showRisks(ctx, first.map(({ row }) => row))
  const alarms = Map.groupBy(await showAlarms(ctx, first.flatMap((each) => each.alarms)), ({ device }) => device)
  return {
    items: risks.map((risk) => ({ risk, alarms: [...new Set(risk.devices)].flatMap((device) => [...new Map((alarms.get(device) ?? []).map((each) => [each.id, each])).values()]) })),
    more: found.length > WARNED_AT_MOST || rows.length === MOST_TIED,
  }
}

const MOST_TIED = 2_000
