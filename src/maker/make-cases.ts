import { beginImport, takeBatch, type SourceRow } from '../cases/index.ts'
import { systemActor, type Kernel } from '../kernel/index.ts'
import { layCity, type CityPlan } from './city.ts'
import { openWorkshop, pastCases } from './history.ts'

export interface CasesPlan {
  /** The plan by which the loaded city was made. */
  readonly city: CityPlan
  readonly cases: number
  readonly days: number
  readonly atOnce?: number
  readonly onProgress?: (made: number) => void
}

/**
 * Fills a database that holds a made city with past cases, as many millions as wished, through the importer's binary COPY.
 * A batch is a transaction; only one is in memory. Returns how many were taken.
 */
export async function makeCases(kernel: Kernel, { city, cases, days, atOnce = 4_000, onProgress }: CasesPlan): Promise<number> {
  const run = beginImport('maker')
  let made = 0
  let piece: SourceRow[] = []
  const take = async (): Promise<void> => {
    const rows = piece
    piece = []
    const { taken, refused } = await kernel.transact({ actor: systemActor }, (ctx) => takeBatch(ctx, run, rows))
    if (refused[0]) throw new Error(`the made case ${refused[0].line} was refused: ${refused[0].faults[0]?.column}`)
    made += taken
    onProgress?.(made)
  }
  let line = 0
  for (const row of pastCases(openWorkshop(layCity(city)), { cases, days })) {
    piece.push({ line: ++line, row })
    if (piece.length === atOnce) await take()
  }
  if (piece.length > 0) await take()
  return made
}
