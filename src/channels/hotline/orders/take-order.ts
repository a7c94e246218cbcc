// An order of another system becomes a case, once, however often it is sent.

import { sql } from 'kysely'
import { caseKey, findPublicCase, flowOf, reportThroughGate, type CaseRow } from '../../../cases/index.ts'
import { demand, holds, Problem, type Context, type Language } from '../../../kernel/index.ts'
import { catalogueInUse, findCategories, rankCategories } from '../../../registry/index.ts'
import { homeOf } from '../callers.ts'
import { linkBroken } from '../problems.ts'
import { own, type OrderSystemTable } from '../tables.ts'
import type { OrderBody, OrderTaken, OrderVerdict } from './contract.ts'
import { placeOfOrder } from './place.ts'
import { bindSystem, mapCategory } from './systems.ts'

/** What becomes of an order that says nothing that the catalogue knows: 乱堆杂物 is looked at like anything else. */
const FALLBACK: Readonly<Record<string, string>> = { '2026': '2026.m.06036', '2013': '2013.m.0136' }

export async function takeOrder(ctx: Context, code: string, order: OrderBody): Promise<OrderTaken> {
  demand(ctx, 'hotline.orders')
  return take(ctx, await bindSystem(ctx, code), order)
}

async function take(ctx: Context, system: OrderSystemTable, order: OrderBody): Promise<OrderTaken> {
  const before = await findOrder(ctx, system.code, order.theirs)
  if (before) return taken(ctx, system.code, order.theirs, before, { repeated: true, guessed: before.attributes['guessed'] === true })

  demandLinks(order.links ?? [])
  const position = await placeOfOrder(ctx, order, system.datum)
  const mapped = order.category === undefined ? undefined : await mapCategory(ctx, system.code, order.category, order.categoryName)
  const category = mapped ?? (await guess(ctx, `${order.categoryName ?? ''} ${order.description}`))
  const phone = order.reporter?.phone?.trim()
  const made = await reportThroughGate(
    ctx,
    {
      source: system.source,
      category,
      description: order.description,
      position,
      address: order.address,
      files: order.files,
      ...(order.reporter && { reporter: { name: order.reporter.name?.trim() || undefined, phone: phone || undefined } }),
      system: `order:${system.code}`,
      key: order.theirs,
      attributes: {
        channel: 'order',
        system: system.code,
        theirs: order.theirs,
        ...(mapped === undefined && { guessed: true }),
        ...(order.at !== undefined && { theirsAt: order.at }),
        ...(order.links?.length && { links: order.links }),
      },
    },
    { system: { code: system.code, most: system.most }, phone },
  )
  const { reporter: _, ...kept } = order
  await own(ctx)
    .insertInto('outsideOrder')
    // Without who reported: that is kept once, with the case.
    .values({ system: system.code, theirs: order.theirs, district: await homeOf(ctx), number: made.number, receivedAt: ctx.now, body: JSON.stringify(kept) })
    .execute()
  return taken(ctx, system.code, order.theirs, made.row, { repeated: false, guessed: mapped === undefined })
}

async function taken(ctx: Context, system: string, theirs: string, row: CaseRow, how: { repeated: boolean; guessed: boolean }): Promise<OrderTaken> {
  const flow = await flowOf(ctx, row)
  return { system, theirs, number: row.number, state: row.state, stateWords: flow.states[row.state]!.words, held: row.state === 'held', ...how }
}

/** The case of an order that has come before. Two of the same at one moment wait for each other here. */
export async function findOrder(ctx: Context, system: string, theirs: string): Promise<CaseRow | undefined> {
  const district = await homeOf(ctx)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`order ${system} ${theirs}`}, 0))`.execute(ctx.db)
  return readOrder(ctx, system, theirs, district)
}

export async function readOrder(ctx: Context, system: string, theirs: string, district: string): Promise<CaseRow | undefined> {
  const known = await own(ctx)
    .selectFrom('outsideOrder')
    .select('number')
    .where('system', '=', system)
    .where('theirs', '=', theirs)
    .where('district', '=', district)
    .executeTakeFirst()
  return known && findPublicCase(ctx, caseKey(known.number))
}

async function guess(ctx: Context, words: string): Promise<string> {
  const version = await catalogueInUse(ctx)
  const matters = await findCategories(ctx, { version, kind: 'matter' })
  const fallback = matters.find(({ id }) => id === FALLBACK[version]) ?? matters[0]
  return rankCategories(matters, words)[0]?.id ?? fallback!.id
}

function demandLinks(links: readonly string[]): void {
  for (const link of links) if (!/^https?:$/.test(URL.parse(link)?.protocol ?? '')) throw linkBroken()
}

/** Many orders, each with its own verdict: one that is refused takes none of the others with it. */
export async function takeOrders(ctx: Context, code: string, orders: readonly OrderBody[], language: Language): Promise<{ items: OrderVerdict[] }> {
  demand(ctx, 'hotline.orders')
  const system = await bindSystem(ctx, code)
  // A key of another region would have each of them refused; it is told so at once.
  if (!holds(ctx, 'case.report')) demand(ctx, 'case.report')
  const items: OrderVerdict[] = []
  for (const order of orders) items.push(await verdictOn(ctx, system, order, language))
  return { items }
}

async function verdictOn(ctx: Context, system: OrderSystemTable, order: OrderBody, language: Language): Promise<OrderVerdict> {
  const { events, entries } = ctx.outbox
  const [before, noted] = [events.length, entries.length]
  await sql`savepoint one_order`.execute(ctx.db)
  try {
    const done = await take(ctx, system, order)
    await sql`release savepoint one_order`.execute(ctx.db)
    return { theirs: order.theirs, taken: done }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await sql`rollback to savepoint one_order`.execute(ctx.db)
    // What is undone is not told of either.
    events.length = before
    entries.length = noted
    return { theirs: order.theirs, refused: { code: error.code, detail: error.words[language] } }
  }
}
