import { sql } from 'kysely'
import { boxAround, boxOf, copyInto, type Box, type Context, type PackFile, type PackRows } from '../../kernel/index.ts'
import { COMPONENT_STATES } from '../contract.ts'
import { districtOf } from '../region.ts'
import { ownTables } from '../tables.ts'
import { cityOf } from './city.ts'

export interface ComponentRow {
  code: string
  category: string
  name: string | null
  state: string
  cell: string | null
  community: string
  owner_unit: string | null
  maintainer_unit: string | null
  lng: number
  lat: number
  recorded_on: string | null
  changed_on: string | null
  source: string | null
  note: string | null
}

/** A component may stand this far outside the box of its cell: twice the loosest class of accuracy, and the width of a border. */
const STRAY_METRES = 50

type RowFault = { column: string; reason: { zh: string; en: string } }

/** A cell as its file has it; without geometry where that is a fault of its own. */
type CellDrawn = { code: string; geometry: { type: string; coordinates: never[] } | null }

function cellBoxes(pack: PackRows): Map<string, Box> {
  const boxes = new Map<string, Box>()
  for (const { code, geometry } of (pack.get('cells.geojson') ?? []) as CellDrawn[]) {
    if (!geometry) continue
    const points = geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2)
    const [west, south, east, north] = boxOf(points)
    const margin = boxAround([west, south], STRAY_METRES)
    boxes.set(code, [margin[0], margin[1], east + (west - margin[0]), north + (south - margin[1])])
  }
  return boxes
}

function checkComponents(pack: PackRows) {
  const cells = cellBoxes(pack)
  const cityBox = cityOf(pack)?.box
  return (row: ComponentRow): RowFault[] => {
    const faults: RowFault[] = []
    const say = (column: string, zh: string, en: string) => faults.push({ column, reason: { zh, en } })
    const classCode = row.category.slice(row.category.lastIndexOf('.') + 1)
    if (!/^[^.]+\.c\./.test(row.category)) say('category', '不是部件类别', 'is not a category of components')
    if (row.code.slice(6, -6) !== classCode) {
      say('code', `中段应为类别代码 ${classCode}`, `must hold the code of its category, ${classCode}, between district and number`)
    }
    if (districtOf(row.code) !== districtOf(row.community)) say('code', '应以所在区县代码开头', 'must begin with the code of its district')
    if (row.cell && !row.cell.startsWith(row.community)) {
      say('cell', `不在社区 ${row.community} 之内`, `lies outside the community ${row.community}`)
    }
    if (cityBox && (row.lng < cityBox[0] || row.lng > cityBox[2] || row.lat < cityBox[1] || row.lat > cityBox[3])) {
      say('lng', '位置在城市范围之外', 'lies outside the box of the city')
      return faults
    }
    const box = row.cell === null ? undefined : cells.get(row.cell)
    if (box && (row.lng < box[0] || row.lng > box[2] || row.lat < box[1] || row.lat > box[3])) {
      say('cell', `位置距单元网格 ${row.cell} 超过 ${STRAY_METRES} 米`, `stands more than ${STRAY_METRES} m from the cell ${row.cell}`)
    }
    return faults
  }
}

/** Columns of the table with their types, in the order in which a load sends them. */
const COLUMNS = {
  code: 'text',
  district: 'text',
  category: 'text',
  name: 'text',
  state: 'text',
  cell_code: 'text',
  community_code: 'text',
  owner_unit: 'text',
  maintainer_unit: 'text',
  position: 'point',
  recorded_on: 'date',
  changed_on: 'date',
  source: 'text',
  note: 'text',
} as const

async function* valuesOf(rows: AsyncIterable<ComponentRow>) {
  for await (const row of rows) {
    yield [
      row.code,
      districtOf(row.code),
      row.category,
      row.name,
      row.state,
      row.cell,
      row.community,
      row.owner_unit,
      row.maintainer_unit,
      [row.lng, row.lat],
      row.recorded_on,
      row.changed_on,
      row.source,
      row.note,
    ] as const
  }
}

