import type { Context } from '../kernel/index.ts'
import type { Lamp } from './contract.ts'
import { own, type StepRow } from './tables.ts'

const CASES_AT_ONCE = 1000

export interface HistoryPiece {
  /** Of whole cases, in the order of their numbers and of their steps. */
  readonly steps: readonly StepRow[]
  /** By number: the lamp of this moment, which is turned by time and by no step. */
  readonly lamps: ReadonlyMap<string, Lamp>
}

/** The whole history of a district, in pieces that fit into memory. */
export async function* readStepsOfDistrict(ctx: Context, district: string): AsyncGenerator<HistoryPiece> {
  for (let after = ''; ; ) {
    const rows = await own(ctx)
      .selectFrom('caseFile')
      .select(['number', 'lamp'])
      .where('district', '=', district)
      .where('number', '>', after)
      .orderBy('number')
      .limit(CASES_AT_ONCE)
      .execute()
    const last = rows.at(-1)?.number
    if (last === undefined) return
    const steps = await own(ctx)
      .selectFrom('caseStep')
      .selectAll()
      .where('district', '=', district)
      .where('number', '>', after)
      .where('number', '<=', last)
      .orderBy('number')
      .orderBy('ordinal')
      .execute()
    yield { steps, lamps: new Map(rows.map(({ number, lamp }) => [number, lamp])) }
    after = last
  }
}
