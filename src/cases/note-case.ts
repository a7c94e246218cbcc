import type { Context } from '../kernel/index.ts'
import { follow } from './flow.ts'
import { flowOf } from './flows.ts'
import type { CaseKey } from './number.ts'
import { lockCase } from './store.ts'
import { stepTaken } from './take-step.ts'
import { writeSteps } from './write.ts'

/** The house itself adds a step that no one may take by hand, such as what became of an alarm. False where the flow of the case has no place for it now. */
export async function noteCase(ctx: Context, key: CaseKey, step: string, note: string): Promise<boolean> {
  const row = await lockCase(ctx, key)
  if (!row) return false
  const flow = await flowOf(ctx, row)
  if (!Object.hasOwn(flow.steps, step) || follow(flow, row.state, step, row.cameFrom) === undefined) return false
  const { steps, beside } = await stepTaken(ctx, flow, row, step, { note }, null)
  await writeSteps(ctx, steps, beside)
  return true
}
