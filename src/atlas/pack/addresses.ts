import { boxHolds, putRows, type Context, type PackFile } from '../../kernel/index.ts'
import { pairsOf } from '../pairs.ts'
import { districtOf } from '../region.ts'
import { ownTables } from '../tables.ts'
import { cityOf } from './city.ts'

export interface AddressRow {
  code: string
  name: string
  alias: string | null
  kind: 'door' | 'place'
  community: string
  lng: number
  lat: number
}

async function* exportAddresses(ctx: Context): AsyncGenerator<AddressRow> {
  const districts = await ownTables(ctx).selectFrom('division').select('code').where('level', '=', 'district').orderBy('code').execute()
  for (const { code: district } of districts) {
    let last = ''
    for (;;) {
      const rows = await ownTables(ctx)
        .selectFrom('address')
        .select(['code', 'name', 'alias', 'kind', 'communityCode', 'position'])
        .where('district', '=', district)
        .where('code', '>', last)
        .orderBy('code')
        .limit(5_000)
        .execute()
      for (const { code, name, alias, kind, communityCode, position } of rows) {
        yield { code, name, alias, kind, community: communityCode, lng: position.x, lat: position.y }
      }
      if (rows.length < 5_000) break
      last = rows.at(-1)!.code
    }
  }
}

export const addressesFile: PackFile<AddressRow> = {
  file: 'addresses.csv',
  format: 'csv',
  optional: true,
  means: { zh: '标准地址与地名', en: 'Addresses and names of places' },
  columns: {
    code: { type: 'code', required: true, maxLength: 40, means: { zh: '代码', en: 'Code' } },
    name: { type: 'text', required: true, maxLength: 100, means: { zh: '名称，如 中关村东路12号、书院小学', en: 'Name: a door of a road, or a place' } },
    alias: { type: 'text', maxLength: 100, means: { zh: '别名', en: 'Another name' } },
    kind: { type: 'code', required: true, oneOf: ['door', 'place'], means: { zh: 'door 门牌，place 地名', en: 'door or place' } },
    community: {
      type: 'code',
      required: true,
      pattern: /^\d{12}$/,
      refers: 'divisions.csv:code',
      means: { zh: '社区代码', en: 'Code of its community' },
    },
    lng: { type: 'longitude', required: true, means: { zh: '经度，WGS84', en: 'Longitude, WGS84' } },
    lat: { type: 'latitude', required: true, means: { zh: '纬度，WGS84', en: 'Latitude, WGS84' } },
  },
  key: ['code'],
  checkEach(pack) {
    const box = cityOf(pack)?.box
    return (row) =>
      box && !boxHolds(box, [row.lng, row.lat])
        ? [{ column: 'lng', reason: { zh: '位置在城市范围之外', en: 'lies outside the box of the city' } }]
        : []
  },
  async load(ctx, rows) {
    const addresses = rows.map(({ code, name, alias, kind, community, lng, lat }) => ({
      code,
      district: districtOf(community),
      name,
      alias,
      kind,
      communityCode: community,
      position: `(${lng},${lat})`,
      pairs: pairsOf(name, alias),
    }))
    await putRows(ctx, 'address', ['code', 'district'], addresses)
  },
  export: exportAddresses,
}
