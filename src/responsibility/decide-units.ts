import {
  cache,
  dayNumber,
  dayText,
  lngScale,
  METRES_PER_DEGREE,
  offsetMs,
  weekdayOf,
  type Context,
  type Position,
  type Words,
} from '../kernel/index.ts'
import { cityLoaded, findComponent, getCityFacts, locator, regionName, roadKindsAt } from '../atlas/index.ts'
import { findUnits, getCategory, workingCalendar, type Unit } from '../registry/index.ts'
import { findBook } from './book.ts'
import type { Decision, UnitAnswer } from './contract.ts'
import { asksRoad, decide, type Choice, type Neighbour, type Question } from './decide.ts'
import type { Day, WallMoment } from './hours.ts'
import { roadClassOf, type RoadClass } from './roads.ts'
import { sayOrder, sayWhy } from './say.ts'
import { suggest } from './suggest.ts'

export interface Situation {
  readonly category: string
  /** The code of the cell, or else of the community. */
  readonly region: string
  readonly componentCode?: string | null | undefined
  /** Where it lies, by which borders and roads are known. */
  readonly position?: Position | null | undefined
  /** What was reported, for the learned suggestion. */
  readonly text?: string | undefined
  /** Now where it is left out. */
  readonly at?: Date | undefined
}

/** A border this near may be on the wrong side of a position taken by hand. */
const BORDER_METRES = 30
/** A road this near is the road beside which it lies. */
const ROAD_METRES = 40
const DIRECTIONS = 8

interface Units {
  readonly byCode: ReadonlyMap<string, Unit>
  /** Offices of streets and districts by the region for which they answer. */
  readonly offices: ReadonlyMap<string, readonly Unit[]>
}

const unitCache = cache<Units>({
  name: 'responsibility.units',
  until: [cityLoaded],
  async build(ctx) {
    const all = await findUnits(ctx)
    const offices = all.filter(({ kind, region }) => (kind === 'street' || kind === 'district') && region !== '')
    return { byCode: new Map(all.map((unit) => [unit.code, unit])), offices: Map.groupBy(offices, ({ region }) => region) }
  },
})

/** Offices around a place, that of the smallest region first. */
function officesOf({ offices }: Units, region: string): string[] {
  const found: Unit[] = []
  for (let length = region.length; length > 0; length--) {
    const here = offices.get(region.slice(0, length))
    if (here) found.push(...here.toSorted((a, b) => a.level - b.level || (a.code < b.code ? -1 : 1)))
  }
  return found.map(({ code }) => code)
}

/** The moment on the city's wall clock, with the kind of the day. */
export async function wallMomentOf(ctx: Context, at: Date): Promise<WallMoment> {
  const { zone } = await getCityFacts(ctx)
  const calendar = await workingCalendar(ctx)
  const day = dayNumber(at, zone)
  const dayOf = (number: number): Day => ({ weekday: weekdayOf(number) || 7, workday: calendar.isWorkday(dayText(number)) })
  const minutes = Math.floor((+at + offsetMs(+at, zone)) / 60_000)
  return { minute: ((minutes % 1440) + 1440) % 1440, today: dayOf(day), yesterday: dayOf(day - 1) }
}

/** Communities that begin within `BORDER_METRES` of a point, other than its own. */
async function neighboursOf(ctx: Context, units: Units, position: Position, region: string): Promise<Neighbour[]> {
  const find = await locator(ctx)
  const own = region.slice(0, 12)
  const found = new Set<string>()
  for (let i = 0; i < DIRECTIONS; i++) {
    const angle = (2 * Math.PI * i) / DIRECTIONS
    const north = (BORDER_METRES * Math.sin(angle)) / METRES_PER_DEGREE
    const east = (BORDER_METRES * Math.cos(angle)) / METRES_PER_DEGREE / lngScale(position[1])
    const there = find([position[0] + east, position[1] + north])
    if (there && there.community !== own) found.add(there.community)
  }
  return [...found].sort().map((community) => ({ region: community, offices: officesOf(units, community) }))
}

/** The class of the road beside which a point lies. */
export async function roadAt(ctx: Context, position: Position): Promise<RoadClass | undefined> {
  for (const kind of await roadKindsAt(ctx, position, ROAD_METRES)) {
    const found = roadClassOf(kind)
    if (found) return found
  }
  return undefined
}

/** Whose duty it is: one to three units, the best first, each with its reason, and beside them what was learned from history. */
export async function decideUnits(ctx: Context, situation: Situation): Promise<Decision> {
  const { category, region, componentCode, position, at = ctx.now } = situation
  const { kind, name } = await getCategory(ctx, category)
  const book = await findBook(ctx)
  const units = await ctx.caches.get(ctx, unitCache)
  const [component, road] = await Promise.all([
    componentCode ? findComponent(ctx, componentCode) : undefined,
    position && asksRoad(book, category, region) ? roadAt(ctx, position) : undefined,
  ])
  const question: Question = {
    kind,
    category,
    region,
    component,
    road,
    at: +at,
    wall: await wallMomentOf(ctx, at),
    offices: officesOf(units, region),
    neighbours: position ? await neighboursOf(ctx, units, position, region) : [],
  }
  const answers: UnitAnswer[] = []
  for (const choice of decide(book, question)) {
    const answer = await present(ctx, units, choice, { category: name, region, componentCode: componentCode ?? '' })
    if (answer) answers.push(answer)
  }
  const ownerFirst = kind === 'component' || component !== undefined
  return { order: sayOrder(ownerFirst), answers, learned: await suggest(ctx, { ...situation, at }, units.byCode) }
}

const NOWHERE: Words = { zh: '', en: '' }

async function present(
  ctx: Context,
  { byCode }: Units,
  choice: Choice,
  { category, region, componentCode }: { category: Words; region: string; componentCode: string },
): Promise<UnitAnswer | undefined> {
  const unit = byCode.get(choice.unitCode)
  if (!unit) return undefined
  const words = sayWhy(choice, {
    category,
    region: await regionName(ctx, region.slice(0, 9)),
    // Across a border within one street only the community tells the sides apart.
    across: choice.across === null ? NOWHERE : await regionName(ctx, choice.across.slice(0, choice.across.startsWith(region.slice(0, 9)) ? 12 : 9)),
    componentCode,
    standsFor: choice.standsFor === null ? NOWHERE : (byCode.get(choice.standsFor)?.name ?? { zh: choice.standsFor, en: choice.standsFor }),
  })
  const { ground, number, confidence } = choice
  return { unitCode: unit.code, unitPath: unit.path, name: unit.name, words, ground, rule: number, confidence }
}
