import { answer, serve, sheetReply, type Route } from '../../kernel/index.ts'
import { getTrial, getTrials, getTrialTable, postTrial, postTrialCancel } from './contract.ts'
import { cancelTrial, listTrials, showTrial, startTrial, trialTable } from './trials.ts'

export const trialRoutes: readonly Route[] = [
  answer(getTrials, (ctx) => listTrials(ctx)),
  answer(postTrial, (ctx, { body }) => startTrial(ctx, body)),
  answer(getTrial, (ctx, { params }) => showTrial(ctx, params.id)),
  answer(postTrialCancel, (ctx, { params }) => cancelTrial(ctx, params.id)),
  serve(getTrialTable, async (ctx, { params, language }) => {
    const { name, body } = await trialTable(ctx, params.id, language)
    return sheetReply(name, body)
  }),
]
