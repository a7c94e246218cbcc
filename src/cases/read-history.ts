import type { Context } from '../kernel/index.ts'
import { own, type StepRow } from './tables.ts'

const CASES_AT_ONCE = 1000

/** The whole history of a district, case by case in the order of their numbers, in pieces of whole cases that fit into memory. */
export async function* readStepsOfDistrict(ctx: Context, district: string): AsyncGenerator<StepRow[]> {
  for (let after = ''; ; ) {
    const numbers = await own(ctx)
      .selectFrom('caseFile')
      .select('number')
      .where('district', '=', district)
      .where('number', '>', after)
      .orderBy('number')
      .limit(CASES_AT_ONCE)
      .execute()
    const last = numbers.at(-1)?.number
    if (last === undefined) return
    yield await own(ctx)
      .selectFrom('caseStep')
      .selectAll()
      .where('district', '=', district)
      .where('number', '>', after)
      .where('number', '<=', last)
      .orderBy('number')
      .orderBy('ordinal')
      .execute()
    after = last
  }
}
