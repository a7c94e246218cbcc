import { answer, serve, sheetReply, type Route } from '../kernel/index.ts'
import { presentBrief, presentBriefs } from './brief.ts'
import { takeSteps } from './bulk.ts'
import {
  getCase,
  getCaseMap,
  getCases,
  getCasesSheet,
  getFlow,
  getMyProceedingCounts,
  getMyProceedings,
  getParts,
  getProceedingFigures,
  getProceedings,
  getProceedingsSheet,
  getTodo,
  getTodoCounts,
  postAct,
  postBulk,
  postCase,
  postPart,
  postStep,
} from './contract.ts'
import { caseDetail } from './detail.ts'
import { exportCases, exportProceedings } from './export.ts'
import { currentFlow } from './flows.ts'
import { listParts, listProceedings, proceedingFigures, myProceedingCounts, myProceedings } from './ledger.ts'
import { listCases } from './list.ts'
import { caseMap } from './map.ts'
import { caseKey } from './number.ts'
import { answerPart } from './parts.ts'
import { reportCase } from './report.ts'
import { takeAct } from './take-act.ts'
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
  answer(postAct, async (ctx, { params, body }) => presentBrief(ctx, await takeAct(ctx, caseKey(params.number), body))),
  answer(postPart, async (ctx, { params: { number, id }, body }) => presentBrief(ctx, await answerPart(ctx, caseKey(number), { id, ...body }))),
  answer(postBulk, (ctx, { body }) => takeSteps(ctx, body)),
  answer(getProceedings, (ctx, { query: { cursor, limit, ...filter } }) => listProceedings(ctx, filter, { cursor, limit })),
  serve(getCasesSheet, async (ctx, { query, language }) => sheetReply('cases', await exportCases(ctx, query, language))),
  serve(getProceedingsSheet, async (ctx, { query, language }) => sheetReply(query.kind ?? 'procedures', await exportProceedings(ctx, query, language))),
  answer(getProceedingFigures, (ctx, { query }) => proceedingFigures(ctx, query)),
  answer(getMyProceedings, (ctx, { query }) => myProceedings(ctx, query)),
  answer(getMyProceedingCounts, (ctx) => myProceedingCounts(ctx)),
  answer(getParts, (ctx, { query }) => listParts(ctx, query)),
  answer(postCase, async (ctx, { body }) => {
    const { number, queryWord, state, version } = await reportCase(ctx, body)
    return { number, queryWord, state, version }
  }),
  answer(getFlow, (ctx) => currentFlow(ctx)),
]
