import { answer } from '../../kernel/index.ts'
import { deleteFloodPoint, getFlood, getFloodPoint, getRainEvents, putFloodPoint } from './contract.ts'
import { dropPoint, setPoint } from './points.ts'
import { listEvents, readFlood, readPoint } from './read-flood.ts'
import { reportRoutes } from './reports/routes.ts'

export const floodRoutes = [
  ...reportRoutes,
  answer(getFlood, (ctx, { query }) => readFlood(ctx, query.at)),
  answer(getFloodPoint, (ctx, { params, query }) => readPoint(ctx, params.device, query.at)),
  answer(putFloodPoint, (ctx, { params, body }) => setPoint(ctx, params.device, body)),
  answer(deleteFloodPoint, (ctx, { params }) => dropPoint(ctx, params.device)),
  answer(getRainEvents, (ctx, { query }) => listEvents(ctx, query)),
]
