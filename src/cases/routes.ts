import { answer, type Route } from '../kernel/index.ts'
import { presentBrief, presentBriefs } from './brief.ts'
import { getCase, getCaseMap, getCases, getFlow, getTodo, getTodoCounts, postCase, postStep } from './contract.ts'
import { caseDetail } from './detail.ts'
import { currentFlow } from './flows.ts'
import { listCases } from './list.ts'
import { caseMap } from './map.ts'
import { caseKey } from './number.ts'
import { reportCase } from './report.ts'
import { takeStep } from './take-step.ts'
import { todo, todoCounts } from './todo.ts'

export const routes: Route[] = [
  answer(getCases, async (ctx, { query: { cursor, limit, ...filter } }) => {
    const { rows, next } = await listCases(ctx, filter, { cursor, limit })
    return { items: await presentBriefs(ctx, rows), next }
  }),
  answer(getTodo, (ctx, { query }) => todo(ctx, query)),
  answer(getTodoCounts, (ctx) => todoCounts(ctx)),
  answer(getCaseMap, (ctx, { query }) => caseMap(ctx, query)),
  answer(getCase, (ctx, { params }) => caseDetail(ctx, caseKey(params.number))),
  answer(postStep, async (ctx, { params, body }) => presentBrief(ctx, await takeStep(ctx, caseKey(params.number), body))),
  answer(postCase, async (ctx, { body }) => {
    const { number, queryWord, state, version } = await reportCase(ctx, body)
    return { number, queryWord, state, version }
  }),
  answer(getFlow, (ctx) => currentFlow(ctx)),
]
