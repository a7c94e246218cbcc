import { answer, serve, type Position, type Route } from '../../kernel/index.ts'
import { getFigures, getNearby, getPhoto, getProgress, getWarnings, postRating, postReport } from './contract.ts'
import { findFigures, findNearby, findProgress, rate, showPhoto } from './look-up.ts'
import { routes as open311 } from './open311/routes.ts'
import { findWarnings } from './warnings.ts'
import { reportFromPublic } from './report.ts'

export const routes: readonly Route[] = [
  answer(postReport, async (ctx, { body: { lng, lat, ...body }, files }) => {
    const { number, queryWord, row } = await reportFromPublic(ctx, { ...body, position: [lng, lat] as Position }, files)
    return {
      number,
      word: queryWord,
      reportedAt: row.reportedAt.toISOString(),
      expectedAt: row.dueAt?.toISOString() ?? null,
      address: row.address ?? '',
    }
  }),
  answer(getProgress, (ctx, { params, query }) => findProgress(ctx, params.number, query.word)),
  answer(postRating, (ctx, { params, body }) => rate(ctx, params.number, body)),
  answer(getNearby, async (ctx, { query: { lng, lat, metres = 60, group, limit = 20 } }) => ({
    items: await findNearby(ctx, { position: [lng, lat], metres, group, limit }),
  })),
  serve(getPhoto, (ctx, { params, query }) => showPhoto(ctx, params.number, params.sha256, query.size ?? 'public', query.word)),
  answer(getFigures, (ctx) => findFigures(ctx)),
  answer(getWarnings, (ctx) => findWarnings(ctx)),
  ...open311,
]
