import { answer, type Route } from '../../kernel/index.ts'
import { caseKey } from '../number.ts'
import { cancelResponse, clickMark, moveResponder, receiveResponse } from './advance.ts'
import {
  getCaseResponses,
  getMyResponses,
  getResponders,
  getResponseFigures,
  getResponses,
  postCancel,
  postMark,
  postResponses,
  putReceipt,
  putResponderPosition,
} from './contract.ts'
import { orderResponses, proposeResponders } from './order.ts'
import { caseResponses, listResponses, myResponses, presentResponse, presentResponses, responseFigures } from './show.ts'

export const responseRoutes: readonly Route[] = [
  answer(getResponders, (ctx, { params }) => proposeResponders(ctx, caseKey(params.number))),
  answer(postResponses, async (ctx, { params, body }) => ({
    items: await presentResponses(ctx, await orderResponses(ctx, caseKey(params.number), body)),
  })),
  answer(getCaseResponses, (ctx, { params }) => caseResponses(ctx, caseKey(params.number))),
  answer(getResponses, (ctx, { query }) => listResponses(ctx, query)),
  answer(getResponseFigures, (ctx, { query }) => responseFigures(ctx, query)),
  answer(getMyResponses, (ctx) => myResponses(ctx)),
  answer(putReceipt, async (ctx, { params }) => presentResponse(ctx, await receiveResponse(ctx, params))),
  answer(putResponderPosition, async (ctx, { body }) => ({ running: await moveResponder(ctx, body.position, body.accuracy) })),
  answer(postMark, async (ctx, { params, body }) => presentResponse(ctx, await clickMark(ctx, params, body.mark))),
  answer(postCancel, async (ctx, { params }) => presentResponse(ctx, await cancelResponse(ctx, params))),
]
