// 确责: who must act, with how much confidence, and on what ground. Components: the owner first, then the locality (先属主后属地);
// matters: the locality first, then the owner (先属地后属主). Precedents go before rules, the closest first. Pure.

import type { CategoryKind } from '../registry/contract.ts'
import { holdsAt, type Hours, type WallMoment } from './hours.ts'
import { prefixIndex, type PrefixIndex } from './prefix-index.ts'
import type { RoadClass } from './roads.ts'

export interface Rule {
  /** `R-0231` */
  readonly number: string
  readonly category: string
  readonly region: string
  readonly basis: 'owner' | 'locality'
  /** Classes of the road beside which it holds; none for any place. */
  readonly roads: readonly RoadClass[]
  readonly hours: Hours
  readonly unitCode: string
  /** Milliseconds; it holds from the first, and no longer at the second. */
  readonly from: number
  readonly to: number
}

export interface Precedent {
  /** `P-999902-003` */
  readonly number: string
  readonly verdict: 'ours' | 'not-ours'
  readonly category: string
  readonly region: string
  readonly componentCode: string | null
  readonly unitCode: string
  readonly decidedAt: number
}

export interface Duty {
  readonly hours: Hours
  readonly deputyCode: string | null
}

/** All that is asked, indexed once. */
export interface Book {
  readonly owners: PrefixIndex<Rule>
  readonly localities: PrefixIndex<Rule>
  readonly precedents: PrefixIndex<Precedent>
  readonly duties: ReadonlyMap<string, Duty>
}

export interface Neighbour {
  /** The community beyond the border. */
  readonly region: string
  readonly offices: readonly string[]
}

export interface Question {
  readonly kind: CategoryKind
  readonly category: string
  /** The cell, or else the community, in which it lies. */
  readonly region: string
  readonly component?: { readonly code: string; readonly ownerUnit: string | null; readonly maintainerUnit: string | null } | undefined
  readonly road?: RoadClass | undefined
  readonly at: number
  readonly wall: WallMoment
  /** Street and district offices around the place, the nearest first; asked where no rule speaks of the locality. */
  readonly offices: readonly string[]
  /** Communities across a border that is so near that the place may lie in them. */
  readonly neighbours?: readonly Neighbour[]
}

export const GROUNDS = ['precedent', 'component-owner', 'component-maintainer', 'owner-rule', 'locality-rule', 'office'] as const
export type Ground = (typeof GROUNDS)[number]

export interface Choice {
  readonly unitCode: string
  readonly ground: Ground
  /** Of the rule or precedent. */
  readonly number: string | null
  /** What the rule or precedent covers. */
  readonly covers: { readonly category: string; readonly region: string; readonly roads: readonly RoadClass[]; readonly hours: Hours }
  /** 0 to 1: how far the ground can be trusted by its kind; an order of trust and no measured share. */
  readonly confidence: number
  /** The unit whose deputy this one is, for it is off duty. */
  readonly standsFor: string | null
  /** The unit itself is off duty and has no deputy. */
  readonly offDuty: boolean
  /** The community across the border for which it answers. */
  readonly across: string | null
  /** The place is so near to a border that another unit may have to act. */
  readonly atBorder: boolean
  /** The precedent by which it is not its duty. */
  readonly against: string | null
  /** Another rule that covers exactly the same names another unit. */
  readonly tied: boolean
}

/** So many are offered: what does not fit into one look is not compared. */
const MOST = 3
const DEPUTIES = 3

/** How far each ground is trusted; the rest is said of exact categories and places below. */
const TRUST: Readonly<Record<Ground, number>> = {
  precedent: 0.97,
  'component-owner': 0.95,
  'component-maintainer': 0.85,
  'owner-rule': 0.92,
  'locality-rule': 0.92,
  office: 0.5,
}
const LESS = { wideCategory: 0.9, anyCategory: 0.75, wideRegion: 0.95, second: 0.6, tied: 0.65, border: 0.65, offDuty: 0.7, against: 0.25 }

