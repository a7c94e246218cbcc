import { announce, putRows, type PackFile, type PackFault } from '../../kernel/index.ts'
import { cityLoaded } from '../events.ts'
import { ownTables } from '../tables.ts'

export interface CityRow {
  code: string
  name: { zh: string; en: string }
  center: [number, number]
  zoom?: number
  box: [number, number, number, number]
  zone?: string
  languages?: string[]
  /** The version of the catalogue that new cases are filed under. */
  catalogue: string
  /** Shipped catalogues to have beside those of `categories.csv`. */
  standardCatalogues?: string[]
  /** Whose map data these are, as their licence asks it to be shown: “© OpenStreetMap contributors”. */
  attribution?: string
}

const isText = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value)
const isTexts = (value: unknown) => value === undefined || (Array.isArray(value) && value.every((one) => isText(one, /^[\w-]+$/)))
const isDegrees = (value: unknown, count: number): value is number[] =>
  Array.isArray(value) &&
  value.length === count &&
  value.every((one, index) => Number.isFinite(one) && Math.abs(one) <= (index % 2 === 0 ? 180 : 90))

function isZone(value: unknown): boolean {
  if (value === undefined) return true
  if (typeof value !== 'string') return false
  try {
    Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

const KNOWN = ['code', 'name', 'center', 'zoom', 'box', 'zone', 'languages', 'catalogue', 'standardCatalogues', 'attribution']

function faultsOf(city: Record<string, unknown>): [string, string, string][] {
  const name = city['name'] as { zh?: unknown; en?: unknown } | undefined
  const box = city['box']
  const faults: [boolean, string, string, string][] = [
    [isText(city['code'], /^\d{6}$/), 'code', '应为 6 位区划代码', 'must be a division code of 6 digits'],
    [isText(name?.zh, /./) && isText(name?.en, /./), 'name', '应有中英文名称 {zh, en}', 'must be {zh, en}'],
    [isDegrees(city['center'], 2), 'center', '应为 [经度, 纬度]', 'must be [longitude, latitude]'],
    [
      isDegrees(box, 4) && box[0]! < box[2]! && box[1]! < box[3]!,
      'box',
      '应为 [西, 南, 东, 北]',
      'must be [west, south, east, north]',
    ],
    [city['zoom'] === undefined || (typeof city['zoom'] === 'number' && city['zoom'] >= 0), 'zoom', '应为数字', 'must be a number'],
    [isZone(city['zone']), 'zone', '应为时区名称', 'must be the name of a time zone'],
    [isTexts(city['languages']), 'languages', '应为语言代码的列表', 'must be a list of language codes'],
    [isText(city['catalogue'], /^[A-Za-z0-9-]+$/), 'catalogue', '应为目录版本', 'must be the version of a catalogue'],
    [isTexts(city['standardCatalogues']), 'standardCatalogues', '应为目录版本的列表', 'must be a list of versions'],
    [city['attribution'] === undefined || isText(city['attribution'], /./), 'attribution', '应为文字', 'must be text'],
    ...Object.keys(city)
      .filter((key) => !KNOWN.includes(key))
      .map((key): [boolean, string, string, string] => [false, key, '没有这一项', 'is not known here']),
  ]
  return faults.filter(([sound]) => !sound).map(([, column, zh, en]) => [column, zh, en])
}

export const cityFile: PackFile<CityRow> = {
  file: 'city.json',
  format: 'json',
  means: { zh: '城市概况：代码、名称、中心、范围、时区、目录版本', en: 'The city: code, name, middle, extent, time zone, catalogue' },
  check: (rows) =>
    rows.flatMap((city): PackFault[] =>
      faultsOf(city as unknown as Record<string, unknown>).map(([column, zh, en]) => ({ row: 1, column, reason: { zh, en } })),
    ),
  async load(ctx, rows) {
    await putRows(ctx, 'city', ['code'], rows.map((city) => ({ code: city.code, body: city })))
    for (const { code } of rows) announce(ctx, cityLoaded, code, { code })
  },
  async *export(ctx) {
    for (const { body } of await ownTables(ctx).selectFrom('city').select('body').orderBy('code').execute()) yield body
  },
}

/** The city of a pack that is being checked; its file stands first, but may be damaged. */
export const cityOf = (pack: ReadonlyMap<string, readonly unknown[]>) => pack.get('city.json')?.[0] as Partial<CityRow> | undefined
