import { demand, type Context } from '../kernel/index.ts'
import type { Static } from '../kernel/contract.ts'
import { describePlace, locate } from '../atlas/index.ts'
import type { getDecision } from './contract.ts'
import { decideUnits, roadAt } from './decide-units.ts'
import { placeUnknown } from './problems.ts'

/** 试一试: who would have to act at a place, without any case. */
export async function tryOut(ctx: Context, query: Static<(typeof getDecision)['query']>) {
  const position: [number, number] = [query.lng, query.lat]
  const located = await locate(ctx, position)
  if (!located) throw placeUnknown()
  const region = located.cell ?? located.community
  demand(ctx, 'responsibility.read', { region, category: query.category })
  const decision = await decideUnits(ctx, {
    category: query.category,
    region,
    position,
    componentCode: query.component,
    text: query.text,
    at: query.at === undefined ? undefined : new Date(query.at),
  })
  const { words } = await describePlace(ctx, position)
  return { ...decision, where: words, road: (await roadAt(ctx, position)) ?? null }
}
