// The ledgers (台账) of procedures and parts, and what of them waits for the caller.

import { sql, type RawBuilder } from 'kysely'
import { cursorOf, keyOf, scopesOf, type Context, type Scope } from '../kernel/index.ts'
import { presentBrief } from './brief.ts'
import type { Part, PartListed, ProceedingFigures, ProceedingFilter, ProceedingListed } from './contract.ts'
import { allFlows, currentFlow, flowOf } from './flows.ts'
import { openActs } from './open-steps.ts'
import { presentParts, presentProceeding } from './present.ts'
import { proceedingsOf } from './proceedings.ts'
import { after, all, districtsOf, narrow, reachOf, type Reach } from './scope.ts'
import { readCase } from './store.ts'
import type { CaseRow, PartRow, ProceedingRow } from './tables.ts'

interface PageOf {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

const startsWith = (column: string, prefix: string): RawBuilder<boolean> =>
  sql<boolean>`(p.${sql.ref(column)} >= ${prefix} and p.${sql.ref(column)} < ${after(prefix)})`

/** The proceedings `p` of a unit's subtree: those of cases that it had, and those in which it takes part. */
const ofUnit = (unit: string): RawBuilder<boolean> =>
  sql<boolean>`(${startsWith('unit_path', unit)} or exists (select from unnest(p.participants) u where u >= ${unit} and u < ${after(unit)}))`

const inScope = ({ region, unit, category }: Scope): RawBuilder<boolean> =>
  all([
    ...(region === '' ? [] : [startsWith('region', region)]),
    ...(category === '' ? [] : [startsWith('category', category)]),
    ...(unit === '' ? [] : [ofUnit(unit)]),
  ])

const inScopes = (scopes: readonly Scope[]): RawBuilder<boolean> => sql<boolean>`(${sql.join(scopes.map(inScope), sql` or `)})`

/** The ledger, newest first: each district's newest, and of those the newest. */
export async function listProceedings(ctx: Context, filter: ProceedingFilter, { cursor, limit = 50, acts = true }: PageOf & { acts?: boolean }) {
  const reach = narrow(await reachOf(ctx, 'case.read'), filter.region ?? '')
  if (reach.districts.length === 0) return { items: [], next: null }
  const conditions = [inScopes(reach.scopes), ...conditionsOf(filter), ...(cursor ? [behind(cursor)] : [])]
  const each = reach.districts.map(
    (district) => sql`(select p.* from case_proceeding p where p.district = ${district} and ${all(conditions)} order by p.opened_at desc, p.id desc limit ${limit + 1})`,
  )
  const { rows } = await sql<ProceedingRow>`
    select * from (${sql.join(each, sql` union all `)}) p order by p.opened_at desc, p.id desc limit ${limit + 1}`.execute(ctx.db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: await presentListed(ctx, shown, acts), next: rows.length > limit && last ? cursorOf([last.openedAt.toISOString(), last.id]) : null }
}

/** What became of the proceedings of one kind that were opened in a time, of those that the caller sees. */
export async function proceedingFigures(ctx: Context, filter: ProceedingFilter & { kind: string }): Promise<ProceedingFigures> {
  const reach = narrow(await reachOf(ctx, 'case.read'), filter.region ?? '')
  const conditions = [inScopes(reach.scopes), ...conditionsOf(filter)]
  const { rows } = await sql<ProceedingFigures>`
    select count(*)::int                                             as opened,
           count(*) filter (where p.ended_at is null)::int           as waiting,
           count(*) filter (where p.result = 'granted')::int         as granted,
           count(*) filter (where p.result = 'refused')::int         as refused,
           count(*) filter (where p.result = 'withdrawn')::int       as withdrawn,
           count(*) filter (where p.result = 'done')::int            as done,
           count(*) filter (where coalesce(p.ended_at, ${ctx.now}) > p.due_at)::int as late,
           extract(epoch from avg(p.ended_at - p.opened_at) filter (where p.result <> 'withdrawn'))::float8 as "meanSeconds"
      from case_proceeding p
     where p.district = any(${reach.districts as string[]}::text[]) and ${reach.scopes.length > 0 ? all(conditions) : sql`false`}`.execute(ctx.db)
  return rows[0]!
}

function behind(cursor: string): RawBuilder<boolean> {
  const [openedAt, id] = keyOf(cursor, 'moment', 'uuid')
  return sql<boolean>`(p.opened_at, p.id) < (${openedAt}::timestamptz, ${id}::uuid)`
}

function conditionsOf({ kind, state, result, unit, region, from, to }: ProceedingFilter): RawBuilder<boolean>[] {
  return [
    ...(kind ? [sql<boolean>`p.kind = ${kind}`] : []),
    ...(state ? [state === 'open' ? sql<boolean>`p.ended_at is null` : sql<boolean>`p.ended_at is not null`] : []),
    ...(result ? [sql<boolean>`p.result = ${result}`] : []),
    ...(unit ? [ofUnit(unit)] : []),
    ...(region && region.length > 6 ? [startsWith('region', region)] : []),
    ...(from ? [sql<boolean>`p.opened_at >= ${new Date(from)}`] : []),
    ...(to ? [sql<boolean>`p.opened_at < ${new Date(to)}`] : []),
  ]
}

/** Every permit that a point of some flow waits for. */
async function awaited(ctx: Context): Promise<{ permit: string; reach: Reach }[]> {
  const { byKey } = await allFlows(ctx)
  const points = [...byKey.values()].flatMap(({ procedures }) => Object.values(procedures).flatMap(({ states }) => Object.values(states)))
  const permits = [...new Set(points.flatMap(({ awaits }) => awaits ?? []))].filter((permit) => scopesOf(ctx, permit).length > 0)
  return Promise.all(permits.map(async (permit) => ({ permit, reach: await reachOf(ctx, permit) })))
}

async function waiting(ctx: Context, conditions: readonly RawBuilder<boolean>[]): Promise<RawBuilder<unknown>[]> {
  return (await awaited(ctx)).flatMap(({ permit, reach }) =>
    reach.districts.map(
      (district) => sql`from case_proceeding p
        where p.district = ${district} and p.awaits = ${permit} and p.ended_at is null and ${all([inScopes(reach.scopes), ...conditions])}`,
    ),
  )
}

/** What waits for the caller: what is due first comes first, and what has no limit last. */
export async function myProceedings(ctx: Context, { kind, cursor, limit = 50 }: PageOf & { kind?: string | undefined }) {
  const parts = await waiting(ctx, [...(kind ? [sql<boolean>`p.kind = ${kind}`] : []), ...(cursor ? [later(cursor)] : [])])
  if (parts.length === 0) return { items: [], next: null }
  const each = parts.map((part) => sql`(select p.*, coalesce(p.due_at, 'infinity') as due ${part} order by p.due_at, p.id limit ${limit + 1})`)
  const { rows } = await sql<ProceedingRow>`
    select * from (${sql.join(each, sql` union all `)}) p order by p.due, p.id limit ${limit + 1}`.execute(ctx.db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: await presentListed(ctx, shown), next: rows.length > limit && last ? cursorOf([last.dueAt?.toISOString() ?? 'infinity', last.id]) : null }
}

function later(cursor: string): RawBuilder<boolean> {
  const [dueAt, id] = keyOf(cursor, 'moment', 'uuid')
  return sql<boolean>`(coalesce(p.due_at, 'infinity'), p.id) > (${dueAt}::timestamptz, ${id}::uuid)`
}

const COUNTED = 1000

/** How many wait for the caller, by kind; exact up to 1,000. */
export async function myProceedingCounts(ctx: Context) {
  const parts = await waiting(ctx, [])
  if (parts.length === 0) return { total: 0, more: false, byKind: [] }
  const each = parts.map((part) => sql`(select p.kind ${part} limit ${COUNTED + 1})`)
  const { rows } = await sql<{ kind: string; n: number }>`
    select kind, count(*)::int as n from (select kind from (${sql.join(each, sql` union all `)}) o limit ${COUNTED + 1}) p group by kind order by kind`.execute(ctx.db)
  const current = await currentFlow(ctx)
  const { byKey } = await allFlows(ctx)
  const wordsOf = (kind: string) =>
    (current.procedures[kind] ?? [...byKey.values()].find(({ procedures }) => procedures[kind])?.procedures[kind])?.words ?? { zh: kind, en: kind }
  const total = rows.reduce((sum, { n }) => sum + n, 0)
  return { total, more: total > COUNTED, byKind: rows.map(({ kind, n }) => ({ kind, words: wordsOf(kind), n })) }
}

async function presentListed(ctx: Context, rows: readonly ProceedingRow[], withActs = true): Promise<ProceedingListed[]> {
  const cases = await casesOf(ctx, rows)
  const listed = rows.map(async (proceeding): Promise<ProceedingListed | undefined> => {
    const row = cases.get(proceeding.number)
    if (!row) return undefined
    const flow = await flowOf(ctx, row)
    const acts = proceeding.endedAt || !withActs ? [] : (await openActs(ctx, row, await proceedingsOf(ctx, row))).filter((act) => act.proceeding === proceeding.id)
    return { ...(await presentProceeding(ctx, flow, proceeding)), case: await presentBrief(ctx, row), acts }
  })
  return (await Promise.all(listed)).filter((one) => one !== undefined)
}

async function casesOf(ctx: Context, keys: readonly { number: string; district: string }[]): Promise<Map<string, CaseRow>> {
  const unique = [...new Map(keys.map((key) => [key.number, key])).values()]
  const rows = await Promise.all(unique.map((key) => readCase(ctx, key)))
  return new Map(rows.flatMap((row) => (row ? [[row.number, row]] : [])))
}

/** Parts of the caller's units, the most urgent first; ended ones newest first. */
export async function listParts(ctx: Context, { role, ended = false, unit, cursor, limit = 50 }: PageOf & { role?: Part['role'] | undefined; ended?: boolean | undefined; unit?: string | undefined }) {
  const scopes = scopesOf(ctx, 'case.read')
  const prefixes = scopes.map((scope) => (scope.unit === '' ? sql<boolean>`true` : startsWith('unit_path', scope.unit)))
  if (prefixes.length === 0) return { items: [], next: null }
  const conditions = [
    sql<boolean>`(${sql.join(prefixes, sql` or `)})`,
    ended ? sql<boolean>`p.ended_at is not null` : sql<boolean>`p.ended_at is null`,
    ...(role ? [sql<boolean>`p.role = ${role}`] : []),
    ...(unit ? [startsWith('unit_path', unit)] : []),
    ...(cursor ? [ended ? given(cursor) : later(cursor)] : []),
  ]
  const order = ended ? sql`p.given_at desc, p.id desc` : sql`p.due_at, p.id`
  const districts = (await districtsOf(ctx)).filter((district) => scopes.some(({ region }) => district.startsWith(region) || region.startsWith(district)))
  const each = districts.map((district) => sql`(select p.* from case_part p where p.district = ${district} and ${all(conditions)} order by ${order} limit ${limit + 1})`)
  if (each.length === 0) return { items: [], next: null }
  const { rows } = await sql<PartRow>`select * from (${sql.join(each, sql` union all `)}) p order by ${order} limit ${limit + 1}`.execute(ctx.db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const cases = await casesOf(ctx, shown)
  const parts = await presentParts(ctx, shown)
  const items = await Promise.all(parts.map(async (part): Promise<PartListed> => ({ ...part, case: await presentBrief(ctx, cases.get(part.number)!) })))
  const key = last && (ended ? last.givenAt.toISOString() : (last.dueAt?.toISOString() ?? 'infinity'))
  return { items, next: rows.length > limit && last ? cursorOf([key!, last.id]) : null }
}

function given(cursor: string): RawBuilder<boolean> {
  const [at, id] = keyOf(cursor, 'moment', 'uuid')
  return sql<boolean>`(p.given_at, p.id) < (${at}::timestamptz, ${id}::uuid)`
}
