// Proofs of `chengyun verify`.

import { type Check, type Context } from '../kernel/index.ts'
import { differences, foldCase } from './fold.ts'
import { lampAt, nextTurn } from './lamp.ts'
import { districtsOf } from './scope.ts'
import { own, type CaseRow, type CaseStepTable, type ProceedingRow } from './tables.ts'

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

/** Proceedings and parts against the cases they belong to: what is marked as open is open, and every beginning and end is a step. */
export const proceedingsRight: Check = {
  name: 'proceedings',
  proves: { zh: '程序台账与案件经历一致', en: 'Every proceeding begins and ends with a step of its case' },
  async *run(ctx) {
    for (const district of await districtsOf(ctx)) {
      for (let after = ''; ; ) {
        const rows = await own(ctx)
          .selectFrom('caseProceeding')
          .selectAll()
          .where('district', '=', district)
          .where('number', '>', after)
          .orderBy('number')
          .limit(AT_ONCE)
          .execute()
        if (rows.length === 0) break
        // The last number may go on in the next piece, and is left to it whole.
        const last = rows.at(-1)!.number
        const whole = rows.length < AT_ONCE || last === rows[0]!.number ? rows : rows.filter(({ number }) => number !== last)
        yield* proceedingFaults(ctx, district, whole)
        after = whole.at(-1)!.number
        if (rows.length < AT_ONCE) break
      }
    }
  },
}

async function* proceedingFaults(ctx: Context, district: string, rows: readonly ProceedingRow[]): AsyncGenerator<string> {
  const numbers = [...new Set(rows.map(({ number }) => number))]
  const cases = await own(ctx).selectFrom('caseFile').select(['number', 'asked']).where('district', '=', district).where('number', 'in', numbers).execute()
  const steps = await own(ctx)
    .selectFrom('caseStep')
    .select(['number', 'ordinal', 'step'])
    .where('district', '=', district)
    .where('number', 'in', numbers)
    .execute()
  const stepAt = new Map(steps.map(({ number, ordinal, step }) => [`${number}.${ordinal}`, step]))
  for (const { number, kind, openedOrdinal, endedAt, endedOrdinal } of rows) {
    if (stepAt.get(`${number}.${openedOrdinal}`) !== `${kind}.open`) yield `proceedings: ${number} has a ${kind} that no step opened`
    if (endedAt !== null && !stepAt.has(`${number}.${endedOrdinal}`)) yield `proceedings: ${number} has a ${kind} that no step ended`
  }
  for (const { number, asked } of cases) {
    const open = [...new Set(rows.filter((row) => row.number === number && row.endedAt === null).map(({ kind }) => kind))].toSorted()
    if (open.join() !== asked.toSorted().join()) yield `proceedings: ${number} is marked with ${asked.join()} and has open ${open.join()}`
  }
}
