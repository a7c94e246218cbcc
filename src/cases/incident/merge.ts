// Merging (合并) and taking out again. Every report keeps its number, its reporter and its query word; only the root goes on.

import { Problem, type Context } from '../../kernel/index.ts'
import { presentBrief } from '../brief.ts'
import { caseKey, type CaseKey } from '../number.ts'
import { oneOfMany } from '../one-of-many.ts'
import { caseUnknown } from '../problems.ts'
import { reportCase, type Report } from '../report.ts'
import { sees } from '../scope.ts'
import { readCase } from '../store.ts'
import { targetOf } from '../step-inputs.ts'
import type { CaseRow } from '../tables.ts'
import { takeAlone, takeStep } from '../take-step.ts'
import type { MergeReply, MergeVerdict } from './contract.ts'
import { joined } from './count-reports.ts'
import { notMerged } from './problems.ts'
import { wayToRoot } from './store.ts'

/** Merges cases into one, each with a verdict: what is refused stays as it is, and the others are merged all the same. */
export async function mergeCases(ctx: Context, into: CaseKey, numbers: readonly string[], note?: string): Promise<MergeReply> {
  const root = await targetOf(ctx, { number: '' }, into.number)
  const verdicts: MergeVerdict[] = []
  const merged: CaseRow[] = []
  for (const number of new Set(numbers)) {
    const key = caseKey(number)
    const taken = await oneOfMany(ctx, () => takeAlone(ctx, key, { step: 'merge', target: root.number, note }))
    if (taken instanceof Problem) verdicts.push({ number, merged: false, problem: { code: taken.code, words: taken.words } })
    else {
      verdicts.push({ number, merged: true, problem: null })
      merged.push(taken)
    }
  }
  const after = merged.length === 0 ? root : ((await joined(ctx, root.number, merged)) ?? root)
  return { root: await presentBrief(ctx, after), reports: after.reports, verdicts }
}

/** Takes a case out of the one it was merged into: it goes on from where it stood, with all that had been merged into it before. */
export async function unmergeCase(ctx: Context, key: CaseKey, note?: string): Promise<CaseRow> {
  const row = await readCase(ctx, key)
  if (!row || !sees(ctx, row)) throw caseUnknown(key)
  if (row.mergedInto === null) throw notMerged(key)
  return takeStep(ctx, key, { step: 'unmerge', note })
}

export interface ReportedInto {
  readonly number: string
  readonly district: string
  readonly queryWord: string
  /** What the reporter follows from now on. */
  readonly root: CaseRow
}

/** One more reporter of what is already known: the report gets a number and a query word of its own, and is merged at once. */
export async function reportInto(ctx: Context, report: Report, target: string): Promise<ReportedInto> {
  const { number, district, queryWord, repeated, row } = await reportCase(ctx, report)
  const after = repeated && row.mergedInto !== null ? row : await takeStep(ctx, { number, district }, { step: 'merge', target })
  const root = (await wayToRoot(ctx, after.number)).at(-1)!
  return { number, district, queryWord, root }
}
