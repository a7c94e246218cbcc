// A city of two cells, four units and four people, as a pack for tests.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Context, PackFile } from '../../kernel/index.ts'
import { atlas } from '../../atlas/index.ts'
import { registry } from '../room.ts'

export const packFiles: readonly PackFile[] = [...atlas.pack, ...registry.pack]

const cell = (number: number, west: number) => {
  const [east, south, north] = [west + 0.0012, 40, 40.0009]
  const coordinates = [[west, south], [east, south], [east, north], [west, north], [west, south]]
  const properties = { code: `99990300100100${number}`, beat: 'R999903001001', grade: 'A' }
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [coordinates] } }
}

const lines = (...rows: string[]) => `${rows.join('\n')}\n`

export const SMALL_PACK: Readonly<Record<string, string>> = {
  'city.json': JSON.stringify({
    code: '999900',
    name: { zh: '示范市', en: 'Demo City' },
    center: [116.311, 40.0005],
    box: [116.3, 39.98, 116.34, 40.02],
    catalogue: '2026',
    standardCatalogues: ['2013', '2026'],
  }),
  'divisions.csv': lines(
    'code,name,name_en',
    '999900,示范市,Demo City',
    '999903,学院区,Xueyuan',
    '999903001,书院街道,Shuyuan',
    '999903001001,书院社区,',
  ),
  'beats.csv': lines('code,name,street', 'R999903001001,书院一,999903001'),
  'cells.geojson': JSON.stringify({ type: 'FeatureCollection', features: [cell(1, 116.31), cell(2, 116.3112)] }),
  'components.csv': lines(
    'code,category,state,cell,community,owner_unit,maintainer_unit,lng,lat,recorded_on,note',
    '99990301001000001,2026.c.01001,intact,999903001001001,999903001001,U01,T01,116.3105,40.0003,2024-01-01,"三孔，""重型"""',
    '99990302001000001,2026.c.02001,damaged,999903001001002,999903001001,,,116.3115,40.0003,,',
  ),
  'addresses.csv': lines('code,name,alias,kind,community,lng,lat', 'A1,中关村东路12号,,door,999903001001,116.3106,40.0004'),
  'units.csv': lines(
    'code,parent,kind,name,name_en,credit_code,region,phone',
    'C01,,centre,监督指挥中心,Command centre,,,',
    'U01,C01,department,水务局,Water bureau,12345678901234567X,,010-1',
    'T01,U01,team,水务养护一队,,,999903,',
    'S01,C01,street,书院街道办事处,Shuyuan office,,999903001,',
  ),
  'people.csv': lines(
    'account,name,phone,unit,beat,role,scope_region,scope_unit,scope_category,password',
    'li.wei,李伟,,C01,,operator,999900,,,',
    'li.wei,李伟,,C01,,dispatcher,999903,,2026.m,',
    'wang.fang,王芳,13800000001,C01,R999903001001,collector,999903001,,,',
    'zhao.lei,赵磊,13800000002,C01,,collector,999903001,,,',
    'chen.jie,陈杰,,T01,,handler,,U01,,',
    'sun.li,孙丽,,S01,,,,,,',
  ),
  'categories.csv': lines('id,name,major_name,geometry', '2026.c.01999,智慧座椅,市政公用设施,point', '2026.m.06999,占道钓鱼,市容环境类,'),
  'limits.csv': lines(
    'category,ordinal,condition,closing,limit_a,unit_a,limit_b,unit_b,limit_c,unit_c',
    '2026.c.01999,1,损坏,已修复,2,urgent_hour,4,work_hour,1.5,work_day',
  ),
  'calendar.json': JSON.stringify({
    hours: [['08:00', '12:00'], ['14:00', '18:00']],
    holidays: 'CN',
    days: [{ date: '2026-06-11', off: true }],
  }),
  'dictionary.csv': lines('name,code,ordinal,word,word_en', 'source,drone,20,无人机,Drone', 'source,public,3,市民,Citizen'),
}

/** A folder that is gone after the test. */
export async function inFolder<T>(files: Readonly<Record<string, string | null>>, body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'))
  try {
    for (const [name, content] of Object.entries(files)) if (content !== null) writeFileSync(join(folder, name), content)
    return await body(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Takes away the city that is there; the accounts stay. */
export async function leaveNoCity(ctx: Context): Promise<void> {
  const tables = [...Object.keys(atlas.tables), ...Object.keys(registry.tables)]
  for (const table of tables.toReversed()) await sql`delete from ${sql.table(table)}`.execute(ctx.db)
}
