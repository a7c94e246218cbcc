// 批量办理: the same step or act for a selection of cases, each with its own verdict.

import { Problem, type Context } from '../kernel/index.ts'
import type { Words } from '../kernel/contract.ts'
import { stateWords } from './brief.ts'
import { flowOf } from './flows.ts'
import { caseKey } from './number.ts'
import { oneOfMany } from './one-of-many.ts'
import { bulkNeedsOne } from './problems.ts'
import type { StepInputs } from './step-request.ts'
import { takeAct } from './take-act.ts'
import { takeStep } from './take-step.ts'
import type { CaseRow } from './tables.ts'

export interface BulkRequest extends StepInputs {
  readonly step?: string | undefined
  readonly procedure?: string | undefined
  readonly act?: string | undefined
  readonly cases: readonly { readonly number: string; readonly version?: number | undefined }[]
}

export interface Verdict {
  readonly number: string
  readonly ok: boolean
  readonly state?: string
  readonly stateWords?: Words
  readonly code?: string
  readonly words?: Words
}

export async function takeSteps(ctx: Context, { cases, step, procedure, act, ...inputs }: BulkRequest) {
  if ((step === undefined) === (procedure === undefined || act === undefined)) throw bulkNeedsOne()
  const take = (number: string, version: number | undefined): Promise<CaseRow> =>
    step === undefined
      ? takeAct(ctx, caseKey(number), { ...inputs, version, procedure: procedure!, act: act! })
      : takeStep(ctx, caseKey(number), { ...inputs, version, step })
  const verdicts: Verdict[] = []
  // In the order of their numbers, so that two selections that overlap never wait for each other.
  for (const { number, version } of cases.toSorted((a, b) => (a.number < b.number ? -1 : 1))) verdicts.push(await verdictOf(ctx, number, () => take(number, version)))
  const done = verdicts.filter(({ ok }) => ok).length
  return { done, refused: verdicts.length - done, verdicts }
}

async function verdictOf(ctx: Context, number: string, take: () => Promise<CaseRow>): Promise<Verdict> {
  const row = await oneOfMany(ctx, take)
  if (row instanceof Problem) return { number, ok: false, code: row.code, words: row.words }
  return { number, ok: true, state: row.state, stateWords: stateWords(await flowOf(ctx, row), row.state) }
}
