import { moveResponder } from '../../cases/index.ts'
import { answer, holds, type Context, type Position, type Route } from '../../kernel/index.ts'
import { goOffDuty, goOnDuty, reportPosition } from '../../registry/index.ts'
import { getCollectorMe, getHistory, getTask, getTasks, postAnswer, postCollectorReport, putDuty, putPosition } from './contract.ts'
import { findMe, listHistory, presentDuty } from './me.ts'
import { reportFromStreet } from './report.ts'
import { answerMyTask, listMyTasks, showTask } from './tasks.ts'

const placeOf = ({ lng, lat }: { lng?: number | undefined; lat?: number | undefined }): Position | undefined =>
  lng === undefined || lat === undefined ? undefined : [lng, lat]

/** One position serves the duty and, where the caller is on an emergency order, the order too. */
async function hearPosition(ctx: Context, { position, accuracy }: { position: Position; accuracy?: number | undefined }) {
  const duty = await reportPosition(ctx, position)
  if (holds(ctx, 'case.respond')) await moveResponder(ctx, position, accuracy)
  return presentDuty(duty)
}

export const routes: readonly Route[] = [
  answer(getCollectorMe, (ctx) => findMe(ctx)),
  answer(putDuty, async (ctx, { body: { onDuty, position } }) =>
    presentDuty(onDuty ? await goOnDuty(ctx, position) : await goOffDuty(ctx)),
  ),
  answer(putPosition, (ctx, { body }) => hearPosition(ctx, body)),
  answer(getTasks, async (ctx) => ({ items: await listMyTasks(ctx), now: ctx.now.toISOString() })),
  answer(getTask, (ctx, { params, query }) => showTask(ctx, params.id, query.district)),
  answer(postAnswer, (ctx, { params, body, files }) => answerMyTask(ctx, params.id, { ...body, position: placeOf(body) }, files)),
  answer(postCollectorReport, (ctx, { body: { lng, lat, ...body }, files }) =>
    reportFromStreet(ctx, { ...body, position: [lng, lat] }, files),
  ),
  answer(getHistory, (ctx, { query }) => listHistory(ctx, query)),
]
