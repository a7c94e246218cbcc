import { answer } from '../../kernel/index.ts'
import { acknowledge, countAlarms, listAlarms, readAlarm, shelve, unshelve } from './alarms.ts'
import { getAlarm, getAlarmCounts, getAlarms, getRules, postAcknowledge, postRuleTrial, postShelve, postUnshelve, putRule } from './contract.ts'
import { ruleFileRoutes } from './file/routes.ts'
import { listRules } from './list-rules.ts'
import { putRule as setRule } from './rules.ts'
import { tryRule } from './try-rule.ts'

export const alarmRoutes = [
  answer(getRules, (ctx) => listRules(ctx)),
  answer(putRule, async (ctx, { params, body }) => {
    await setRule(ctx, params.code, body)
    return (await listRules(ctx)).items.find(({ code }) => code === params.code)!
  }),
  answer(postRuleTrial, (ctx, { body }) => tryRule(ctx, body)),
  answer(getAlarms, (ctx, { query }) => listAlarms(ctx, query)),
  answer(getAlarmCounts, (ctx) => countAlarms(ctx)),
  answer(getAlarm, (ctx, { params }) => readAlarm(ctx, params)),
  answer(postAcknowledge, (ctx, { params, body }) => acknowledge(ctx, params, body.note)),
  answer(postShelve, (ctx, { params, body }) => shelve(ctx, params, body)),
  answer(postUnshelve, (ctx, { params }) => unshelve(ctx, params)),
  ...ruleFileRoutes,
]
