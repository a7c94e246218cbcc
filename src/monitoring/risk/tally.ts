// What is counted, kept up in the transaction that changes it. `chengyun verify` counts it anew.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { ownRisks, type HazardTable, type RiskTable } from './tables.ts'

/** Tiles are hundredths of a degree, about a kilometre. */
export const TILES_A_DEGREE = 100
const PARTS = 1e6

export interface Change<Row> {
  readonly before?: Row | undefined
  readonly after?: Row | undefined
}

type Counted = Pick<RiskTable, 'district' | 'ownerUnit' | 'field' | 'level' | 'overdue' | 'state' | 'lng' | 'lat'>
type CountedHazard = Pick<HazardTable, 'district' | 'ownerUnit' | 'field' | 'grade' | 'stage' | 'late'>

interface Tile {
  readonly key: readonly [string, string, number, number, number]
  n: number
  east: number
  north: number
}

/** Sums the differences by key, in the order of the keys: two transactions never wait for each other crosswise. */
function sums<Row>(changes: readonly Change<Row>[], add: (row: Row, by: 1 | -1) => void): void {
  for (const { before, after } of changes) {
    if (before) add(before, -1)
    if (after) add(after, 1)
  }
}

const inOrder = <T>(entries: ReadonlyMap<string, T>): T[] => [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)

export async function countRisks(ctx: Context, changes: readonly Change<Counted>[]): Promise<void> {
  const tallies = new Map<string, { row: Counted; n: number }>()
  const tiles = new Map<string, Tile>()
  sums(changes, (row, by) => {
    if (row.state !== 'watched') return
    const { district, field, level, lng, lat } = row
    const key = JSON.stringify([district, row.ownerUnit ?? '', field, level, row.overdue])
    const tally = tallies.get(key) ?? { row, n: 0 }
    tally.n += by
    tallies.set(key, tally)
    const [x, y] = [Math.floor(lng * TILES_A_DEGREE), Math.floor(lat * TILES_A_DEGREE)]
    const place = JSON.stringify([district, field, level, x, y])
    const tile = tiles.get(place) ?? { key: [district, field, level, x, y], n: 0, east: 0, north: 0 }
    tile.n += by
    tile.east += by * Math.floor((lng * TILES_A_DEGREE - x) * PARTS)
    tile.north += by * Math.floor((lat * TILES_A_DEGREE - y) * PARTS)
    tiles.set(place, tile)
  })
  const moved = inOrder(tallies).filter(({ n }) => n !== 0)
  const of = <T>(pick: (each: (typeof moved)[number]) => T): T[] => moved.map(pick)
  if (moved.length > 0) {
    await sql`
      insert into risk_tally (district, owner_unit, field, level, overdue, n)
      select * from unnest(${of(({ row }) => row.district)}::text[], ${of(({ row }) => row.ownerUnit ?? '')}::text[], ${of(({ row }) => row.field)}::text[],
                           ${of(({ row }) => row.level)}::int2[], ${of(({ row }) => row.overdue)}::bool[], ${of(({ n }) => n)}::int[])
      on conflict (district, owner_unit, field, level, overdue) do update set n = risk_tally.n + excluded.n`.execute(ownRisks(ctx))
  }
  const shifted = inOrder(tiles).filter(({ n, east, north }) => n !== 0 || east !== 0 || north !== 0)
  const at = <T>(pick: (each: Tile) => T): T[] => shifted.map(pick)
  if (shifted.length === 0) return
  await sql`
    insert into risk_tile (district, field, level, x, y, n, east, north)
    select * from unnest(${at(({ key }) => key[0])}::text[], ${at(({ key }) => key[1])}::text[], ${at(({ key }) => key[2])}::int2[], ${at(({ key }) => key[3])}::int[],
                         ${at(({ key }) => key[4])}::int[], ${at(({ n }) => n)}::int[], ${at(({ east }) => east)}::bigint[], ${at(({ north }) => north)}::bigint[])
    on conflict (district, field, level, x, y)
    do update set n = risk_tile.n + excluded.n, east = risk_tile.east + excluded.east, north = risk_tile.north + excluded.north`.execute(ownRisks(ctx))
}

export async function countHazards(ctx: Context, changes: readonly Change<CountedHazard>[]): Promise<void> {
  const tallies = new Map<string, { row: CountedHazard; n: number }>()
  sums(changes, (row, by) => {
    const key = JSON.stringify([row.district, row.ownerUnit ?? '', row.field, row.grade, row.stage, row.late])
    const tally = tallies.get(key) ?? { row, n: 0 }
    tally.n += by
    tallies.set(key, tally)
  })
  const moved = inOrder(tallies).filter(({ n }) => n !== 0)
  if (moved.length === 0) return
  const of = <T>(pick: (row: CountedHazard) => T): T[] => moved.map(({ row }) => pick(row))
  await sql`
    insert into hazard_tally (district, owner_unit, field, grade, stage, late, n)
    select * from unnest(${of((row) => row.district)}::text[], ${of((row) => row.ownerUnit ?? '')}::text[], ${of((row) => row.field)}::text[], ${of((row) => row.grade)}::int2[],
                         ${of((row) => row.stage)}::text[], ${of((row) => row.late)}::bool[], ${moved.map(({ n }) => n)}::int[])
    on conflict (district, owner_unit, field, grade, stage, late) do update set n = hazard_tally.n + excluded.n`.execute(ownRisks(ctx))
}

/** The next code of a district, such as FX999902-00012 for a risk. */
export async function nextCode(ctx: Context, kind: 'FX' | 'YH', district: string): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into risk_number (district, kind, last) values (${district}, ${kind}, 1)
    on conflict (district, kind) do update set last = risk_number.last + 1 returning last`.execute(ownRisks(ctx))
  return `${kind}${district}-${String(rows[0]!.last).padStart(5, '0')}`
}
