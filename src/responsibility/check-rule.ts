// What is wrong with a rule, field by field; the same for one from a form, a list and a pack.

import type { Words } from '../kernel/contract.ts'
import { readHours } from './hours.ts'
import { ROAD_CLASSES, type RoadClass } from './roads.ts'

export interface RuleFault {
  readonly column: string
  readonly reason: Words
}

/** What a rule may speak of. */
export interface KnownWords {
  /** Whether some category begins so. */
  readonly begins: (category: string) => boolean
  readonly hasRegion: (prefix: string) => boolean
  readonly hasUnit: (code: string) => boolean
}

export interface SaidRule {
  readonly category: string
  readonly region: string
  readonly unit: string
  readonly hours: string
  readonly from: number | null
  readonly to: number | null
}

export const HOURS_FAULT: Words = {
  zh: '时段写法如 work 08:00-18:00; 6-7 09:00-12:00',
  en: 'times are written like work 08:00-18:00; 6-7 09:00-12:00',
}
export const CATEGORY_FAULT: Words = { zh: '没有以此开头的类别', en: 'no category begins so' }
export const UNTIL_FAULT: Words = { zh: '终止不能早于生效', en: 'it must not end before it begins' }

export function ruleFaults({ category, region, unit, hours, from, to }: SaidRule, known: KnownWords): RuleFault[] {
  const faults: RuleFault[] = []
  if (category !== '' && !known.begins(category)) faults.push({ column: 'category', reason: CATEGORY_FAULT })
  if (region !== '' && !known.hasRegion(region)) {
    faults.push({ column: 'region', reason: { zh: `没有区划“${region}”`, en: `there is no division "${region}"` } })
  }
  if (!known.hasUnit(unit)) faults.push({ column: 'unit', reason: { zh: `没有单位“${unit}”`, en: `there is no unit "${unit}"` } })
  if (readHours(hours) === undefined) faults.push({ column: 'hours', reason: HOURS_FAULT })
  if (from !== null && to !== null && to < from) faults.push({ column: 'to', reason: UNTIL_FAULT })
  return faults
}

/** `arterial,branch` as classes; undefined where one of them is none. */
export function readRoads(text: string): RoadClass[] | undefined {
  const roads = text.split(',').map((part) => part.trim()).filter(Boolean)
  return roads.every((road): road is RoadClass => (ROAD_CLASSES as readonly string[]).includes(road)) ? [...new Set(roads)] as RoadClass[] : undefined
}

/** Answers whether some id begins so, and remembers it: lists ask the same again and again. */
export function beginner(ids: readonly string[]): (prefix: string) => boolean {
  const sorted = [...ids].sort()
  const begun = new Map<string, boolean>()
  return (prefix) => {
    const known = begun.get(prefix) ?? sorted.some((id) => id.startsWith(prefix))
    begun.set(prefix, known)
    return known
  }
}
