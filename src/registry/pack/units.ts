import { putRows, type PackFault, type PackFile } from '../../kernel/index.ts'
import { UNIT_KINDS } from '../contract.ts'
import { ownTables, type UnitTable } from '../tables.ts'
import { depthsOf, pathsOf } from '../unit-tree.ts'

export interface UnitRow {
  code: string
  parent: string | null
  kind: UnitTable['kind']
  name: string
  name_en: string | null
  credit_code: string | null
  region: string | null
  phone: string | null
}

export const unitsFile: PackFile<UnitRow> = {
  file: 'units.csv',
  format: 'csv',
  means: { zh: '单位：监督指挥中心与二、三、四级平台', en: 'Units: the centre, and levels two to four below it' },
  columns: {
    code: { type: 'code', required: true, maxLength: 30, pattern: /^[A-Za-z0-9-]+$/, means: { zh: '单位代码', en: 'Code' } },
    parent: { type: 'code', refers: 'units.csv:code', means: { zh: '上级单位；空为中心', en: 'The unit above; none for the centre' } },
    kind: { type: 'code', required: true, oneOf: UNIT_KINDS, means: { zh: '性质', en: 'Kind' } },
    name: { type: 'text', required: true, maxLength: 100, means: { zh: '名称', en: 'Name' } },
    name_en: { type: 'text', maxLength: 150, means: { zh: '英文名称', en: 'Name in English' } },
    credit_code: {
      type: 'code',
      pattern: /^[0-9A-Z]{18}$/,
      means: { zh: '统一社会信用代码 18 位', en: 'Unified social credit code of 18 letters' },
    },
    region: {
      type: 'code',
      refers: 'divisions.csv:code',
      means: { zh: '辖区的区划代码；空为全市', en: 'Division it answers for; none for the whole city' },
    },
    phone: { type: 'text', maxLength: 30, means: { zh: '电话', en: 'Telephone' } },
  },
  key: ['code'],
  check(rows) {
    const depths = depthsOf(rows)
    return rows.flatMap((row, index): PackFault[] => {
      const depth = depths.get(row.code)
      const fault = (zh: string, en: string) => [{ row: index + 1, column: 'parent', reason: { zh, en } }]
      if (depth === undefined) return fault('上下级关系成环', 'the units above it form a circle')
      return depth > 4 ? fault('单位不超过四级', 'units have at most four levels') : []
    })
  },
  async load(ctx, rows) {
    const paths = pathsOf(rows)
    const depths = depthsOf(rows)
    const units = rows.map((row) => ({
      code: row.code,
      path: paths.get(row.code)!,
      parentCode: row.parent,
      level: depths.get(row.code)!,
      kind: row.kind,
      name: row.name,
      nameEn: row.name_en,
      creditCode: row.credit_code,
      regionCode: row.region,
      phone: row.phone,
    }))
    await putRows(ctx, 'unit', ['code'], units)
  },
  async *export(ctx) {
    for (const row of await ownTables(ctx).selectFrom('unit').selectAll().orderBy('path').execute()) {
      const { code, kind, name, phone } = row
      yield { code, parent: row.parentCode, kind, name, name_en: row.nameEn, credit_code: row.creditCode, region: row.regionCode, phone }
    }
  },
}
