// The systems that hand in orders, and how their categories map to ours.

import { sql } from 'kysely'
import { cursorOf, demand, keyOf, record, type Context } from '../../../kernel/index.ts'
import { dictionary, getCategory } from '../../../registry/index.ts'
import { sourceUnknownHere, systemOfAnother, systemUnknown } from '../problems.ts'
import { own, type OrderSystemTable } from '../tables.ts'
import type { Datum, OrderCategory, OrderSystem } from './contract.ts'

const present = ({ machine, ...row }: OrderSystemTable): OrderSystem => ({ ...row, bound: machine !== null })

/** They are the whole city's, and so is whoever keeps them. */
const demandWhole = (ctx: Context) => demand(ctx, 'hotline.manage', { region: '' })

const mayManageAll = (ctx: Context): boolean =>
  ctx.actor.kind === 'system' || ctx.actor.grants.some(({ permits, region }) => permits.has('hotline.manage') && region === '')

export async function listSystems(ctx: Context): Promise<{ items: OrderSystem[] }> {
  if (!mayManageAll(ctx)) return { items: [] }
  const rows = await own(ctx).selectFrom('orderSystem').selectAll().orderBy('code').execute()
  return { items: rows.map(present) }
}

export interface SystemChange {
  readonly name: string
  readonly source: string
  readonly datum: Datum
  readonly most: number
  readonly active: boolean
  readonly unbind?: boolean | undefined
}

export async function putSystem(ctx: Context, code: string, { unbind, ...change }: SystemChange): Promise<OrderSystem> {
  demandWhole(ctx)
  if (!(await dictionary(ctx, 'source')).some((entry) => entry.code === change.source)) throw sourceUnknownHere({ source: change.source })
  const row = await own(ctx)
    .insertInto('orderSystem')
    .values({ code, ...change, machine: null })
    .onConflict((clash) => clash.column('code').doUpdateSet({ ...change, ...(unbind && { machine: null }) }))
    .returningAll()
    .executeTakeFirstOrThrow()
  record(ctx, 'hotline.system-set', code, '', { ...change, ...(unbind && { unbind }) })
  return present(row)
}

/** The system, spoken for by the key that asks: the first that does is bound to it. */
export async function getSystemOf(ctx: Context, code: string): Promise<OrderSystemTable> {
  const row = await own(ctx).selectFrom('orderSystem').selectAll().where('code', '=', code).executeTakeFirst()
  if (!row?.active) throw systemUnknown({ system: code })
  if (row.machine !== null && row.machine !== ctx.actor.id) throw systemOfAnother({ system: code })
  return row
}

export async function bindSystem(ctx: Context, code: string): Promise<OrderSystemTable> {
  const row = await getSystemOf(ctx, code)
  if (row.machine !== null || ctx.actor.kind !== 'machine') return row
  const bound = await own(ctx)
    .updateTable('orderSystem')
    .set({ machine: ctx.actor.id })
    .where('code', '=', code)
    .where((where) => where.or([where('machine', 'is', null), where('machine', '=', ctx.actor.id)]))
    .returningAll()
    .executeTakeFirst()
  if (!bound) throw systemOfAnother({ system: code })
  record(ctx, 'hotline.system-bound', code, '', { machine: ctx.actor.name })
  return bound
}

// ── Categories

type CategoryRow = { system: string; theirs: string; name: string; category: string | null; seen: number; seenAt: Date | null }

const showCategory = (row: CategoryRow): OrderCategory => ({ ...row, seenAt: row.seenAt?.toISOString() ?? null })

/** Those not mapped first, the most frequent of them on top. */
export async function listCategories(ctx: Context, system: string, { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number | undefined }) {
  if (!mayManageAll(ctx)) return { items: [], next: null }
  const after = cursor ? Number(keyOf(cursor, 'whole')[0]) : 0
  const rows = await own(ctx)
    .selectFrom('orderCategory')
    .selectAll()
    .where('system', '=', system)
    .orderBy(sql`category is not null`)
    .orderBy('seen', 'desc')
    .orderBy('theirs')
    .offset(after)
    .limit(limit + 1)
    .execute()
  return { items: rows.slice(0, limit).map(showCategory), next: rows.length > limit ? cursorOf([String(after + limit)]) : null }
}

export async function putCategory(
  ctx: Context,
  { system, theirs, name, category }: { system: string; theirs: string; name?: string | undefined; category: string | null },
): Promise<OrderCategory> {
  demandWhole(ctx)
  if (category !== null) await getCategory(ctx, category)
  if (!(await own(ctx).selectFrom('orderSystem').select('code').where('code', '=', system).executeTakeFirst())) throw systemUnknown({ system })
  const row = await own(ctx)
    .insertInto('orderCategory')
    .values({ system, theirs, name: name ?? theirs, category, seen: 0, seenAt: null })
    .onConflict((clash) => clash.columns(['system', 'theirs']).doUpdateSet({ category, ...(name && { name }) }))
    .returningAll()
    .executeTakeFirstOrThrow()
  record(ctx, 'hotline.category-mapped', `${system} ${theirs}`, '', { category })
  return showCategory(row)
}

/** Ours for theirs, where it is mapped; theirs is noted, so that an administrator sees what still is not. */
export async function mapCategory(ctx: Context, system: string, theirs: string, name: string | undefined): Promise<string | undefined> {
  const known = await own(ctx).selectFrom('orderCategory').select('category').where('system', '=', system).where('theirs', '=', theirs).executeTakeFirst()
  // What is mapped is only read: a line that every order of a system changes would make them wait for each other.
  if (known?.category) return known.category
  await own(ctx)
    .insertInto('orderCategory')
    .values({ system, theirs, name: name ?? theirs, category: null, seen: 1, seenAt: ctx.now })
    .onConflict((clash) =>
      clash.columns(['system', 'theirs']).doUpdateSet({ seen: sql`order_category.seen + 1`, seenAt: ctx.now, ...(name && { name }) }),
    )
    .execute()
  return undefined
}
