import { areaSquareMetres, putRows, type PackFault, type PackFile, type PolygonGeometry } from '../../kernel/index.ts'
import { GRADES, type Grade } from '../contract.ts'
import { ownTables } from '../tables.ts'

interface BeatRow {
  code: string
  name: string
  street: string
}

export const beatsFile: PackFile<BeatRow> = {
  file: 'beats.csv',
  format: 'csv',
  optional: true,
  means: { zh: '责任网格：一名采集员巡查的一组单元网格', en: 'Beats: the cells that one collector walks' },
  columns: {
    code: {
      type: 'code',
      required: true,
      maxLength: 30,
      means: { zh: '代码，如 R + 街道 9 位 + 序号 3 位', en: 'Code, such as R + street + 3 digits' },
    },
    name: { type: 'text', required: true, maxLength: 60, means: { zh: '名称', en: 'Name' } },
    street: { type: 'code', required: true, refers: 'divisions.csv:code', means: { zh: '所在街道代码', en: 'Code of its street' } },
  },
  key: ['code'],
  async load(ctx, rows) {
    await putRows(ctx, 'beat', ['code'], rows.map(({ code, name, street }) => ({ code, name, streetCode: street })))
  },
  async *export(ctx) {
    for (const { code, name, streetCode } of await ownTables(ctx).selectFrom('beat').selectAll().orderBy('code').execute()) {
      yield { code, name, street: streetCode }
    }
  },
}

interface CellRow {
  code: string
  beat: string | null
  grade: Grade
  geometry: PolygonGeometry
}

/** A cell is about 10,000 m² (万米单元网格); a tenth and fifty times of it are taken for a mistake, such as metres or swapped axes. */
const SMALLEST = 1_000
const LARGEST = 500_000

const areaOf = (shape: PolygonGeometry): number =>
  shape.type === 'Polygon'
    ? areaSquareMetres(shape.coordinates)
    : shape.coordinates.reduce((sum, rings) => sum + areaSquareMetres(rings), 0)

export const cellsFile: PackFile<CellRow> = {
  file: 'cells.geojson',
  format: 'geojson',
  optional: true,
  means: { zh: '单元网格，约 10,000 平方米，不跨社区', en: 'Cells of about 10,000 m² that cross no community border' },
  geometry: 'Polygon',
  columns: {
    code: {
      type: 'code',
      required: true,
      pattern: /^\d{15}$/,
      means: { zh: '代码 15 位：社区 12 位 + 序号 3 位', en: 'Code of 15 digits: its community and 3 digits' },
    },
    beat: { type: 'code', refers: 'beats.csv:code', means: { zh: '责任网格代码', en: 'Code of its beat' } },
    grade: { type: 'code', required: true, oneOf: GRADES, means: { zh: '区域等级', en: 'Area grade' } },
  },
  key: ['code'],
  check(rows, pack) {
    const communities = new Set((pack.get('divisions.csv') as { code: string }[] | undefined)?.map((row) => row.code))
    return rows.flatMap((row, index): PackFault[] => {
      const faults: PackFault[] = []
      const community = row.code.slice(0, 12)
      if (!communities.has(community)) {
        faults.push({ row: index + 1, column: 'code', reason: { zh: `没有社区 ${community}`, en: `there is no community ${community}` } })
      }
      const area = Math.round(areaOf(row.geometry))
      if (area < SMALLEST || area > LARGEST) {
        const zh = `面积 ${area} 平方米，不在 ${SMALLEST} 至 ${LARGEST} 之间`
        const en = `its ${area} m² are not between ${SMALLEST} and ${LARGEST}`
        faults.push({ row: index + 1, column: 'geometry', reason: { zh, en } })
      }
      return faults
    })
  },
  async load(ctx, rows) {
    const cells = rows.map(({ beat, ...cell }) => ({ ...cell, communityCode: cell.code.slice(0, 12), beatCode: beat }))
    await putRows(ctx, 'cell', ['code'], cells)
  },
  async *export(ctx) {
    let last = ''
    for (;;) {
      const rows = await ownTables(ctx).selectFrom('cell').selectAll().where('code', '>', last).orderBy('code').limit(2_000).execute()
      for (const { code, beatCode, grade, geometry } of rows) yield { code, beat: beatCode, grade, geometry }
      if (rows.length < 2_000) return
      last = rows.at(-1)!.code
    }
  },
}
