// What the platform does by itself right after a step: a disposal sends the nearest collector to check, if one is on duty.

import { systemActor, type Context } from '../kernel/index.ts'
import { workingCalendar } from '../registry/index.ts'
import { rowAfter } from './changes.ts'
import { follow, type Flow } from './flow.ts'
import type { CaseTaskTable } from './tables.ts'
import { findCollector, taskFor } from './tasks.ts'
import type { StepTaken } from './write.ts'

export interface Following {
  readonly steps: readonly StepTaken[]
  readonly give?: CaseTaskTable
}

export async function nextSteps(ctx: Context, flow: Flow, steps: readonly StepTaken[], then: string | undefined): Promise<Following> {
  const row = steps.at(-1)!.after
  const rule = then === undefined ? undefined : flow.steps[then]
  const to = then === undefined ? undefined : follow(flow, row.state, then)
  if (!rule?.gives || !to) return { steps }
  const collector = await findCollector(ctx, flow, row, rule.gives)
  // With nobody on duty the case waits for an operator, who gives the task by hand.
  if (!collector) return { steps }

  const chosen = { actorId: systemActor.id, now: ctx.now, calendar: await workingCalendar(ctx), collector }
  const after = rowAfter(flow, row, then!, to, chosen)
  const taken: StepTaken = { step: then!, fromState: row.state, before: row, after, actor: systemActor, post: null }
  return { steps: [...steps, taken], give: taskFor(ctx, after, rule.gives) }
}
