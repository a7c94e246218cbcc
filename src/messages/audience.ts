// Who is meant by an audience: people who hold a permit where the case lies, or whose post is in the unit that has it.

import { proceedingsOf, reporterOf, type CaseRow } from '../cases/index.ts'
import { findHolders, type Context, type Holder, type Scope } from '../kernel/index.ts'
import { findReached } from '../registry/index.ts'
import type { Audience } from './rule.ts'

export interface Person {
  readonly kind: 'person'
  readonly id: string
  readonly name: string
  readonly unitPath: string
  readonly phone: string | null
}

/** Whoever reported, known by number and query word and by no account. */
export interface Reporter {
  readonly kind: 'reporter'
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  readonly queryWord: string
}

export type Receiver = Person | Reporter

export interface Scene {
  readonly row: CaseRow
  /** Where the case lay when it happened: a unit that gave it back is still told. */
  readonly place: Scope
  readonly collectorId?: string | undefined
  /** The act on a procedure that happened: `confer.open`. */
  readonly act?: string | undefined
}

/** Of several permits the first that anybody fit holds: a city without such a post has it done by another. */
const HOLDING: Partial<Record<Audience, readonly string[]>> = {
  operator: ['case.accept'],
  dispatcher: ['case.dispatch'],
  'shift-lead': ['case.approve', 'case.establish'],
  'city-leader': ['case.approve-high', 'case.supervise'],
}

/** Nobody tells a whole city by one rule. */
const MOST_RECEIVERS = 200

export async function receiversOf(ctx: Context, audience: Audience, scene: Scene): Promise<Receiver[]> {
  if (audience === 'reporter') return reporters(ctx, scene.row)
  if (audience === 'collector') return scene.collectorId === undefined ? [] : persons(ctx, [{ id: scene.collectorId, name: '' }])
  return persons(ctx, await holdersFor(ctx, audience, scene))
}

async function reporters(ctx: Context, row: CaseRow): Promise<Reporter[]> {
  const found = await reporterOf(ctx, row)
  if (!found || (!found.phone && !found.email)) return []
  const { name, phone, email, queryWord } = found
  return [{ kind: 'reporter', name: name ?? '', phone, email, queryWord }]
}

async function holdersFor(ctx: Context, audience: Audience, scene: Scene): Promise<readonly Pick<Holder, 'id' | 'name'>[]> {
  const { row, place } = scene
  const handlers = await findHolders(ctx, 'case.dispose')
  const above = parentOf(place.unit)
  switch (audience) {
    case 'unit':
      return nearest(handlers, place, place.unit)
    case 'upper-unit':
      return nearest(handlers, place, above)
    case 'unit-leader': {
      const leaders = nearest(await findHolders(ctx, 'messages.unit-leader'), place, place.unit)
      if (leaders.length > 0) return leaders
      const superiors = nearest(handlers, place, above)
      return superiors.length > 0 ? superiors : nearest(handlers, place, place.unit)
    }
    case 'participants':
      return (await participantsOf(ctx, scene)).flatMap((path) => nearest(handlers, place, path))
    case 'assisting':
      return row.helpers.flatMap((path) => nearest(handlers, place, path))
    default:
      for (const permit of HOLDING[audience] ?? []) {
        const fit = (await findHolders(ctx, permit)).filter((holder) => covers(holder, place))
        if (fit.length > 0) return fit
      }
      return []
  }
}

/** The units of the newest procedure of that kind; the unit that has the case where it names none. */
async function participantsOf(ctx: Context, { row, place, act }: Scene): Promise<readonly string[]> {
  const kind = act?.split('.')[0]
  const found = (await proceedingsOf(ctx, row)).findLast((each) => each.kind === kind)
  return found && found.participants.length > 0 ? found.participants : [place.unit]
}

/** `/C01/U01/` of `/C01/U01/T03/`; '' above the first. */
export const parentOf = (path: string): string => path.replace(/[^/]+\/$/, '').replace(/^\/$/, '')

const covers = (scope: Scope, place: Scope): boolean =>
  place.region.startsWith(scope.region) && place.unit.startsWith(scope.unit) && place.category.startsWith(scope.category)

/** Those of the unit itself; where nobody there holds it, of the nearest one above. Whoever reaches all units is of none. */
export function nearest(holders: readonly Holder[], place: Scope, unit: string): readonly Holder[] {
  const fit = holders.filter((holder) => holder.unit !== '' && unit.startsWith(holder.unit) && covers({ ...holder, unit: '' }, place))
  const longest = Math.max(0, ...fit.map((holder) => holder.unit.length))
  return fit.filter((holder) => holder.unit.length === longest)
}

async function persons(ctx: Context, found: readonly Pick<Holder, 'id' | 'name'>[]): Promise<Person[]> {
  const once = new Map(found.map((each) => [each.id, each]))
  return Promise.all(
    [...once.values()].slice(0, MOST_RECEIVERS).map(async ({ id, name }): Promise<Person> => {
      const reached = await findReached(ctx, id)
      return { kind: 'person', id, name: reached?.name ?? name, unitPath: reached?.unitPath ?? '', phone: reached?.phone ?? null }
    }),
  )
}
