import { flowOf, hasEnded, historyOf } from '../../../cases/index.ts'
import { regionPrefix } from '../../../atlas/index.ts'
import { holds, type Context } from '../../../kernel/index.ts'
import { findUnit } from '../../../registry/index.ts'
import { homeOf } from '../callers.ts'
import { orderUnknown } from '../problems.ts'
import type { OrderStatus } from './contract.ts'
import { getSystemOf } from './systems.ts'
import { readOrder } from './take-order.ts'

/** What became of an order, for the system that handed it in: no names, no notes, nothing of other cases. */
export async function orderStatus(ctx: Context, system: string, theirs: string): Promise<OrderStatus> {
  await getSystemOf(ctx, system)
  const row = await readOrder(ctx, system, theirs, await homeOf(ctx))
  if (!row || !holds(ctx, 'hotline.orders', { region: regionPrefix(row.district) })) throw orderUnknown({ theirs })
  const flow = await flowOf(ctx, row)
  const unit = row.unitCode === null ? undefined : await findUnit(ctx, row.unitCode)
  return {
    system,
    theirs,
    number: row.number,
    state: row.state,
    stateWords: flow.states[row.state]!.words,
    ended: hasEnded(flow, row.state),
    outcome: row.outcome,
    unit: unit?.name ?? null,
    reportedAt: row.reportedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    steps: (await historyOf(ctx, row)).map(({ step, words, toState, at }) => ({ step, words, state: toState, at })),
  }
}
