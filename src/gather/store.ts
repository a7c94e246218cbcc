import { sql, type RawBuilder } from 'kysely'
import { copyInto, type Context, type CopyColumns, type CopyType } from '../kernel/index.ts'
import { COUNTERS } from './contract.ts'
import type { CaseFact } from './fact.ts'
import { ACT_KEYS, CUBE_KEYS, STANDING_KEYS, TALLIES, TALLY_KEYS, type Sheets, type Sums } from './ledger.ts'

const ROWS_AT_ONCE = 5000

// ── Facts

const FACT_TYPES = {
  number: 'text', district: 'text', ordinal: 'integer', state: 'text', lamp: 'text', outcome: 'text', source: 'text', category: 'text',
  street: 'text', community: 'text', unit: 'text', reason: 'text', reportedAt: 'timestamptz', acceptedAt: 'timestamptz',
  establishedAt: 'timestamptz', dispatchedAt: 'timestamptz', disposedAt: 'timestamptz', endedAt: 'timestamptz',
  disposeDueAt: 'timestamptz', dueAt: 'timestamptz', yellowAt: 'timestamptz', lateAt: 'timestamptz', returns: 'jsonb', reworks: 'jsonb', excused: 'jsonb',
} as const satisfies Record<keyof CaseFact, string>
type FactColumn = keyof typeof FACT_TYPES
const FACT_COLUMNS = Object.keys(FACT_TYPES) as FactColumn[]

/** Facts of cases of one district. */
export async function readFacts(ctx: Context, district: string, numbers: readonly string[]): Promise<CaseFact[]> {
  const { rows } = await sql<CaseFact>`
    select * from case_fact where district = ${district} and number = any(${numbers as string[]}::text[])`.execute(ctx.db)
  return rows
}

/** Facts of a district in order of their numbers, after one of them. */
export async function readFactsAfter(ctx: Context, district: string, after: string, limit: number): Promise<CaseFact[]> {
  const { rows } = await sql<CaseFact>`
    select * from case_fact where district = ${district} and number > ${after} order by number limit ${limit}`.execute(ctx.db)
  return rows
}

/** Districts in which anything was ever counted. */
export async function readDistricts(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ district: string }>`
    select distinct district from case_tally where axis = 'all' and grain = 'year'`.execute(ctx.db)
  return rows.map(({ district }) => district)
}

export async function writeFacts(ctx: Context, facts: readonly CaseFact[]): Promise<void> {
  const columns = FACT_COLUMNS.map((column) => sql.ref(column))
  const changed = FACT_COLUMNS.filter((column) => column !== 'number' && column !== 'district')
  for (const piece of pieces(facts)) {
    const lists = FACT_COLUMNS.map((column) => list(piece.map((fact) => valueOf(fact, column)), FACT_TYPES[column]))
    await sql`
      insert into case_fact (${sql.join(columns)})
      select * from unnest(${sql.join(lists)})
      on conflict (number, district) do update
         set ${sql.join(changed.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))}`.execute(ctx.db)
  }
}

const valueOf = (fact: CaseFact, column: FactColumn): unknown =>
  FACT_TYPES[column] === 'jsonb' ? JSON.stringify(fact[column]) : fact[column]

// ── Sums

interface Sheet {
  readonly table: string
  readonly keys: readonly string[]
  readonly days: ReadonlySet<string>
  readonly counters: readonly string[]
}

const TALLY: Sheet = { table: 'case_tally', keys: TALLY_KEYS, days: new Set(['start']), counters: TALLIES }
const CUBE: Sheet = { table: 'case_cube', keys: CUBE_KEYS, days: new Set(['day']), counters: COUNTERS }
const ACTS: Sheet = { table: 'act_count', keys: ACT_KEYS, days: new Set(['day']), counters: ['acts'] }
const STANDING: Sheet = { table: 'case_standing', keys: STANDING_KEYS, days: new Set(), counters: ['cases'] }

/** Adds the differences to the tables. */
export async function addSheets(ctx: Context, { tally, cube, standing, acts }: Sheets): Promise<void> {
  await addSums(ctx, TALLY, tally)
  const emptied = await addSums(ctx, CUBE, cube)
  await dropEmpty(ctx, emptied)
  await addSums(ctx, STANDING, standing)
  await addSums(ctx, ACTS, acts)
}

type Row = readonly [string[], number[]]

