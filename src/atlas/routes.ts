import { answer, serve, type RawReply } from '../kernel/index.ts'
import { nearestComponents } from './components.ts'
import { getBaseTile, getCity, getComponentsNear, getDivisions, getGridTile, getPlaceAt, getPlaces } from './contract.ts'
import { findDivisions, getCityFacts } from './divisions.ts'
import { describePlace, findPlaces } from './places.ts'
import { baseTile, gridTile } from './tiles.ts'

const tileReply = (tile: Uint8Array, keep: string): RawReply => ({
  status: tile.length === 0 ? 204 : 200,
  type: 'application/vnd.mapbox-vector-tile',
  body: tile,
  headers: { 'cache-control': keep },
})

export const routes = [
  answer(getCity, (ctx) => getCityFacts(ctx)),
  answer(getDivisions, async (ctx, { query }) => ({ items: await findDivisions(ctx, query) })),
  answer(getComponentsNear, async (ctx, { query: { lng, lat, metres = 50, limit = 10, category } }) => ({
    items: await nearestComponents(ctx, [lng, lat], metres, limit, { category }),
  })),
  answer(getPlaces, async (ctx, { query: { text, limit = 10 } }) => ({ items: await findPlaces(ctx, text, limit) })),
  answer(getPlaceAt, (ctx, { query: { lng, lat } }) => describePlace(ctx, [lng, lat])),
  serve(getBaseTile, async (ctx, { params }) => tileReply(await baseTile(ctx, params), 'public, max-age=300')),
  serve(getGridTile, async (ctx, { params }) => tileReply(await gridTile(ctx, params), 'private, max-age=60')),
]
