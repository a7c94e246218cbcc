// Whether two reports tell of one incident (同一事件): a score from 0 to 1 out of what they have in common and what speaks against
// it, with the reasons in words. Pure; the weights were found by bench/incident on seeds that its figures do not use.

import type { Words } from '../../kernel/contract.ts'
import { sharedFamily } from './kindred.ts'
import weights from './weights.json' with { type: 'json' }
import { aspectWords, common, cosine, differInDetail, isSpread, type Rarity, type Wording } from './wording.ts'

/** What is compared of a report. */
export interface Told {
  readonly category: string
  readonly componentCode: string | null
  readonly reportedAt: Date
  readonly wording: Wording
  /** 64-bit prints of its photos, in hex. */
  readonly prints: readonly string[]
  /** The collector who reported it; null for everyone else. */
  readonly collector: string | null
  /** When it was disposed of or ended. */
  readonly doneAt: Date | null
}

/** Radius and span of time in which reports are compared at all. */
export interface Reach {
  readonly metres: number
  readonly hours: number
}

export const REACH: Reach = { metres: 50, hours: 24 }
/** Pictures that differ in at most so many of 64 bits show the same; unlike ones differ in 32 on average. */
export const ALIKE_BITS = 10

/** What the score is made of, each from 0 to 1. */
export interface Features {
  readonly sameClass: number
  readonly kindred: number
  readonly sameComponent: number
  readonly otherComponent: number
  readonly distance: number
  /** How far beyond half the reach. */
  readonly far: number
  readonly apart: number
  readonly wording: number
  readonly aspectShared: number
  readonly aspectOther: number
  /** Both tell of what reaches over a place: then the distance counts less. */
  readonly spread: number
  readonly detailShared: number
  readonly detailOther: number
  readonly picture: number
  readonly sameCollector: number
  readonly done: number
}

export interface Pair {
  readonly metres: number
  /** From the earlier report to the later. */
  readonly minutes: number
  readonly shared: readonly string[]
  readonly features: Features
}

/** Compares a report with one that came before it (or after: the order does not matter but for what was done meanwhile). */
export function compare(one: Told, other: Told, metres: number, rarity: Rarity, reach: Reach = REACH): Pair {
  const minutes = Math.abs(+one.reportedAt - +other.reportedAt) / 60_000
  const [earlier, later] = one.reportedAt < other.reportedAt ? [one, other] : [other, one]
  const shared = common(one.wording.aspects, other.wording.aspects)
  const bothSay = one.wording.aspects.size > 0 && other.wording.aspects.size > 0
  // What only the class says counts half.
  const sure = one.wording.byClass || other.wording.byClass ? 0.5 : 1
  const bothParts = one.componentCode !== null && other.componentCode !== null
  const same = sameClass(one.category, other.category)
  const features: Features = {
    sameClass: Number(same),
    kindred: Number(!same && sharedFamily(one.category, other.category) !== undefined),
    sameComponent: Number(bothParts && one.componentCode === other.componentCode),
    otherComponent: Number(bothParts && one.componentCode !== other.componentCode),
    distance: Math.min(1, metres / reach.metres),
    far: Math.min(1, Math.max(0, (2 * metres) / reach.metres - 1)),
    apart: Math.min(1, minutes / 60 / reach.hours),
    // Where both say what is known, their other words tell nothing more.
    wording: bothSay ? 0 : cosine(one.wording.words, other.wording.words, rarity),
    // Of all that the two say, the share that both say.
    aspectShared: shared.length === 0 ? 0 : (sure * shared.length) / new Set([...one.wording.aspects, ...other.wording.aspects]).size,
    aspectOther: bothSay && shared.length === 0 ? sure : 0,
    spread: isSpread(shared) ? Math.min(1, metres / reach.metres) : 0,
    detailShared: Number(common(one.wording.details, other.wording.details).length > 0),
    detailOther: Number(differInDetail(one.wording, other.wording)),
    picture: Number(one.prints.some((print) => other.prints.some((each) => bitsApart(print, each) <= ALIKE_BITS))),
    sameCollector: Number(one.collector !== null && one.collector === other.collector),
    done: Number(earlier.doneAt !== null && earlier.doneAt <= later.reportedAt),
  }
  return { metres, minutes, shared, features }
}

/** The same class, be it written as the thing or as its fault, in whichever version of the catalogue. */
const sameClass = (a: string, b: string) => a.slice(a.lastIndexOf('.')) === b.slice(b.lastIndexOf('.'))

