// One batch of past cases into the tables, in one transaction, by binary COPY.

import { sql } from 'kysely'
import { announce, copyInto, demand, type Context, type CopyColumns } from '../../kernel/index.ts'
import { caseLampChanged, casesImported } from '../events.ts'
import { lampAt, nextTurn } from '../lamp.ts'
import { numberOf } from '../number.ts'
import { placeOf } from '../place.ts'
import { districtsOf } from '../scope.ts'
import { own, type CaseRow } from '../tables.ts'
import type { BuiltCase } from './build-case.ts'

const FILE = {
  number: 'text',
  district: 'text',
  flow: 'text',
  state: 'text',
  stage: 'int2',
  ordinal: 'int4',
  outcome: 'text',
  source: 'text',
  category: 'text',
  description: 'text',
  lng: 'float8',
  lat: 'float8',
  street: 'text',
  community: 'text',
  cell: 'text',
  beat: 'text',
  grade: 'text',
  address: 'text',
  component_code: 'text',
  photo: 'text',
  attributes: 'jsonb',
  reporter_id: 'text',
  condition_id: 'text',
  unit_code: 'text',
  unit_path: 'text',
  unit_name: 'text',
  collector_id: 'text',
  collector_name: 'text',
  disposed_by: 'text[]',
  reason: 'text',
  returns: 'int4',
  reworks: 'int4',
  rating: 'int2',
  reported_at: 'timestamptz',
  accepted_at: 'timestamptz',
  established_at: 'timestamptz',
  dispatched_at: 'timestamptz',
  disposed_at: 'timestamptz',
  checked_at: 'timestamptz',
  ended_at: 'timestamptz',
  dispose_due_at: 'timestamptz',
  disposed_late: 'bool',
  clock: 'text',
  clock_from: 'timestamptz',
  clock_amount: 'float8',
  clock_unit: 'text',
  due_at: 'timestamptz',
  yellow_at: 'timestamptz',
  lamp: 'text',
  next_turn_at: 'timestamptz',
} as const satisfies CopyColumns

const STEP = {
  number: 'text',
  ordinal: 'int4',
  district: 'text',
  step: 'text',
  from_state: 'text',
  to_state: 'text',
  actor_id: 'text',
  actor_name: 'text',
  post: 'text',
  address: 'text',
  lng: 'float8',
  lat: 'float8',
  taken_at: 'timestamptz',
  note: 'text',
  reason: 'text',
  files: 'jsonb',
  changes: 'jsonb',
} as const satisfies CopyColumns

const SEARCH = { number: 'text', district: 'text', words: 'text[]' } as const satisfies CopyColumns
const ORIGIN = { system: 'text', key: 'text', district: 'text', number: 'text', batch: 'uuid' } as const satisfies CopyColumns

export interface Taken extends BuiltCase {
  readonly key: string
  readonly words: readonly string[]
}

/** Which keys of the source are cases already, and of which batch. */
export async function takenKeys(ctx: Context, system: string, keys: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await own(ctx)
    .selectFrom('caseOrigin')
    .select(['key', 'batch'])
    .where('system', '=', system)
    .where(sql<boolean>`key = any(${keys as string[]}::text[])`)
    .where(sql<boolean>`district = any(${await districtsOf(ctx)}::text[])`)
    .execute()
  return new Map(rows.map(({ key, batch }) => [key, batch]))
}

/**
 * Numbers for past days, `amounts` by district and day; the answer counts on from the first of each. They are taken beside the
 * transaction, so that the next batch need not wait for this one.
 */
export async function reserveNumbers({ db, aside = db }: Context, amounts: ReadonlyMap<string, number>): Promise<(district: string, day: string) => string> {
  const wanted = [...amounts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => ({ district: key.slice(0, 6), day: key.slice(6), taken: n }))
  const { rows } = await sql<{ district: string; day: string; taken: number }>`
    insert into case_number_block as b (district, day, taken)
    select w.district, w.day, w.taken from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(district text, day text, taken integer)
    on conflict (district, day) do update set taken = b.taken + excluded.taken
    returning district, day, taken`.execute(aside)
  const next = new Map(rows.map(({ district, day, taken }) => [district + day, taken - amounts.get(district + day)! + 1]))
  return (district, day) => {
    const sequence = next.get(district + day)!
    next.set(district + day, sequence + 1)
    return numberOf(district, day, sequence)
  }
}

export async function writeCases(ctx: Context, system: string, batch: string, cases: readonly Taken[]): Promise<void> {
  demand(ctx, 'case.import')
  const rows = cases.map(({ row }) => withLamp(row, ctx.now))
  await copyInto(ctx, 'case_file', FILE, rows)
  await copyInto(ctx, 'case_step', STEP, stepsOf(cases))
  await copyInto(ctx, 'case_search', SEARCH, cases.map(({ row, words }) => [row.number, row.district, words]))
  await copyInto(ctx, 'case_origin', ORIGIN, cases.map(({ row, key }) => [system, key, row.district, row.number, batch]))

  for (const [district, some] of Map.groupBy(rows, ({ district }) => district)) {
    announce(ctx, casesImported, district, { batch, district, cases: some.length })
  }
  for (const row of rows) if (row.lamp === 'red') tellOfLamp(ctx, row)
}

function* stepsOf(cases: readonly Taken[]) {
  for (const { steps } of cases) yield* steps
}

/** A case that is still open has the lamp of today, and not that of its last step. */
function withLamp(row: CaseRow, now: Date): CaseRow {
  const lamp = lampAt(row, now)
  return Object.assign(row, { lamp, nextTurnAt: nextTurn(row, lamp) })
}

function tellOfLamp(ctx: Context, row: CaseRow): void {
  const { number, district, lamp, state, clock, dueAt } = row
  announce(ctx, caseLampChanged, district, { number, district, lamp, at: dueAt!.toISOString(), state, clock: clock!, place: placeOf(row) })
}
