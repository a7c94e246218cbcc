import type { Position } from '../kernel/contract.ts'
import type { Context } from '../kernel/index.ts'
import { answerStep } from './flow.ts'
import { flowOf } from './flows.ts'
import { caseUnknown, taskEnded, taskOfAnother, taskUnknown } from './problems.ts'
import { readCase } from './store.ts'
import { takeStep } from './take-step.ts'
import { readTask } from './tasks.ts'
import type { CaseRow } from './tables.ts'

export interface Answer {
  readonly passed: boolean
  readonly note?: string | undefined
  readonly reason?: string | undefined
  readonly files: readonly string[]
  readonly position?: Position | undefined
}

/** Answers a task on site: the case goes on along the step that its flow has for that answer. */
export async function answerTask(ctx: Context, { id, district }: { id: string; district: string }, answer: Answer): Promise<CaseRow> {
  const task = await readTask(ctx, id, district)
  if (!task) throw taskUnknown()
  if (task.collectorId !== ctx.actor.id) throw taskOfAnother()
  if (task.endedAt) throw taskEnded()
  const row = await readCase(ctx, task)
  if (!row) throw caseUnknown(task)
  const step = answerStep(await flowOf(ctx, row), row.state, answer.passed)
  if (!step) throw taskEnded()
  const { passed: _, ...rest } = answer
  return takeStep(ctx, task, { ...rest, step, version: row.ordinal })
}
