// 待办: the open cases that wait for the caller. Red first, then yellow, then by the time left.

import { sql, type RawBuilder } from 'kysely'
import { cursorOf, keyOf, scopesOf, type Context } from '../kernel/index.ts'
import { presentBriefs, stateWords } from './brief.ts'
import type { TodoItem } from './contract.ts'
import { statesAwaiting } from './flow.ts'
import { allFlows, currentFlow, flowOf } from './flows.ts'
import { LAMPS, type Lamp } from './lamp.ts'
import { buttonsFor } from './open-steps.ts'
import { PERMITS } from './permits.ts'
import { inPiece, piecesOf, type Piece } from './pieces.ts'
import { all, reachOf, type Reach } from './scope.ts'
import type { CaseRow } from './tables.ts'

interface Share {
  readonly state: string
  readonly reach: Reach
  /** For work on site: only what was given to the caller. */
  readonly own: boolean
}

/** The states in which cases wait for the caller, each within the scopes of the permit that it awaits. */
async function sharesOf(ctx: Context): Promise<Share[]> {
  const shares = new Map<string, Share>()
  const flows = [...(await allFlows(ctx)).byKey.values()]
  for (const permit of Object.keys(PERMITS)) {
    if (scopesOf(ctx, permit).length === 0) continue
    const reach = await reachOf(ctx, permit)
    for (const flow of flows) {
      for (const state of statesAwaiting(flow, permit)) shares.set(state, { state, reach, own: flow.states[state]!.task !== undefined })
    }
  }
  return [...shares.values()]
}

/** The conditions of one piece of a share: what a partial index on open cases answers. */
function shareIn(ctx: Context, { state, reach, own }: Share, piece: Piece): RawBuilder<boolean> {
  return all([
    inPiece(piece, reach),
    sql<boolean>`c.state = ${state} and c.ended_at is null`,
    ...(own ? [sql<boolean>`c.collector_id = ${ctx.actor.id}`] : []),
  ])
}

async function partsOf(ctx: Context, shares: readonly Share[]) {
  const parts = shares.map(async (share) => (await piecesOf(ctx, share.reach)).map((piece) => ({ share, piece })))
  return (await Promise.all(parts)).flat()
}

export interface TodoQuery {
  readonly lamp?: Lamp | undefined
  readonly state?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export async function todo(ctx: Context, { lamp, state, cursor, limit = 50 }: TodoQuery): Promise<{ items: TodoItem[]; next: string | null }> {
  const shares = await sharesOf(ctx)
  const parts = await partsOf(ctx, state === undefined ? shares : shares.filter((share) => share.state === state))
  if (parts.length === 0) return { items: [], next: null }
  const conditions = [...(lamp ? [sql<boolean>`c.lamp = ${lamp}`] : []), ...(cursor ? [behind(cursor)] : [])]
  const each = parts.map(
    ({ share, piece }) => sql`(select c.* from case_file c
        where ${all([shareIn(ctx, share, piece), ...conditions])}
        order by c.urgency, c.due_at, c.number limit ${limit + 1})`,
  )
  const { rows } = await sql<CaseRow & { urgency: number }>`
    select * from (${sql.join(each, sql` union all `)}) c order by c.urgency, c.due_at, c.number limit ${limit + 1}`.execute(ctx.db)

  const shown = rows.slice(0, limit)
  const briefs = await presentBriefs(ctx, shown)
  const items = await Promise.all(
    shown.map(async (row, i) => ({ ...briefs[i]!, steps: buttonsFor(ctx, await flowOf(ctx, row), row) })),
  )
  const last = shown.at(-1)
  return { items, next: rows.length > limit && last ? cursorOf([String(last.urgency), last.dueAt?.toISOString() ?? 'infinity', last.number]) : null }
}

function behind(cursor: string): RawBuilder<boolean> {
  const [urgency, dueAt, number] = keyOf(cursor, 'digit', 'due', 'text')
  // A case without a clock stands last among its like, as NULLs do.
  return sql<boolean>`(c.urgency, coalesce(c.due_at, 'infinity'), c.number)
    > (${urgency}::smallint, ${dueAt}::timestamptz, ${number})`
}

/** Beyond so many open cases a number is no longer read, only that it is large. */
const COUNTED = 10_000

export async function todoCounts(ctx: Context) {
  const flow = await currentFlow(ctx)
  const counts = { total: 0, more: false, byLamp: zeros(), byState: [] as { state: string; words: { zh: string; en: string }; n: number }[] }
  const shares = await sharesOf(ctx)
  const parts = await partsOf(ctx, shares)
  if (parts.length === 0) return counts
  const each = parts.map(({ share, piece }) => sql`(select c.state, c.urgency from case_file c where ${shareIn(ctx, share, piece)})`)
  const { rows } = await sql<{ state: string; urgency: number; n: number }>`
    select state, urgency, count(*)::int as n
      from (select state, urgency from (${sql.join(each, sql` union all `)}) o limit ${COUNTED + 1}) c
     group by state, urgency`.execute(ctx.db)

  const byState = new Map(shares.map(({ state }) => [state, 0]))
  for (const { state, urgency, n } of rows) {
    counts.total += n
    counts.byLamp[LAMPS[urgency]!] += n
    byState.set(state, (byState.get(state) ?? 0) + n)
  }
  counts.more = counts.total > COUNTED
  counts.byState = [...byState].map(([state, n]) => ({ state, words: stateWords(flow, state), n }))
  return counts
}

const zeros = (): Record<Lamp, number> => ({ red: 0, yellow: 0, green: 0, grey: 0 })

/** The states in which cases wait for the caller, for the map. */
export const waitingStates = async (ctx: Context): Promise<string[]> => (await sharesOf(ctx)).map(({ state }) => state)
