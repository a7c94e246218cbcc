// What a citizen may do with the number and the query word of a report, without signing in.

import type { Context } from '../kernel/index.ts'
import { follow } from './flow.ts'
import { flowOf } from './flows.ts'
import { caseKey } from './number.ts'
import { rootOf } from './incident/store.ts'
import { caseUnknown, ratedAlready, stepNotOpen } from './problems.ts'
import { lockCase, readCase, readReporter, readSteps } from './store.ts'
import type { CaseRow, CaseStepTable } from './tables.ts'
import { writeSteps } from './write.ts'

export interface FoundByWord {
  readonly row: CaseRow
  readonly steps: CaseStepTable[]
  /** The case that goes on in its place, where it was merged into another; else itself. */
  readonly root: CaseRow
}

/** The case of that number if the word fits; undefined in every other case, so that numbers cannot be tried out. */
export async function findByQueryWord(ctx: Context, number: string, word: string): Promise<FoundByWord | undefined> {
  if (!/^\d{20}$/.test(number.replaceAll(' ', ''))) return undefined
  const key = caseKey(number)
  const reporter = await readReporter(ctx, key)
  if (!reporter || reporter.queryWord !== word.trim().toUpperCase()) return undefined
  const row = await readCase(ctx, key)
  if (!row) return undefined
  return { row, steps: await readSteps(ctx, key), root: await rootOf(ctx, row) }
}

/** The citizen rates the result, 1 to 5, once. */
export async function rateCase(ctx: Context, number: string, word: string, rating: number, note?: string): Promise<CaseRow> {
  if (!(await findByQueryWord(ctx, number, word))) throw caseUnknown({ number })
  const row = (await lockCase(ctx, caseKey(number)))!
  const flow = await flowOf(ctx, row)
  const to = follow(flow, row.state, 'rate')
  if (!to) throw stepNotOpen({ step: flow.steps['rate']?.words ?? 'rate', state: flow.states[row.state]!.words })
  if (row.rating !== null) throw ratedAlready()
  const after: CaseRow = { ...row, ordinal: row.ordinal + 1, rating }
  return writeSteps(ctx, [{ step: 'rate', fromState: row.state, before: row, after, post: null, note: note?.trim() || undefined }])
}
