// Which units may be asked to act, and why. Components: the owner first, then the locality (先属主后属地); matters: the locality first,
// then the owner (先属地后属主). Pure.

import type { Words } from '../kernel/contract.ts'
import type { CategoryKind } from './catalogue.ts'

export interface Rule {
  /** Beginning of the categories it covers; '' for all. */
  readonly category: string
  /** Prefix of the regions it covers; '' for the whole city. */
  readonly region: string
  readonly basis: 'owner' | 'locality'
  readonly unitCode: string
}

export interface Question {
  readonly kind: CategoryKind
  readonly category: string
  /** The community in which it lies. */
  readonly region: string
  readonly component?: { readonly code: string; readonly ownerUnit: string | null; readonly maintainerUnit: string | null } | undefined
  readonly rules: readonly Rule[]
  /** Street and district offices around the place, the nearest first; asked where no rule speaks of the locality. */
  readonly offices: readonly string[]
}

export interface Choice {
  readonly unitCode: string
  readonly ground: 'component-owner' | 'component-maintainer' | 'owner-rule' | 'locality-rule' | 'office'
}

const MOST = 3

/** Rules that cover the question, the closest first: a smaller class before a larger, then a smaller region before a larger. */
export const rulesFor = (rules: readonly Rule[], basis: Rule['basis'], category: string, region: string): Rule[] =>
  rules
    .filter((rule) => rule.basis === basis && category.startsWith(rule.category) && region.startsWith(rule.region))
    .toSorted((a, b) => b.category.length - a.category.length || b.region.length - a.region.length || a.unitCode.localeCompare(b.unitCode))

/** One to three different units, the best first; none only where nobody answers for the place at all. */
export function choose({ kind, category, region, component, rules, offices }: Question): Choice[] {
  const own: Choice[] = [
    { unitCode: component?.ownerUnit ?? '', ground: 'component-owner' },
    { unitCode: component?.maintainerUnit ?? '', ground: 'component-maintainer' },
  ]
  const byTrade = rulesFor(rules, 'owner', category, region).map((rule): Choice => ({ unitCode: rule.unitCode, ground: 'owner-rule' }))
  const byRule = rulesFor(rules, 'locality', category, region).map((rule): Choice => ({ unitCode: rule.unitCode, ground: 'locality-rule' }))
  const byPlace = byRule.length > 0 ? byRule : offices.map((unitCode): Choice => ({ unitCode, ground: 'office' }))

  // The first of each kind of ground goes before the second of any, so that the three differ in their reasons.
  const ownerFirst = kind === 'component' || component !== undefined
  const heads = ownerFirst ? [...own, byTrade[0], byPlace[0]] : [byPlace[0], byTrade[0]]
  const tails = ownerFirst ? [...byTrade.slice(1), ...byPlace.slice(1)] : [...byPlace.slice(1), ...byTrade.slice(1)]
  const chosen = new Map<string, Choice>()
  for (const choice of [...heads, ...tails]) {
    if (choice && choice.unitCode !== '' && !chosen.has(choice.unitCode)) chosen.set(choice.unitCode, choice)
  }
  return [...chosen.values()].slice(0, MOST)
}

export interface Facts {
  readonly category: Words
  readonly region: Words
  readonly componentCode: string
}

/** The reason in words. */
export function sayWhy(ground: Choice['ground'], { category, region, componentCode }: Facts): Words {
  switch (ground) {
    case 'component-owner':
      return { zh: `部件 ${componentCode} 的权属单位（先属主后属地）`, en: `Owns the component ${componentCode} (owner before locality)` }
    case 'component-maintainer':
      return { zh: `部件 ${componentCode} 的养护单位（先属主后属地）`, en: `Maintains the component ${componentCode} (owner before locality)` }
    case 'owner-rule':
      return { zh: `权责清单：“${category.zh}”由其主管（属主）`, en: `Answers for "${category.en}" by trade (owner)` }
    case 'locality-rule':
      return { zh: `权责清单：“${category.zh}”在${region.zh}由其负责（属地）`, en: `Answers for "${category.en}" in ${region.en} (locality)` }
    case 'office':
      return { zh: `${region.zh}的属地单位`, en: `The office of the place, ${region.en}` }
  }
}