const byRoadThenHours = (a: Rule, b: Rule) =>
  b.roads.length - a.roads.length || b.hours.length - a.hours.length || (a.number < b.number ? -1 : 1)

export const indexRules = (rules: readonly Rule[]): Pick<Book, 'owners' | 'localities'> => ({
  owners: prefixIndex(rules.filter(({ basis }) => basis === 'owner'), byRoadThenHours),
  localities: prefixIndex(rules.filter(({ basis }) => basis === 'locality'), byRoadThenHours),
})

export const indexPrecedents = (precedents: readonly Precedent[]): Book['precedents'] =>
  prefixIndex(precedents, (a, b) => b.decidedAt - a.decidedAt)

/** Whether any rule that may hold there asks for the class of the road. */
export const asksRoad = ({ owners, localities }: Book, category: string, region: string): boolean =>
  [owners, localities].some((index) => index.find(category, region).some(({ roads }) => roads.length > 0))

const holds = (rule: Rule, { at, wall, road }: Question): boolean =>
  rule.from <= at && at < rule.to && (rule.roads.length === 0 || (road !== undefined && rule.roads.includes(road))) && holdsAt(rule.hours, wall)

const EVERYTHING = { category: '', region: '', roads: [], hours: [] }
const PLAIN = { standsFor: null, offDuty: false, across: null, atBorder: false, against: null, tied: false }

/** How close a rule or precedent comes to the question. */
function closeness(category: string, region: string): number {
  const major = category.lastIndexOf('.') + 3
  const byCategory = category === '' ? LESS.anyCategory : category.length <= major ? LESS.wideCategory : 1
  return byCategory * (region.length < 9 ? LESS.wideRegion : 1)
}

function ofRules(index: PrefixIndex<Rule>, question: Question, ground: Ground): Choice[] {
  const found = index.find(question.category, question.region).filter((rule) => holds(rule, question))
  const alike = (a: Rule, b: Rule) =>
    a.category === b.category && a.region === b.region && a.roads.length === b.roads.length && a.hours.length === b.hours.length
  return found.map((rule) => {
    const { number, category, region, roads, hours, unitCode } = rule
    const tied = found.some((other) => other.unitCode !== unitCode && alike(other, rule))
    const confidence = TRUST[ground] * closeness(category, region) * (tied ? LESS.tied : 1)
    return { ...PLAIN, unitCode, ground, number, covers: { category, region, roads, hours }, confidence, tied }
  })
}

/** The newest word on each unit in like situations: that of the component before that of the place. */
function precedentsFor(book: Book, { category, region, component }: Question): Precedent[] {
  const found = book.precedents
    .find(category, region)
    .filter(({ componentCode }) => componentCode === null || componentCode === component?.code)
    .toSorted((a, b) => Number(b.componentCode !== null) - Number(a.componentCode !== null))
  const newest = new Map<string, Precedent>()
  for (const one of found) {
    const known = newest.get(one.unitCode)
    const closer = known && known.componentCode !== null && one.componentCode === null
    if (!known || (!closer && known.decidedAt < one.decidedAt)) newest.set(one.unitCode, one)
  }
  return found.filter((one) => newest.get(one.unitCode) === one)
}

function ofPrecedent({ unitCode, number, category, region, componentCode }: Precedent): Choice {
  const near = componentCode !== null || region.length >= 15 ? 1 : region.length >= 12 ? 0.96 : 0.92
  return { ...PLAIN, unitCode, ground: 'precedent', number, covers: { ...EVERYTHING, category, region }, confidence: TRUST.precedent * near }
}

function ofPlain(unitCode: string | null | undefined, ground: Ground): Choice[] {
  return unitCode ? [{ ...PLAIN, unitCode, ground, number: null, covers: EVERYTHING, confidence: TRUST[ground] }] : []
}

