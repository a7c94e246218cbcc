// The reasons of an answer in words. Pure.

import type { Words } from '../kernel/contract.ts'
import type { Choice } from './decide.ts'
import { sayHours } from './hours.ts'
import { ROAD_NAMES } from './roads.ts'

export interface Facts {
  readonly category: Words
  /** The street in which the place lies. */
  readonly region: Words
  /** The community across the border, where the answer is from there. */
  readonly across: Words
  readonly componentCode: string
  /** The name of the unit that is off duty. */
  readonly standsFor: Words
}

const GROUND: Readonly<Record<Choice['ground'], (facts: Facts) => Words>> = {
  precedent: ({ category }) => ({
    zh: `先例：“${category.zh}”在同类情形已定由其负责`,
    en: `Precedent: "${category.en}" was found to be its duty in a like situation`,
  }),
  'component-owner': ({ componentCode }) => ({
    zh: `部件 ${componentCode} 的权属单位（先属主后属地）`,
    en: `Owns the component ${componentCode} (owner before locality)`,
  }),
  'component-maintainer': ({ componentCode }) => ({
    zh: `部件 ${componentCode} 的养护单位（先属主后属地）`,
    en: `Maintains the component ${componentCode} (owner before locality)`,
  }),
  'owner-rule': ({ category }) => ({ zh: `权责清单：“${category.zh}”由其主管（属主）`, en: `Answers for "${category.en}" by trade (owner)` }),
  'locality-rule': ({ category, region }) => ({
    zh: `权责清单：“${category.zh}”在${region.zh}由其负责（属地）`,
    en: `Answers for "${category.en}" in ${region.en} (locality)`,
  }),
  office: ({ region }) => ({ zh: `${region.zh}的属地单位`, en: `The office of the place, ${region.en}` }),
}

/** Why this unit: the ground, the rule's number is told beside it, and whatever makes it less sure. */
export function sayWhy(choice: Choice, facts: Facts): Words {
  const { covers, standsFor, offDuty, across, atBorder, against, tied } = choice
  const place = across === null ? facts.region : facts.across
  const parts = [GROUND[choice.ground]({ ...facts, region: place })]
  if (covers.roads.length > 0) {
    const roads = covers.roads.map((road) => ROAD_NAMES[road])
    parts.push({ zh: `限${roads.map(({ zh }) => zh).join('、')}`, en: `on ${roads.map(({ en }) => en.toLowerCase()).join(', ')} only` })
  }
  if (covers.hours.length > 0) {
    const hours = sayHours(covers.hours)
    parts.push({ zh: `限${hours.zh}`, en: `${hours.en} only` })
  }
  if (standsFor !== null) parts.push({ zh: `“${facts.standsFor.zh}”不在值守时间，由其代办`, en: `stands in for ${facts.standsFor.en}, which is off duty` })
  if (offDuty) parts.push({ zh: '现不在值守时间，且无代办单位', en: 'off duty now, and nobody stands in' })
  if (across !== null) parts.push({ zh: `位置靠近边界，或在${facts.across.zh}一侧`, en: `the place is close to the border and may lie in ${facts.across.en}` })
  if (atBorder) parts.push({ zh: '位置靠近边界，另一侧由其他单位负责', en: 'the place is close to a border, beyond which another unit answers' })
  if (tied) parts.push({ zh: '另有同级规则指向其他单位', en: 'another rule of the same rank names another unit' })
  if (against !== null) parts.push({ zh: `先例 ${against} 已认定非其职责`, en: `precedent ${against} found that it is not its duty` })
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') }
}

/** 先属主后属地, 先属地后属主. */
export const sayOrder = (ownerFirst: boolean): Words =>
  ownerFirst
    ? { zh: '部件 先属主后属地', en: 'Component: owner first, then locality' }
    : { zh: '事项 先属地后属主', en: 'Matter: locality first, then owner' }
