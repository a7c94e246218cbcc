import { answer, type Route } from '../../kernel/index.ts'
import { presentBrief } from '../brief.ts'
import { caseKey } from '../number.ts'
import { answerCandidates } from './candidates.ts'
import { deleteMerge, getCandidates, getMerges, getStorm, getStorms, postMerges, postStormDismiss, postStormMerge } from './contract.ts'
import { mergeCases, unmergeCase } from './merge.ts'
import { dismissStorm, listStorms, mergeStorm, stormDetail } from './storms.ts'
import { treeOf } from './tree.ts'

export const incidentRoutes: readonly Route[] = [
  answer(getCandidates, (ctx, { query }) => answerCandidates(ctx, query, caseKey)),
  answer(postMerges, (ctx, { params, body }) => mergeCases(ctx, caseKey(params.number), body.numbers, body.note)),
  answer(deleteMerge, async (ctx, { params, query }) => presentBrief(ctx, await unmergeCase(ctx, caseKey(params.number), query.note))),
  answer(getMerges, (ctx, { params }) => treeOf(ctx, caseKey(params.number))),
  answer(getStorms, (ctx, { query }) => listStorms(ctx, query)),
  answer(getStorm, (ctx, { params }) => stormDetail(ctx, params)),
  answer(postStormMerge, (ctx, { params, body }) => mergeStorm(ctx, params, body.root, body.numbers, body.note)),
  answer(postStormDismiss, (ctx, { params, body }) => dismissStorm(ctx, params, body.note)),
]