/** Straight into the table of a new city; else by way of a table of this load alone, so that components already known are replaced. */
async function loadComponents(ctx: Context, rows: AsyncIterable<ComponentRow>): Promise<void> {
  const known = await ownTables(ctx).selectFrom('component').select('code').limit(1).executeTakeFirst()
  if (!known) {
    await copyInto(ctx, 'component', COLUMNS, valuesOf(rows))
    // Without it the first questions are planned as if the table were still empty.
    await sql`analyze component`.execute(ctx.db)
    return
  }
  await sql`create temp table component_load on commit drop as select * from component with no data`.execute(ctx.db)
  await copyInto(ctx, 'component_load', COLUMNS, valuesOf(rows))
  const changed = Object.keys(COLUMNS).filter((column) => column !== 'code' && column !== 'district')
  const list = (of: (column: string) => string, columns = Object.keys(COLUMNS)) => sql.raw(columns.map(of).join(', '))
  // A point has no "distinct from".
  const same = changed.map((column) =>
    column === 'position' ? 'c.position ~= l.position' : `c.${column} is not distinct from l.${column}`,
  )
  // What stays as it is is left out beforehand: a conflict would write to its row even where it changes nothing.
  await sql`
    insert into component (${list((column) => column)})
    select ${list((column) => `l.${column}`)}
      from component_load l
      left join component c on c.code = l.code and c.district = l.district
     where c.code is null or not (${sql.raw(same.join(' and '))})
        on conflict (code, district) do update set ${list((column) => `${column} = excluded.${column}`, changed)}`.execute(ctx.db)
}

async function* exportComponents(ctx: Context): AsyncGenerator<ComponentRow> {
  const districts = await ownTables(ctx).selectFrom('division').select('code').where('level', '=', 'district').orderBy('code').execute()
  for (const { code: district } of districts) {
    let last = ''
    for (;;) {
      const rows = await ownTables(ctx)
        .selectFrom('component')
        .selectAll()
        .where('district', '=', district)
        .where('code', '>', last)
        .orderBy('code')
        .limit(5_000)
        .execute()
      for (const row of rows) {
        yield {
          code: row.code,
          category: row.category,
          name: row.name,
          state: row.state,
          cell: row.cellCode,
          community: row.communityCode,
          owner_unit: row.ownerUnit,
          maintainer_unit: row.maintainerUnit,
          lng: row.position.x,
          lat: row.position.y,
          recorded_on: row.recordedOn,
          changed_on: row.changedOn,
          source: row.source,
          note: row.note,
        }
      }
      if (rows.length < 5_000) break
      last = rows.at(-1)!.code
    }
  }
}

export const componentsFile: PackFile<ComponentRow> = {
  file: 'components.csv',
  format: 'csv',
  optional: true,
  means: { zh: '管理部件：每一个灯杆、井盖、座椅、树木', en: 'Components: every lamp, cover, bench, tree' },
  columns: {
    code: {
      type: 'code',
      required: true,
      pattern: /^\d{6}[0-9A-Za-z]+\d{6}$/,
      maxLength: 30,
      means: { zh: '标识码：区县 6 位 + 类别 4 或 5 位 + 序号 6 位', en: 'District, class of 4 or 5 digits, number of 6 digits' },
    },
    category: {
      type: 'code',
      required: true,
      refers: 'categories.csv:id',
      means: { zh: '类别，如 2026.c.01001', en: 'Category, such as 2026.c.01001' },
    },
    name: { type: 'text', maxLength: 60, means: { zh: '名称，缺省为类别名称', en: 'Name, where it is not that of the category' } },
    state: {
      type: 'code',
      required: true,
      oneOf: COMPONENT_STATES,
      means: { zh: '状态：完好、破损、丢失、废弃、移除', en: 'State: intact, damaged, lost, abandoned, removed' },
    },
    cell: { type: 'code', refers: 'cells.geojson:code', means: { zh: '单元网格代码', en: 'Code of its cell' } },
    community: {
      type: 'code',
      required: true,
      pattern: /^\d{12}$/,
      refers: 'divisions.csv:code',
      means: { zh: '社区代码', en: 'Code of its community' },
    },
    owner_unit: { type: 'code', refers: 'units.csv:code', means: { zh: '权属单位', en: 'The unit that owns it' } },
    maintainer_unit: { type: 'code', refers: 'units.csv:code', means: { zh: '养护单位', en: 'The unit that maintains it' } },
    lng: { type: 'longitude', required: true, means: { zh: '经度，WGS84', en: 'Longitude, WGS84' } },
    lat: { type: 'latitude', required: true, means: { zh: '纬度，WGS84', en: 'Latitude, WGS84' } },
    recorded_on: { type: 'date', means: { zh: '初始日期', en: 'When it was first recorded' } },
    changed_on: { type: 'date', means: { zh: '变更日期', en: 'When it last changed' } },
    source: { type: 'text', maxLength: 60, means: { zh: '数据来源', en: 'Where the record comes from' } },
    note: { type: 'text', maxLength: 1000, means: { zh: '备注', en: 'Remark' } },
  },
  key: ['code'],
  checkEach: checkComponents,
  loadEach: loadComponents,
  export: exportComponents,
}
