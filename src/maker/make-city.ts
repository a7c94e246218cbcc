import { join } from 'node:path'
import { HISTORY_COLUMNS } from '../cases/index.ts'
import { DEMO, layCity, type City, type CityPlan } from './city.ts'
import { openWorkshop, pastCases, type HistoryPlan } from './history.ts'
import { writeCsv, writePack, type PackCounts } from './write-pack.ts'

export interface MakeOptions extends Partial<CityPlan> {
  /** Where the pack is written; made if it is not there. */
  readonly folder: string
  /** Days of past cases up to `now`; none where it is left out. */
  readonly historyDays?: number | undefined
  readonly historyCases?: number | undefined
  readonly photos?: HistoryPlan['photos'] | undefined
}

export interface MadeCity {
  readonly city: City
  readonly counts: PackCounts & { readonly history: number }
}

/** The plan of a city of any size; what is left out is as in the demo city, but for its map and its password. */
export function planOf({ seed = DEMO.seed, cells = DEMO.cells, ...rest }: Partial<CityPlan>): CityPlan {
  return {
    seed,
    cells,
    components: rest.components ?? cells * 40,
    units: rest.units ?? Math.max(DEMO.units, Math.round(cells / 8)),
    ground: rest.ground ?? 'plain',
    code: rest.code ?? DEMO.code,
    name: rest.name ?? DEMO.name,
    nameEn: rest.nameEn ?? DEMO.nameEn,
    password: rest.password ?? '',
    now: rest.now ?? new Date(),
  }
}

/** Makes a city and writes it as a city pack. The same seed, sizes and moment make the same bytes. */
export async function makeCity({ folder, historyDays = 0, historyCases, photos, ...plan }: MakeOptions): Promise<MadeCity> {
  const city = layCity(planOf(plan))
  const counts = await writePack(city, folder)
  if (historyDays === 0) return { city, counts: { ...counts, history: 0 } }

  // Taiyuan's 31,500 cells gave some 4,800 cases a day; the demo city is livelier, so that none of its pages is empty.
  const cases = historyCases ?? Math.round(historyDays * Math.max(130, city.plan.cells * 0.15))
  const rows = function* (): Generator<string[]> {
    const past = pastCases(openWorkshop(city, photos), { cases, days: historyDays })
    for (const row of past) yield HISTORY_COLUMNS.map((column) => row[column] ?? '')
  }
  const history = await writeCsv(join(folder, 'history.csv'), HISTORY_COLUMNS, rows())
  return { city, counts: { ...counts, history } }
}
