import type { PackFault, PackFile } from '../../kernel/index.ts'
import { ownTables, type Basis } from '../tables.ts'

export interface ResponsibilityRow {
  category: string | null
  region: string | null
  basis: Basis
  unit: string
  note: string | null
}

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
      oneOf: ['owner', 'locality'],
      means: { zh: 'owner 属主（行业），locality 属地', en: 'owner: by trade; locality: by place' },
    },
    unit: { type: 'code', required: true, refers: 'units.csv:code', means: { zh: '责任单位', en: 'The unit that answers' } },
    note: { type: 'text', maxLength: 200, means: { zh: '依据', en: 'On what ground' } },
  },
  key: ['category', 'region', 'basis', 'unit'],
  check(rows, pack) {
    const ids = (pack.get('categories.csv') as { id: string }[]).map((row) => row.id).sort()
    const begun = new Map<string, boolean>()
    const begins = (prefix: string) => {
      const known = begun.get(prefix) ?? ids.some((id) => id.startsWith(prefix))
      begun.set(prefix, known)
      return known
    }
    return rows.flatMap((row, index): PackFault[] =>
      !row.category || begins(row.category)
        ? []
        : [{ row: index + 1, column: 'category', reason: { zh: '没有以此开头的类别', en: 'no category begins so' } }],
    )
  },
  // The list is one whole: a rule that is no longer in the pack no longer holds.
  async load(ctx, rows) {
    if (rows.length === 0) return
    await ownTables(ctx).deleteFrom('responsibility').execute()
    const rules = rows.map(({ category, region, basis, unit, note }) => {
      return { category: category ?? '', region: region ?? '', basis, unitCode: unit, note }
    })
    for (let from = 0; from < rules.length; from += 1_000) {
      await ownTables(ctx).insertInto('responsibility').values(rules.slice(from, from + 1_000)).execute()
    }
  },
  async *export(ctx) {
    const rows = ownTables(ctx)
      .selectFrom('responsibility')
      .selectAll()
      .orderBy('category')
      .orderBy('region')
      .orderBy('basis')
      .orderBy('unitCode')
    for (const { category, region, basis, unitCode, note } of await rows.execute()) {
      yield { category: category || null, region: region || null, basis, unit: unitCode, note }
    }
  },
}
