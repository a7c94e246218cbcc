import type { Context } from '../../kernel/index.ts'
import { own, type StepRow } from '../tables.ts'

const CASES_AT_ONCE = 500

/** The steps of one batch of past cases in one district, case by case, in pieces of whole cases that fit into memory. */
export async function* readStepsOfImport(ctx: Context, { batch, district }: { batch: string; district: string }): AsyncGenerator<StepRow[]> {
  for (let after = ''; ; ) {
    const numbers = await own(ctx)
      .selectFrom('caseOrigin')
      .select('number')
      .where('batch', '=', batch)
      .where('district', '=', district)
      .where('number', '>', after)
      .orderBy('number')
      .limit(CASES_AT_ONCE)
      .execute()
    if (numbers.length === 0) return
    const steps = await own(ctx)
      .selectFrom('caseStep')
      .selectAll()
      .where('district', '=', district)
      .where('number', 'in', numbers.map(({ number }) => number))
      .orderBy('number')
      .orderBy('ordinal')
      .execute()
    yield steps
    if (numbers.length < CASES_AT_ONCE) return
    after = numbers.at(-1)!.number
  }
}
