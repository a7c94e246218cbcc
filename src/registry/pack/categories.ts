import { putRows, type PackFault, type PackFile, type PackRows } from '../../kernel/index.ts'
import type { CityRow } from '../../atlas/index.ts'
import { categoryParts, CODE_LENGTHS, conditionId, LIMIT_UNITS, type LimitUnit } from '../catalogue.ts'
import { SHIPPED, shippedCategories, shippedLimits } from '../catalogues/shipped.ts'
import { ownTables } from '../tables.ts'

export interface CategoryRow {
  id: string
  name: string
  name_en: string | null
  major_name: string
  major_name_en: string | null
  geometry: 'point' | 'line' | 'polygon' | null
  component: string | null
  legacy: string | null
  source: string | null
  standard?: true
}

const wanted = (pack: PackRows): string[] => {
  const named = (pack.get('city.json')?.[0] as Partial<CityRow> | undefined)?.standardCatalogues
  return Array.isArray(named) ? named.filter((set) => SHIPPED.includes(set)) : []
}

function checkCategory(row: CategoryRow): [column: string, zh: string, en: string] | undefined {
  const parts = categoryParts(row.id)
  if (!parts) return ['id', '应为 版本.c.代码 或 版本.m.代码', 'must be version.c.code or version.m.code']
  const digits = CODE_LENGTHS[parts.version]
  if (digits !== undefined && !new RegExp(`^\\d{${digits}}$`).test(parts.code)) {
    return ['id', `${parts.version} 版的代码应为 ${digits} 位数字`, `codes of the version ${parts.version} have ${digits} digits`]
  }
  if (parts.kind === 'component' && !row.geometry) return ['geometry', '部件类别须有几何类型', 'a class of components needs a geometry']
  return undefined
}

export const categoriesFile: PackFile<CategoryRow> = {
  file: 'categories.csv',
  format: 'csv',
  optional: true,
  means: {
    zh: '部件与事项目录，加在 city.json 所列标准目录之上',
    en: 'Categories of components and matters, beside the shipped catalogues that city.json names',
  },
  columns: {
    id: {
      type: 'code',
      required: true,
      maxLength: 60,
      means: { zh: '版本.c（部件）或 m（事项）.代码，如 2026.m.01001', en: 'version.c (component) or m (matter).code, such as 2026.m.01001' },
    },
    name: { type: 'text', required: true, maxLength: 60, means: { zh: '小类名称', en: 'Name' } },
    name_en: { type: 'text', maxLength: 100, means: { zh: '英文名称', en: 'Name in English' } },
    major_name: { type: 'text', required: true, maxLength: 60, means: { zh: '大类名称', en: 'Name of its major class' } },
    major_name_en: { type: 'text', maxLength: 100, means: { zh: '大类英文名称', en: 'The same in English' } },
    geometry: { type: 'code', oneOf: ['point', 'line', 'polygon'], means: { zh: '部件的几何类型', en: 'How such a component lies on the map' } },
    component: {
      type: 'code',
      refers: 'categories.csv:id',
      means: { zh: '“…异常”事项所指的部件类别', en: 'Of a matter, the class of component it is about' },
    },
    legacy: { type: 'code', maxLength: 60, means: { zh: '旧版目录的类别', en: 'The same category in the catalogue before' } },
    source: { type: 'text', maxLength: 500, means: { zh: '出处', en: 'Where it comes from' } },
  },
  key: ['id'],
  given: (pack) => wanted(pack).flatMap(shippedCategories),
  check(rows, pack) {
    const faults = rows.flatMap((row, index): PackFault[] => {
      const [column, zh, en] = checkCategory(row) ?? []
      return column ? [{ row: index + 1, column, reason: { zh: zh!, en: en! } }] : []
    })
    const all = pack.get('categories.csv') as CategoryRow[]
    const inUse = (pack.get('city.json')?.[0] as Partial<CityRow> | undefined)?.catalogue
    if (inUse && !all.some((row) => row.id?.startsWith(`${inUse}.`))) {
      const reason = { zh: `目录版本 ${inUse} 没有任何类别`, en: `the catalogue ${inUse} that city.json puts in use has no categories` }
      faults.push({ row: 1, column: 'id', reason })
    }
    return faults
  },
  async load(ctx, rows) {
    const categories = rows.map((row) => {
      const { version, kind, code } = categoryParts(row.id)!
      const { id, name, geometry, component, legacy, source } = row
      const words = { name, nameEn: row.name_en, majorName: row.major_name, majorNameEn: row.major_name_en }
      return { id, version, kind, code, ...words, geometry, component, legacy, standard: row.standard === true, source }
    })
    await putRows(ctx, 'category', ['id'], categories)
  },
  async *export(ctx) {
    for (const row of await ownTables(ctx).selectFrom('category').selectAll().where('standard', '=', false).orderBy('id').execute()) {
      const { id, name, geometry, component, legacy, source } = row
      const words = { name, name_en: row.nameEn, major_name: row.majorName, major_name_en: row.majorNameEn }
      yield { id, ...words, geometry, component, legacy, source }
    }
  },
}

