import { answer, type Position, type Route } from '../../kernel/index.ts'
import { goOffDuty, goOnDuty, reportPosition } from '../../registry/index.ts'
import { getCollectorMe, getHistory, getTask, getTasks, postAnswer, postCollectorReport, putDuty, putPosition } from './contract.ts'
import { findMe, listHistory, presentDuty } from './me.ts'
import { reportFromStreet } from './report.ts'
import { answerMyTask, listMyTasks, showTask } from './tasks.ts'

const placeOf = ({ lng, lat }: { lng?: number | undefined; lat?: number | undefined }): Position | undefined =>
  lng === undefined || lat === undefined ? undefined : [lng, lat]

export const routes: readonly Route[] = [
  answer(getCollectorMe, (ctx) => findMe(ctx)),
  answer(putDuty, async (ctx, { body: { onDuty, position } }) =>
    presentDuty(onDuty ? await goOnDuty(ctx, position) : await goOffDuty(ctx)),
  ),
  answer(putPosition, async (ctx, { body }) => presentDuty(await reportPosition(ctx, body.position))),
  answer(getTasks, async (ctx) => ({ items: await listMyTasks(ctx), now: ctx.now.toISOString() })),
  answer(getTask, (ctx, { params, query }) => showTask(ctx, params.id, query.district)),
  answer(postAnswer, (ctx, { params, body, files }) => answerMyTask(ctx, params.id, { ...body, position: placeOf(body) }, files)),
  answer(postCollectorReport, (ctx, { body: { lng, lat, ...body }, files }) =>
    reportFromStreet(ctx, { ...body, position: [lng, lat] }, files),
  ),
  answer(getHistory, (ctx, { query }) => listHistory(ctx, query)),
]