/** The answer is the keys from which something was taken away. */
async function addSums(ctx: Context, { table, keys, days, counters }: Sheet, sums: Sums): Promise<string[][]> {
  // In the order of the primary key: pages are touched once, and locks are taken in one order.
  const rows: Row[] = [...sums.entries()].sort(([a], [b]) => compare(a, b))
  const names = [...keys, ...counters].map((name) => sql.ref(name))
  for (const piece of pieces(rows)) {
    const lists = [
      ...keys.map((name, i) => list(piece.map(([key]) => key[i]), days.has(name) ? 'date' : 'text')),
      ...counters.map((_, i) => list(piece.map(([, counts]) => counts[i]), 'bigint')),
    ]
    await sql`
      insert into ${sql.table(table)} as t (${sql.join(names)})
      select * from unnest(${sql.join(lists)})
      on conflict (${sql.join(keys.map((name) => sql.ref(name)))}) do update
         set ${sql.join(counters.map((name) => sql`${sql.ref(name)} = t.${sql.ref(name)} + excluded.${sql.ref(name)}`))}`.execute(ctx.db)
  }
  return rows.filter(([, counts]) => counts[0]! < 0).map(([key]) => key)
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length; i++) if (a[i]! !== b[i]!) return a[i]! < b[i]! ? -1 : 1
  return 0
}

/** A case that moves on leaves its cell of the cube; cells that hold none are not kept. */
async function dropEmpty(ctx: Context, keys: readonly string[][]): Promise<void> {
  for (const piece of pieces(keys)) {
    const lists = CUBE_KEYS.map((name, i) => list(piece.map((key) => key[i]), name === 'day' ? 'date' : 'text'))
    await sql`
      delete from case_cube c
       using unnest(${sql.join(lists)}) as k (${sql.join(CUBE_KEYS.map((name) => sql.ref(name)))})
       where ${sql.join(CUBE_KEYS.map((name) => sql`c.${sql.ref(name)} = k.${sql.ref(name)}`), sql` and `)}
         and c.district = any(${[...new Set(piece.map(([district]) => district))]}::text[])
         and c.reported = 0`.execute(ctx.db)
  }
}

const list = (values: readonly unknown[], type: string): RawBuilder<unknown> => sql`${values}::${sql.raw(type)}[]`

function* pieces<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += ROWS_AT_ONCE) yield all.slice(at, at + ROWS_AT_ONCE)
}

// ── Reading back, for the proof

export interface SheetRow {
  readonly key: string[]
  readonly counts: number[]
}

const READ_AT_ONCE = 5000

/** Every row of a table of sums in one district that is not empty. */
export async function* readSheet(ctx: Context, name: keyof Sheets, district: string): AsyncGenerator<SheetRow> {
  const { table, keys, counters } = { tally: TALLY, cube: CUBE, standing: STANDING, acts: ACTS }[name]
  const names = keys.map((key) => sql.ref(key))
  for (let after: string[] | undefined; ; ) {
    const { rows } = await sql<Record<string, string | number>>`
      select ${sql.join([...names, ...counters.map((counter) => sql.ref(counter))])} from ${sql.table(table)}
       where district = ${district}
         ${after ? sql`and (${sql.join(names)}) > (${sql.join(after)})` : sql``}
       order by ${sql.join(names)} limit ${READ_AT_ONCE}`.execute(ctx.db)
    for (const row of rows) {
      const counts = counters.map((counter) => row[counter] as number)
      if (counts.some((count) => count !== 0)) yield { key: keys.map((key) => row[key] as string), counts }
    }
    if (rows.length < READ_AT_ONCE) return
    after = keys.map((key) => rows.at(-1)![key] as string)
  }
}

// ── Counting anew

/** Forgets everything that was counted. */
export async function clearAll(ctx: Context): Promise<void> {
  await sql`truncate case_fact, case_cube, case_tally, case_standing, act_count`.execute(ctx.db)
}

/** Writes facts of which none are there yet. */
export async function copyFacts(ctx: Context, facts: readonly CaseFact[]): Promise<void> {
  const types = FACT_COLUMNS.map((column) => [snake(column), FACT_TYPES[column] === 'integer' ? 'int4' : FACT_TYPES[column]])
  await copyInto(
    ctx,
    'case_fact',
    Object.fromEntries(types) as CopyColumns,
    facts.map((fact) => FACT_COLUMNS.map((column) => fact[column])),
  )
}

/** Writes sums of which none are there yet. */
export async function copySheets(ctx: Context, { tally, cube, standing, acts }: Sheets): Promise<void> {
  for (const [{ table, keys, days, counters }, sums] of [[TALLY, tally], [CUBE, cube], [STANDING, standing], [ACTS, acts]] as const) {
    const rows: Row[] = [...sums.entries()].sort(([a], [b]) => compare(a, b))
    const types = [
      ...keys.map((name): [string, CopyType] => [snake(name), days.has(name) ? 'date' : 'text']),
      ...counters.map((name): [string, CopyType] => [snake(name), name === 'disposalSeconds' ? 'int8' : 'int4']),
    ]
    await copyInto(ctx, table, Object.fromEntries(types), rows.map(([key, counts]) => [...key, ...counts]))
  }
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