export interface LimitRow {
  category: string
  ordinal: number
  condition: string
  condition_en: string | null
  closing: string
  closing_en: string | null
  limit_a: number
  unit_a: LimitUnit
  limit_b: number
  unit_b: LimitUnit
  limit_c: number
  unit_c: LimitUnit
  source: string | null
  standard?: true
}

const limitColumns = (grade: 'a' | 'b' | 'c') =>
  ({
    [`limit_${grade}`]: {
      type: 'number',
      required: true,
      means: { zh: `${grade.toUpperCase()} 级区域的时限`, en: `Limit in areas of grade ${grade.toUpperCase()}` },
    },
    [`unit_${grade}`]: { type: 'code', required: true, oneOf: LIMIT_UNITS, means: { zh: '时限单位', en: 'Its clock' } },
  }) as const

export const limitsFile: PackFile<LimitRow> = {
  file: 'limits.csv',
  format: 'csv',
  optional: true,
  means: { zh: '立案条件、处置时限、结案条件', en: 'Filing conditions with their limits and closing conditions' },
  columns: {
    category: { type: 'code', required: true, refers: 'categories.csv:id', means: { zh: '类别', en: 'Category' } },
    ordinal: { type: 'integer', required: true, means: { zh: '类别内的序号，从 1 起', en: 'Number within the category, from 1' } },
    condition: { type: 'text', required: true, maxLength: 200, means: { zh: '立案条件', en: 'Filing condition' } },
    condition_en: { type: 'text', maxLength: 300, means: { zh: '英文', en: 'The same in English' } },
    closing: { type: 'text', required: true, maxLength: 200, means: { zh: '结案条件', en: 'Closing condition' } },
    closing_en: { type: 'text', maxLength: 300, means: { zh: '英文', en: 'The same in English' } },
    ...limitColumns('a'),
    ...limitColumns('b'),
    ...limitColumns('c'),
    source: { type: 'text', maxLength: 500, means: { zh: '出处', en: 'Where it comes from' } },
  },
  key: ['category', 'ordinal'],
  given: (pack) => wanted(pack).flatMap(shippedLimits),
  check: (rows) =>
    rows.flatMap((row, index) => {
      const faults: PackFault[] = []
      const say = (column: string, zh: string, en: string) => faults.push({ row: index + 1, column, reason: { zh, en } })
      if (!(row.ordinal >= 1 && row.ordinal <= 99)) say('ordinal', '应在 1 至 99 之间', 'must lie between 1 and 99')
      for (const column of ['limit_a', 'limit_b', 'limit_c'] as const) {
        if (!(row[column] > 0 && row[column] <= 10_000)) say(column, '应大于 0 且不超过 10000', 'must be above 0 and at most 10,000')
      }
      return faults
    }),
  async load(ctx, rows) {
    const conditions = rows.map((row) => ({
      id: conditionId(row.category, row.ordinal),
      category: row.category,
      ordinal: row.ordinal,
      condition: row.condition,
      conditionEn: row.condition_en,
      closing: row.closing,
      closingEn: row.closing_en,
      limitA: row.limit_a,
      unitA: row.unit_a,
      limitB: row.limit_b,
      unitB: row.unit_b,
      limitC: row.limit_c,
      unitC: row.unit_c,
      standard: row.standard === true,
      source: row.source,
    }))
    await putRows(ctx, 'filing_condition', ['id'], conditions)
  },
  async *export(ctx) {
    const rows = ownTables(ctx).selectFrom('filingCondition').selectAll().where('standard', '=', false).orderBy('id')
    for (const row of await rows.execute()) {
      yield {
        category: row.category,
        ordinal: row.ordinal,
        condition: row.condition,
        condition_en: row.conditionEn,
        closing: row.closing,
        closing_en: row.closingEn,
        limit_a: row.limitA,
        unit_a: row.unitA,
        limit_b: row.limitB,
        unit_b: row.unitB,
        limit_c: row.limitC,
        unit_c: row.unitC,
        source: row.source,
      }
    }
  },
}
