// Proofs of `chengyun verify`.

import { type Check, type Context } from '../kernel/index.ts'
import { differences, foldCase } from './fold.ts'
import { lampAt, nextTurn } from './lamp.ts'
import { districtsOf } from './scope.ts'
import { own, type CaseRow, type CaseStepTable } from './tables.ts'

const AT_ONCE = 1000
/** A lamp that had to turn less than this ago may still wait for the job. */
const GRACE_MS = 60_000

/** Cases of a district in order of their numbers, in pieces that fit into memory whatever the city's size. */
async function* pieces(ctx: Context, district: string): AsyncGenerator<CaseRow[]> {
  for (let after = ''; ; ) {
    const rows = await own(ctx)
      .selectFrom('caseFile')
      .selectAll()
      .where('district', '=', district)
      .where('number', '>', after)
      .orderBy('number')
      .limit(AT_ONCE)
      .execute()
    if (rows.length > 0) yield rows
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.number
  }
}

const stepsBetween = (ctx: Context, district: string, after: string, until: string | undefined) => {
  const query = own(ctx).selectFrom('caseStep').selectAll().where('district', '=', district).where('number', '>', after)
  return (until === undefined ? query : query.where('number', '<=', until)).orderBy('number').orderBy('ordinal').execute()
}

export const casesFold: Check = {
  name: 'cases',
  proves: { zh: '案件现状与其经历逐项一致', en: 'Every case is exactly the fold of its steps' },
  async *run(ctx) {
    for (const district of await districtsOf(ctx)) {
      let after = ''
      for await (const rows of pieces(ctx, district)) {
        const until = rows.at(-1)!.number
        const steps = Map.groupBy(await stepsBetween(ctx, district, after, until), ({ number }) => number)
        for (const row of rows) {
          yield* faultsOf(row, steps.get(row.number) ?? [])
          steps.delete(row.number)
        }
        for (const number of steps.keys()) yield `cases: ${number} has steps but no row`
        after = until
      }
      for (const { number } of (await stepsBetween(ctx, district, after, undefined)).slice(0, 1)) {
        yield `cases: ${number} has steps but no row`
      }
    }
  },
}

function* faultsOf(row: CaseRow, steps: readonly CaseStepTable[]): Generator<string> {
  const folded = foldCase(steps)
  if (!folded) {
    yield `cases: ${row.number} has no steps`
    return
  }
  const gap = steps.find(({ ordinal }, i) => ordinal !== i + 1)
  if (gap) yield `cases: ${row.number} lacks a step before ${gap.ordinal}`
  const broken = steps.find(({ fromState }, i) => fromState !== (steps[i - 1]?.toState ?? null))
  if (broken) yield `cases: ${row.number}: step ${broken.ordinal} begins at ${broken.fromState}, where the case did not stand`
  const differing = differences(folded, row)
  if (differing.length > 0) yield `cases: ${row.number} differs from its steps in ${differing.join(', ')}`
}

export const lampsRight: Check = {
  name: 'lamps',
  proves: { zh: '红黄绿灯与时限一致', en: 'Every lamp shows what its deadline says' },
  async *run(ctx) {
    for (const district of await districtsOf(ctx)) {
      for await (const rows of pieces(ctx, district)) {
        for (const row of rows) {
          const waits = row.nextTurnAt !== null && +row.nextTurnAt > +ctx.now - GRACE_MS
          const right = lampAt(row, row.nextTurnAt !== null && waits && row.nextTurnAt < ctx.now ? new Date(+row.nextTurnAt - 1) : ctx.now)
          if (row.lamp !== right || +(row.nextTurnAt ?? 0) !== +(nextTurn(row, right) ?? 0)) {
            yield `lamps: ${row.number} is ${row.lamp}, and should be ${right}`
          }
        }
      }
    }
  },
}
