// What a report says, apart from where: its words with their rarity, the side of the problem that it names, and its details. Pure.

import type { Words } from '../../kernel/contract.ts'
import { wordsOf } from '../search-words.ts'
import { classCode } from './kindred.ts'
import aspects from './aspects.json' with { type: 'json' }

/** A side of a problem (现象) in the many ways in which people name it. */
export interface Aspect {
  readonly code: string
  readonly words: Words
  readonly said: readonly string[]
  /** Classes that name this trouble by themselves; of a lamp or a cover it takes words to know what is wrong. */
  readonly classes?: readonly string[]
  /** Wider aspects that it is one of: whoever says 装修垃圾 does not also tell of 垃圾. */
  readonly over?: readonly string[]
  /** Reaches over a place rather than being a thing in it: noise, dust, a street full of stalls. */
  readonly spread?: boolean
}

export const ASPECTS: readonly Aspect[] = aspects
const byCode = new Map(ASPECTS.map((aspect) => [aspect.code, aspect]))

/** Whether one of these reaches over a place. */
export const isSpread = (aspects: readonly string[]): boolean => aspects.some((code) => byCode.get(code)?.spread)

export const aspectWords = (code: string): Words => byCode.get(code)?.words ?? { zh: code, en: code }

export interface Wording {
  readonly words: ReadonlySet<string>
  readonly aspects: ReadonlySet<string>
  /** Nothing known is said: the aspect is that of the class. */
  readonly byClass: boolean
  /** House numbers, gates, sides of a road: `88号`, `3单元`, `东侧`. */
  readonly details: ReadonlySet<string>
}

const DETAIL = /(\d+)\s*(号楼|号院|号|单元|栋|幢|弄)|([东西南北])(?:侧|边|面|门|口|北|南)|第?(\d+)\s*(根|盏|个)(?:杆|灯|井)?/g

const ofClass = new Map<string, string[]>()
for (const { code, classes = [] } of ASPECTS) for (const of of classes) ofClass.set(of, [...(ofClass.get(of) ?? []), code])

/** The words of a text; a house number does not swallow what follows it. */
const spoken = (text: string): string[] => wordsOf(text.replaceAll(/(\p{N})(?=\p{Script=Han})/gu, '$1 '))

/** Things whose names hold the name of a trouble: a 垃圾桶 is no 垃圾. */
const THINGS = /垃圾[桶箱站房]|污水井盖?|雨水井盖?|渣土车|单车停放点|消防栓|停车[场位]/g

/** The sides of a problem that a text names. */
function aspectsIn(text: string): string[] {
  const told = text.replaceAll(THINGS, '□')
  const found = ASPECTS.filter(({ said }) => said.some((way) => told.includes(way)))
  const wider = new Set(found.flatMap(({ over = [] }) => over))
  return found.flatMap(({ code }) => (wider.has(code) ? [] : [code]))
}

/** Reads a description. Words of the address are left out: the position says better where it is. */
export function wordingOf(description: string, address: string | null, category: string): Wording {
  const text = description.normalize('NFKC').toLowerCase()
  const where = new Set(spoken(address ?? ''))
  const said = aspectsIn(text)
  return {
    words: new Set(spoken(text).filter((word) => !where.has(word))),
    aspects: new Set(said.length > 0 ? said : ofClass.get(classCode(category))),
    byClass: said.length === 0,
    details: new Set([...text.matchAll(DETAIL)].map(([, n, what, side, nth, of]) => (n ? `${n}${what}` : side ? `${side}侧` : `${nth}${of}`))),
  }
}

/** How rare each word is, from the descriptions of a city: ln((n + 1) / (times + 1)). One never seen is as rare as can be. */
export type Rarity = (word: string) => number

export function rarityIn(descriptions: Iterable<string>): Rarity {
  const times = new Map<string, number>()
  let n = 0
  for (const description of descriptions) {
    n++
    for (const word of new Set(spoken(description))) times.set(word, (times.get(word) ?? 0) + 1)
  }
  // A city that is new to the platform knows too little: as if a hundred reports of other things had been read.
  const all = n + 100
  return (word) => Math.log((all + 1) / ((times.get(word) ?? 0) + 1))
}

/** The cosine of two sets of words, each weighted by its rarity: 0 nothing in common, 1 the same words. */
export function cosine(a: ReadonlySet<string>, b: ReadonlySet<string>, rarity: Rarity): number {
  const weight = (words: Iterable<string>) => {
    let sum = 0
    for (const word of words) sum += rarity(word) ** 2
    return sum
  }
  const whole = Math.sqrt(weight(a) * weight(b))
  return whole === 0 ? 0 : weight([...a].filter((word) => b.has(word))) / whole
}

/** What two sets have in common. */
export const common = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): T[] => [...a].filter((each) => b.has(each))

const kindOf = (detail: string) => (/^[东西南北]/.test(detail) ? '侧' : detail.replace(/^\d+/, ''))

/** Whether two name different things of the same kind: 3号楼 and 5号楼, 东侧 and 西侧. */
export function differInDetail(a: Wording, b: Wording): boolean {
  return [...a.details].some((one) => {
    const others = [...b.details].filter((other) => kindOf(other) === kindOf(one))
    return others.length > 0 && !others.includes(one)
  })
}
