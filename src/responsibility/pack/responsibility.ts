import type { PackFault, PackFile } from '../../kernel/index.ts'
import { regionCode, regionPrefix } from '../../atlas/index.ts'
import { beginner, CATEGORY_FAULT, HOURS_FAULT, readRoads, UNTIL_FAULT } from '../check-rule.ts'
import { BASES, type Basis } from '../contract.ts'
import { readHours } from '../hours.ts'
import { standingRules } from '../import-rules.ts'
import { planList, type ListedRule } from '../plan-list.ts'
import { ROAD_CLASSES } from '../roads.ts'
import { endRules, insertRules, tellOfRules } from '../write-rules.ts'

export interface ResponsibilityRow {
  category: string | null
  region: string | null
  basis: Basis
  unit: string
  note: string | null
  road: string | null
  hours: string | null
  from: string | null
  to: string | null
  number: string | null
}

const ruleOf = (row: ResponsibilityRow): ListedRule => ({
  number: row.number ?? null,
  category: row.category ?? '',
  region: regionPrefix(row.region ?? ''),
  basis: row.basis,
  roads: readRoads(row.road ?? '')!.toSorted(),
  hours: row.hours ?? '',
  unitCode: row.unit,
  note: row.note,
  from: row.from ? Date.parse(row.from) : null,
  to: row.to ? Date.parse(row.to) : null,
})

export const responsibilityFile: PackFile<ResponsibilityRow> = {
  file: 'responsibility.csv',
  format: 'csv',
  optional: true,
  means: { zh: '权责清单：哪类问题、在哪里、归谁', en: 'Who answers for which categories, and where' },
  columns: {
    category: {
      type: 'code',
      maxLength: 60,
      means: { zh: '类别或其前缀，如 2026.m.06；空为全部', en: 'A category or the beginning of several, such as 2026.m.06; none for all' },
    },
    region: { type: 'code', refers: 'divisions.csv:code', means: { zh: '区划代码；空为全市', en: 'Division; none for the whole city' } },
    basis: {
      type: 'code',
      required: true,
      oneOf: BASES,
      means: { zh: 'owner 属主（行业），locality 属地', en: 'owner: by trade; locality: by place' },
    },
    unit: { type: 'code', required: true, refers: 'units.csv:code', means: { zh: '责任单位', en: 'The unit that answers' } },
    note: { type: 'text', maxLength: 200, means: { zh: '依据', en: 'On what ground' } },
    road: {
      type: 'text',
      maxLength: 60,
      means: {
        zh: '道路等级：expressway、arterial、secondary、branch，逗号分隔；空为不限',
        en: 'Classes of the road beside it, separated by commas; none for any place',
      },
    },
    hours: {
      type: 'text',
      maxLength: 200,
      means: { zh: '时段，如 work 08:00-18:00; 6-7 09:00-12:00；空为全时段', en: 'Times at which it holds; none for always' },
    },
    from: { type: 'moment', means: { zh: '生效时刻；空为载入时', en: 'From when it holds; none for when it is loaded' } },
    to: { type: 'moment', means: { zh: '终止时刻；空为不限', en: 'Until when it holds; none for no end' } },
    number: {
      type: 'code',
      pattern: /^R-\d{4,9}$/,
      means: { zh: '规则编号；新规则留空', en: 'The number of the rule; none for a new one' },
    },
  },
  key: ['category', 'region', 'basis', 'unit', 'road', 'hours'],
  check(rows, pack) {
    const begins = beginner((pack.get('categories.csv') as { id: string }[]).map(({ id }) => id))
    return rows.flatMap((row, index): PackFault[] => {
      const faults: PackFault[] = []
      const say = (column: string, reason: PackFault['reason']) => faults.push({ row: index + 1, column, reason })
      if (row.category && !begins(row.category)) say('category', CATEGORY_FAULT)
      if (!readRoads(row.road ?? '')) {
        say('road', { zh: `应为 ${ROAD_CLASSES.join('、')} 之中的`, en: `must be some of ${ROAD_CLASSES.join(', ')}` })
      }
      if (readHours(row.hours ?? '') === undefined) say('hours', HOURS_FAULT)
      if (row.from && row.to && Date.parse(row.to) < Date.parse(row.from)) say('to', UNTIL_FAULT)
      return faults
    })
  },
  // The list is one whole: a rule that is no longer in the pack ends, one that is still in it keeps its number.
  async load(ctx, rows) {
    if (rows.length === 0) return
    const plan = planList(await standingRules(ctx), rows.map(ruleOf), true)
    const ending = new Set(plan.end.map(({ number }) => number))
    await endRules(ctx, [...ending], ctx.now)
    const added = await insertRules(
      ctx,
      plan.add.map((rule) => (rule.number !== null && ending.has(rule.number) ? { ...rule, number: null, replaces: rule.number } : rule)),
    )
    if (added.length + ending.size === 0) return
    tellOfRules(ctx, 'responsibility.list-loaded', '', added.map(({ number }) => number), { added: added.length, ended: ending.size })
  },
  async *export(ctx) {
    const rules = (await standingRules(ctx)).toSorted((a, b) => {
      const [x, y] = [a, b].map(({ category, region, basis, unitCode, number }) => [category, region, basis, unitCode, number].join('|'))
      return x! < y! ? -1 : 1
    })
    for (const { number, category, region, basis, roads, hours, unitCode, note, from, to } of rules) {
      yield {
        category: category || null,
        region: regionCode(region) || null,
        basis,
        unit: unitCode,
        note,
        road: roads.join(',') || null,
        hours: hours || null,
        from: from === null ? null : new Date(from).toISOString(),
        to: to === null ? null : new Date(to).toISOString(),
        number,
      }
    }
  },
}