/** All that may be asked in one place, the best first; those whom a precedent frees stand last. */
function rank(book: Book, question: Question): Choice[] {
  const { kind, component } = question
  const own = [...ofPlain(component?.ownerUnit, 'component-owner'), ...ofPlain(component?.maintainerUnit, 'component-maintainer')]
  const byTrade = ofRules(book.owners, question, 'owner-rule')
  const byRule = ofRules(book.localities, question, 'locality-rule')
  const byPlace = byRule.length > 0 ? byRule : question.offices.flatMap((code) => ofPlain(code, 'office'))

  // The first of each kind of ground goes before the second of any, so that the few that are shown differ in their reasons.
  const ownerFirst = kind === 'component' || component !== undefined
  const heads = ownerFirst ? [...own, byTrade[0], byPlace[0]] : [byPlace[0], byTrade[0]]
  const tails = ownerFirst ? [...byTrade.slice(1), ...byPlace.slice(1)] : [...byPlace.slice(1), ...byTrade.slice(1)]
  const words = precedentsFor(book, question)
  const ours = words.filter(({ verdict }) => verdict === 'ours').map(ofPrecedent)
  const freed = new Map(words.filter(({ verdict }) => verdict === 'not-ours').map(({ unitCode, number }) => [unitCode, number]))

  const chosen = new Map<string, Choice>()
  for (const choice of [...ours, ...heads, ...tails]) if (choice && !chosen.has(choice.unitCode)) chosen.set(choice.unitCode, choice)
  const all = [...chosen.values()]
  return [
    ...all.filter(({ unitCode }) => !freed.has(unitCode)),
    ...all
      .filter(({ unitCode }) => freed.has(unitCode))
      .map((choice) => ({ ...choice, against: freed.get(choice.unitCode)!, confidence: choice.confidence * LESS.against })),
  ]
}

/** Whoever is off duty gives place to a deputy who is not, if there is one. */
function onDuty(choice: Choice, { duties }: Book, wall: WallMoment): Choice {
  let code = choice.unitCode
  for (let hop = 0; hop <= DEPUTIES; hop++) {
    const duty = duties.get(code)
    if (!duty || holdsAt(duty.hours, wall)) return code === choice.unitCode ? choice : { ...choice, unitCode: code, standsFor: choice.unitCode }
    if (duty.deputyCode === null) break
    code = duty.deputyCode
  }
  return { ...choice, offDuty: true, confidence: choice.confidence * LESS.offDuty }
}

const PLACED: readonly Ground[] = ['locality-rule', 'owner-rule', 'office']

/** Who answers across each near border, where that is somebody else than `head`. */
function across(book: Book, question: Question, head: Choice): Choice[] {
  // Whose the component is, and what was decided of it, no border changes.
  if (!PLACED.includes(head.ground)) return []
  return (question.neighbours ?? []).flatMap(({ region, offices }) => {
    const [other] = rank(book, { ...question, region, offices, neighbours: [] })
    return other && other.unitCode !== head.unitCode ? [{ ...other, across: region, confidence: other.confidence * LESS.second }] : []
  })
}

const unlike = (choices: readonly Choice[]): Choice[] => [
  ...choices
    .reduce((byUnit, choice) => (byUnit.has(choice.unitCode) ? byUnit : byUnit.set(choice.unitCode, choice)), new Map<string, Choice>())
    .values(),
]

const round = (share: number) => Math.round(share * 100) / 100

/** One to three different units, the best first; none only where nobody answers for the place at all. */
export function decide(book: Book, question: Question): Choice[] {
  const [head, ...rest] = rank(book, question)
  if (!head) return []
  const beyond = across(book, question, head)
  const first = beyond.length > 0 ? { ...head, atBorder: true, confidence: head.confidence * LESS.border } : head
  const later = rest.map((choice) => ({ ...choice, confidence: choice.confidence * (choice.against === null ? LESS.second : 1) }))
  const present = unlike([first, ...beyond, ...later].map((choice) => onDuty(choice, book, question.wall))).slice(0, MOST)
  // The order is the rule's; whoever stands below is never trusted more than the one above.
  let most = 1
  return present.map((choice) => {
    most = Math.min(most, choice.confidence)
    return { ...choice, confidence: round(most) }
  })
}
