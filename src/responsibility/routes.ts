import { answer, serve, sheetReply } from '../kernel/index.ts'
import {
  getDecision,
  getDuties,
  getModel,
  getPrecedents,
  getRules,
  getRulesCsv,
  getRulesSheet,
  postPrecedent,
  postPrecedentWithdrawal,
  postRule,
  postRuleEnd,
  postRulesImport,
  putDuty,
  putRule,
} from './contract.ts'
import { listDuties, setDuty } from './duties.ts'
import { exportRules, exportRulesSheet } from './export-rules.ts'
import { importRules } from './import-rules.ts'
import { listRules } from './list-rules.ts'
import { listPrecedents, postPrecedentByHand, withdrawPrecedent } from './precedents.ts'
import { addRule, changeRule, endRule } from './rules.ts'
import { demandHere } from './scope.ts'
import { findModel } from './suggest.ts'
import { tryOut } from './try-out.ts'

const FILE_NAME = 'attachment; filename="responsibility.csv"'

export const routes = [
  answer(getDecision, (ctx, { query }) => tryOut(ctx, query)),
  answer(getRules, (ctx, { query }) => listRules(ctx, query)),
  serve(getRulesCsv, async (ctx, { query, language }) => ({
    type: 'text/csv; charset=utf-8',
    body: await exportRules(ctx, query, language),
    headers: { 'content-disposition': FILE_NAME },
  })),
  serve(getRulesSheet, async (ctx, { query, language }) => sheetReply('responsibility', await exportRulesSheet(ctx, query, language))),
  answer(postRule, (ctx, { body }) => addRule(ctx, body)),
  answer(putRule, (ctx, { params, body }) => changeRule(ctx, params.rule, body)),
  answer(postRuleEnd, (ctx, { params, body }) => endRule(ctx, params.rule, body.note)),
  answer(postRulesImport, (ctx, { body }) => importRules(ctx, body)),
  answer(getPrecedents, (ctx, { query }) => listPrecedents(ctx, query)),
  answer(postPrecedent, (ctx, { body }) => postPrecedentByHand(ctx, body)),
  answer(postPrecedentWithdrawal, (ctx, { params, body }) => withdrawPrecedent(ctx, params.precedent, body.note)),
  answer(getDuties, (ctx) => listDuties(ctx)),
  answer(putDuty, (ctx, { params, body }) => setDuty(ctx, params.unit, body)),
  answer(getModel, async (ctx) => {
    await demandHere(ctx, 'responsibility.read')
    return { model: (await findModel(ctx)) ?? null }
  }),
]
