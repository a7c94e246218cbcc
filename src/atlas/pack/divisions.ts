import { putRows, type PackFault, type PackFile, type PolygonGeometry } from '../../kernel/index.ts'
import { levelOf, regionPrefix } from '../region.ts'
import { ownTables } from '../tables.ts'
import { cityOf } from './city.ts'

interface DivisionRow {
  code: string
  name: string
  name_en: string | null
}

/** The division above; a district of a municipality (`110105` of `110000`) skips a level of digits. */
function parentIn(city: string, code: string): string | null {
  if (code === city) return null
  return code.length === 6 ? city : code.slice(0, code.length - 3)
}

export const divisionsFile: PackFile<DivisionRow> = {
  file: 'divisions.csv',
  format: 'csv',
  means: { zh: '行政区划：市、区县、街道（镇）、社区（村）', en: 'Divisions: the city, districts, streets, communities' },
  columns: {
    code: {
      type: 'code',
      required: true,
      pattern: /^(\d{6}|\d{9}|\d{12})$/,
      means: { zh: '区划代码：市、区县 6 位，街道 9 位，社区 12 位', en: 'Code: city and district 6 digits, street 9, community 12' },
    },
    name: { type: 'text', required: true, maxLength: 60, means: { zh: '名称', en: 'Name' } },
    name_en: { type: 'text', maxLength: 100, means: { zh: '英文名称', en: 'Name in English' } },
  },
  key: ['code'],
  check(rows, pack) {
    if (rows.length === 0) return []
    const city = cityOf(pack)?.code ?? ''
    const codes = new Set(rows.map((row) => row.code))
    const faults = rows.flatMap((row, index): PackFault[] => {
      const parent = parentIn(city, row.code)
      if (!row.code.startsWith(regionPrefix(city))) {
        return [{ row: index + 1, column: 'code', reason: { zh: `不在城市 ${city} 之内`, en: `does not belong to the city ${city}` } }]
      }
      if (parent === null || codes.has(parent)) return []
      return [{ row: index + 1, column: 'code', reason: { zh: `缺少上级区划 ${parent}`, en: `its parent ${parent} is missing` } }]
    })
    if (city && !codes.has(city)) {
      faults.push({ row: 1, column: 'code', reason: { zh: `缺少城市本身 ${city}`, en: `the city ${city} itself is missing` } })
    }
    return faults
  },
  async load(ctx, rows) {
    const city = await ownTables(ctx).selectFrom('city').select('code').execute()
    const inOrder = [...rows].sort((a, b) => a.code.length - b.code.length)
    await putRows(
      ctx,
      'division',
      ['code'],
      inOrder.map(({ code, name, name_en }) => {
        const own = city.find((one) => code.startsWith(regionPrefix(one.code)))?.code ?? ''
        return { code, name, nameEn: name_en, level: code === own ? 'city' : levelOf(code), parentCode: parentIn(own, code) }
      }),
    )
  },
  async *export(ctx) {
    const rows = await ownTables(ctx).selectFrom('division').select(['code', 'name', 'nameEn']).orderBy('code').execute()
    for (const { code, name, nameEn } of rows) yield { code, name, name_en: nameEn }
  },
}

interface DivisionShapeRow {
  code: string
  geometry: PolygonGeometry
}

export const divisionShapesFile: PackFile<DivisionShapeRow> = {
  file: 'divisions.geojson',
  format: 'geojson',
  optional: true,
  means: { zh: '行政区划的边界', en: 'Borders of the divisions' },
  geometry: 'Polygon',
  columns: {
    code: { type: 'code', required: true, refers: 'divisions.csv:code', means: { zh: '区划代码', en: 'Code of the division' } },
  },
  key: ['code'],
  async load(ctx, rows) {
    for (const { code, geometry } of rows) {
      await ownTables(ctx).updateTable('division').set({ geometry }).where('code', '=', code).execute()
    }
  },
  async *export(ctx) {
    const rows = ownTables(ctx).selectFrom('division').select(['code', 'geometry']).where('geometry', 'is not', null).orderBy('code')
    for (const { code, geometry } of await rows.execute()) yield { code, geometry: geometry! }
  },
}
