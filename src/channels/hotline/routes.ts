import { answer, type Route } from '../../kernel/index.ts'
import { findCaller, showPhone } from './callers.ts'
import { answerCall, endWithoutCase, hearBridge, setNumber, takeUnannounced } from './calls.ts'
import * as on from './contract.ts'
import { callFigures } from './figures.ts'
import { heldGroups, siftGroup } from './held.ts'
import { actOnArticle, changeArticle, findArticle, writeArticle } from './knowledge/edit.ts'
import { listVersions } from './knowledge/store.ts'
import { noteUseless } from './knowledge/use.ts'
import { listCalls, readDesk } from './list-calls.ts'
import { orderStatus } from './orders/order-status.ts'
import { listCategories, listSystems, putCategory, putSystem } from './orders/systems.ts'
import { takeOrder, takeOrders } from './orders/take-order.ts'
import { joinCase, makeCase, replyAtOnce } from './outcomes.ts'
import { findAnswers, findSpots, guessCategories } from './suggest.ts'

export const routes: readonly Route[] = [
  answer(on.postCall, async (ctx, { body }) => {
    const { id, state } = await hearBridge(ctx, body)
    return { id, state }
  }),
  answer(on.getDesk, (ctx) => readDesk(ctx)),
  answer(on.postDeskCall, (ctx, { body }) => takeUnannounced(ctx, body.number)),
  answer(on.postAnswer, (ctx, { params }) => answerCall(ctx, params.id)),
  answer(on.putCallNumber, (ctx, { params, body }) => setNumber(ctx, params.id, body.number)),
  answer(on.getCaller, (ctx, { params }) => findCaller(ctx, params.id)),
  answer(on.postCallPhone, async (ctx, { params }) => ({ phone: await showPhone(ctx, params.id) })),
  answer(on.postCallCase, (ctx, { params, body }) => makeCase(ctx, params.id, body)),
  answer(on.postCallJoin, (ctx, { params, body }) => joinCase(ctx, params.id, body)),
  answer(on.postCallReply, (ctx, { params, body }) => replyAtOnce(ctx, params.id, body)),
  answer(on.postCallEnd, (ctx, { params, body }) => endWithoutCase(ctx, params.id, body.result, body.note)),
  answer(on.getCalls, (ctx, { query }) => listCalls(ctx, query)),
  answer(on.getCallFigures, (ctx, { query }) => callFigures(ctx, query)),

  answer(on.getCategoryGuesses, async (ctx, { query }) => ({ items: await guessCategories(ctx, query.text, query.component) })),
  answer(on.getSpots, async (ctx, { query }) => ({ items: await findSpots(ctx, query.text) })),
  answer(on.getAnswers, async (ctx, { query }) => ({ items: await findAnswers(ctx, query.text, query.region, query.category) })),

  answer(on.getArticles, (ctx, { query }) => listVersions(ctx, query)),
  answer(on.getArticle, (ctx, { params }) => findArticle(ctx, params.id)),
  answer(on.postArticle, (ctx, { body }) => writeArticle(ctx, body)),
  answer(on.putArticle, (ctx, { params, body }) => changeArticle(ctx, params.id, body)),
  answer(on.postArticleAct, (ctx, { params, body }) => actOnArticle(ctx, params.id, body)),
  answer(on.postUseless, async (ctx, { params }) => ({ useless: await noteUseless(ctx, params.id) })),

  answer(on.postOrder, (ctx, { body: { system, ...order } }) => takeOrder(ctx, system, order)),
  answer(on.postOrders, (ctx, { body, language }) => takeOrders(ctx, body.system, body.orders, language)),
  answer(on.getOrder, (ctx, { params }) => orderStatus(ctx, params.system, params.theirs)),
  answer(on.getOrderSystems, (ctx) => listSystems(ctx)),
  answer(on.putOrderSystem, (ctx, { params, body }) => putSystem(ctx, params.system, body)),
  answer(on.getOrderCategories, (ctx, { params, query }) => listCategories(ctx, params.system, query)),
  answer(on.putOrderCategory, (ctx, { params, body }) => putCategory(ctx, { ...params, ...body })),
  answer(on.getHeld, (ctx) => heldGroups(ctx)),
  answer(on.postHeld, (ctx, { body, language }) => siftGroup(ctx, body, language)),
]
