// 挂账到期: a suspended case wakes by itself.

import type { Context } from '../kernel/index.ts'
import { flowOf } from './flows.ts'
import { districtsOf } from './scope.ts'
import { stepTaken } from './take-step.ts'
import { own } from './tables.ts'
import { writeSteps } from './write.ts'

const AT_ONCE = 200

/** Wakes the cases whose suspension has ended; one that someone is working on is left to the next run. */
export async function wakeCases(ctx: Context): Promise<void> {
  for (const district of await districtsOf(ctx)) {
    const rows = await own(ctx)
      .selectFrom('caseFile')
      .selectAll()
      .where('district', '=', district)
      .where('suspendedUntil', '<=', ctx.now)
      .where('endedAt', 'is', null)
      .orderBy('suspendedUntil')
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const { urgency: _, ...row } of rows) {
      const flow = await flowOf(ctx, row)
      const wake = Object.keys(flow.steps).find((step) => flow.steps[step]!.clockDoes === 'resume' && flow.steps[step]!.from.includes(row.state))
      if (wake === undefined) continue
      const { steps, beside } = await stepTaken(ctx, flow, row, wake, {}, null)
      await writeSteps(ctx, steps, beside)
    }
  }
}
