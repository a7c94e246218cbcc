// The table of responsibility (权责清单): owners by trade for every category, localities by street and district.

import { tradeOfComponent, tradeOfMatter, type Trade } from './component-plan.ts'
import type { Grid } from './grid.ts'
import type { Unit, Units } from './units.ts'

export interface Rule {
  readonly category: string
  readonly region: string
  readonly basis: 'owner' | 'locality'
  readonly unit: string
  readonly note: string
}

/** Of the 2013 catalogue the major classes are enough: no new case is filed under it. */
const TRADES_2013: Readonly<Record<string, Trade>> = {
  'c.01': 'municipal',
  'c.02': 'traffic',
  'c.03': 'sanitation',
  'c.04': 'green',
  'c.05': 'construction',
  'c.06': 'municipal',
  'm.01': 'sanitation',
  'm.02': 'enforcement',
  'm.03': 'construction',
  'm.04': 'enforcement',
  'm.05': 'municipal',
  'm.06': 'enforcement',
}

/** Matters that a street settles by itself: what is hawked, parked, hung and piled up in it. */
const ofStreet = (matter: string): boolean => /^(07|09)/.test(matter) || ['06007', '06010', '06035', '06036', '06040'].includes(matter)

export const tradeOf = (category: string): Trade | undefined => {
  const [version, kind, code = ''] = category.split('.')
  if (version !== '2026') return TRADES_2013[`${kind}.${code.slice(0, 2)}`]
  return kind === 'c' ? tradeOfComponent(code) : tradeOfMatter(code)
}

/** Who answers first: for components and their faults the owner, for other matters the locality. */
export function unitFor(units: Units, category: string, street: string): Unit {
  const [version, kind, code = ''] = category.split('.')
  if (version === '2026' && kind === 'm' && ofStreet(code)) return units.streetOf(street)
  return units.officeOf(tradeOf(category) ?? 'municipal', street.slice(0, 6))
}

export function layRules(grid: Grid, units: Units, categories: readonly string[]): Rule[] {
  const rules: Rule[] = []
  const majors = new Set(categories.filter((id) => id.startsWith('2013.')).map((id) => id.slice(0, 9)))
  for (const category of [...categories.filter((id) => id.startsWith('2026.')), ...majors]) {
    const trade = tradeOf(category)
    if (!trade) continue
    const code = category.slice(7)
    const matter = category.startsWith('2026.m.') && code >= '06'
    for (const district of grid.districts) {
      const unit = units.officeOf(trade, district.code).code
      rules.push({ category, region: district.code, basis: 'owner', unit, note: '行业主管' })
      if (matter && !ofStreet(code)) rules.push({ category, region: district.code, basis: 'locality', unit, note: '区级行业单位' })
    }
    if (!matter || !ofStreet(code)) continue
    for (const street of grid.streets) {
      rules.push({ category, region: street.code, basis: 'locality', unit: units.streetOf(street.code).code, note: '属地街道' })
    }
  }
  for (const street of grid.streets) {
    rules.push({ category: '', region: street.code, basis: 'locality', unit: units.streetOf(street.code).code, note: '属地街道' })
  }
  return rules
}