export type Weights = Readonly<Record<keyof Features | 'base', number>>

/** 1 / (1 + e^-(base + Σ weight · feature)): the likelihood that both tell of one incident, as learnt from the labelled set. */
export function scoreOf(features: Features, by: Weights = weights.weights): number {
  let sum = by.base
  for (const name of Object.keys(features) as (keyof Features)[]) sum += by[name] * features[name]
  return 1 / (1 + Math.exp(-sum))
}

/** Below this a report of an incident does not speak for another. */
const SPEAKS_FROM = 0.5

/**
 * The likeness to a whole incident, from those to its reports: that of the best, and more where several are alike, by the
 * logarithm of their number.
 */
export function scoreOfAll(scores: readonly number[], support: number = weights.support): number {
  const best = Math.max(0, ...scores)
  const speaking = scores.filter((score) => score >= SPEAKS_FROM).length
  if (speaking < 2) return best
  const odds = (best / Math.max(1e-9, 1 - best)) * speaking ** support
  return odds / (1 + odds)
}

/** From here on a case is proposed as the same incident. */
export const PROPOSE_FROM: number = weights.propose
/** From here on it is shown as perhaps the same, and not ticked. */
export const SHOW_FROM: number = weights.show

/** In how many of 64 bits two prints of pictures differ. */
export function bitsApart(a: string, b: string): number {
  let bits = 0
  for (let i = 0; i < 16; i += 8) {
    let rest = (Number.parseInt(a.slice(i, i + 8), 16) ^ Number.parseInt(b.slice(i, i + 8), 16)) >>> 0
    for (; rest !== 0; rest &= rest - 1) bits++
  }
  return bits
}

const say = (zh: string, en: string): Words => ({ zh, en })

/** Why two reports are thought to be one incident, and what speaks against it: “同类、相距 12 米、相差 3 分钟、照片相似”. */
export function reasonsOf({ metres, minutes, shared, features }: Pair, one: Told, other: Told): { for: Words[]; against: Words[] } {
  const family = features.kindred ? sharedFamily(one.category, other.category) : undefined
  return {
    for: [
      ...(features.sameClass ? [say('同类', 'same class')] : []),
      ...(family ? [say(`近类（${family.words.zh}）`, `kindred class (${family.words.en.toLowerCase()})`)] : []),
      ...(features.sameComponent ? [say('同一部件', 'same component')] : []),
      say(`相距 ${sayMetres(metres)} 米`, `${sayMetres(metres)} m apart`),
      say(`相差 ${saySpan(minutes, 'zh')}`, `${saySpan(minutes, 'en')} apart`),
      ...(shared.length > 0 ? [say(`都说“${list(shared, 'zh')}”`, `both say “${list(shared, 'en')}”`)] : []),
      ...(features.wording >= 0.5 ? [say('说法相近', 'alike in words')] : []),
      ...(features.detailShared ? [say('细节相同', 'same detail')] : []),
      ...(features.picture ? [say('照片相似', 'photos alike')] : []),
    ],
    against: [
      ...(features.otherComponent ? [say('不是同一部件', 'another component')] : []),
      ...(features.aspectOther
        ? [
            say(
              `说法不同：${list([...one.wording.aspects], 'zh')} / ${list([...other.wording.aspects], 'zh')}`,
              `they say different things: ${list([...one.wording.aspects], 'en')} / ${list([...other.wording.aspects], 'en')}`,
            ),
          ]
        : []),
      ...(features.detailOther ? [say('楼号或方位不同', 'another house or side')] : []),
      ...(features.sameCollector ? [say('同一采集员分别上报', 'reported apart by one collector')] : []),
      ...(features.done ? [say('前一件在此之前已处置', 'the earlier one was disposed of before')] : []),
    ],
  }
}

const list = (aspects: readonly string[], language: 'zh' | 'en') => aspects.slice(0, 3).map((code) => aspectWords(code)[language]).join(language === 'zh' ? '、' : ', ')

const sayMetres = (metres: number) => (metres < 10 ? Number(metres.toFixed(1)) : Math.round(metres))

function saySpan(minutes: number, language: 'zh' | 'en'): string {
  if (minutes < 60) return `${Math.round(minutes)} ${language === 'zh' ? '分钟' : 'min'}`
  return `${Number((minutes / 60).toFixed(1))} ${language === 'zh' ? '小时' : 'h'}`
}
