// Figures of the desk, from counters that are kept up call by call.

import { sql } from 'kysely'
import { findDivisions, getCityFacts, regionPrefix } from '../../atlas/index.ts'
import { addDays, holds, wallDay, type Check, type Context } from '../../kernel/index.ts'
import { findPerson } from '../../registry/index.ts'
import { CALL_RESULTS, IN_TIME_MS, type CallResult, type Figures } from './contract.ts'
import { own } from './tables.ts'

const results = (given: Partial<Record<string, number>> = {}): Record<CallResult, number> =>
  Object.fromEntries(CALL_RESULTS.map((result) => [result, given[result] ?? 0])) as Record<CallResult, number>

const zero = (): Figures => ({ rang: 0, answered: 0, inTime: 0, waitMs: 0, talkMs: 0, results: results() })

type Tally = Omit<Figures, 'results'> & { results: Record<string, number> }

function sum(rows: readonly Tally[]): Figures {
  const total = zero()
  for (const row of rows) {
    for (const name of ['rang', 'answered', 'inTime', 'waitMs', 'talkMs'] as const) total[name] += Number(row[name])
    for (const result of CALL_RESULTS) total.results[result] += row.results[result] ?? 0
  }
  return total
}

/** The desks whose calls the caller sees by `permit`: that of the city and those of districts. */
export async function desksOf(ctx: Context, permit: string): Promise<string[]> {
  const { code } = await getCityFacts(ctx)
  const districts = await findDivisions(ctx, { level: 'district' })
  return [code, ...districts.map((each) => each.code)].filter((each) => holds(ctx, permit, { region: regionPrefix(each) }))
}

async function talliesOf(ctx: Context, permit: string, from: string, to: string) {
  const desks = await desksOf(ctx, permit)
  if (desks.length === 0) return []
  return own(ctx).selectFrom('callTally').selectAll().where('district', 'in', desks).where('day', '>=', from).where('day', '<=', to).orderBy('day').execute()
}

export async function figuresOfToday(ctx: Context): Promise<Figures> {
  const { zone } = await getCityFacts(ctx)
  const today = wallDay(ctx.now, zone)
  return sum(await talliesOf(ctx, 'hotline.desk', today, today))
}

const MOST_DAYS = 366

export async function callFigures(ctx: Context, asked: { from?: string | undefined; to?: string | undefined }) {
  const { zone } = await getCityFacts(ctx)
  const to = asked.to ?? wallDay(ctx.now, zone)
  const earliest = addDays(to, -MOST_DAYS)
  const from = asked.from === undefined ? addDays(to, -29) : asked.from < earliest ? earliest : asked.from
  const rows = await talliesOf(ctx, 'hotline.calls', from, to)
  const byOperator = Map.groupBy(rows.filter(({ operatorId }) => operatorId !== ''), ({ operatorId }) => operatorId)
  const operators = []
  for (const [id, some] of byOperator) operators.push({ operator: (await findPerson(ctx, id))?.name ?? id.slice(0, 8), figures: sum(some) })
  return {
    from,
    to,
    total: sum(rows),
    days: [...Map.groupBy(rows, ({ day }) => day)].map(([day, some]) => ({ day, figures: sum(some) })),
    operators: operators.toSorted((a, b) => b.figures.answered - a.figures.answered),
  }
}

/** Counted anew from the calls themselves. */
export const talliesEqualCalls: Check = {
  name: 'hotline.tallies',
  proves: { zh: '话务统计与通话记录相等', en: 'The figures of the desk equal its calls' },
  async *run(ctx) {
    const { zone } = await getCityFacts(ctx)
    const { rows } = await sql<{ day: string; district: string; what: string; counted: number; told: number }>`
      with anew as (
        select (rang_at at time zone ${zone})::date as day, district, count(*) as rang, count(answered_at) as answered,
               count(*) filter (where extract(epoch from answered_at - rang_at) * 1000 <= ${IN_TIME_MS}) as in_time,
               count(result) as results
          from call group by 1, 2
      ), told as (
        select day, district, sum(rang) as rang, sum(answered) as answered, sum(in_time) as in_time,
               sum((select coalesce(sum(value::int), 0) from jsonb_each_text(results))) as results
          from call_tally group by 1, 2
      )
      select coalesce(a.day, t.day) as day, coalesce(a.district, t.district) as district, w.what, w.counted, w.told
        from anew a full join told t on t.day = a.day and t.district = a.district
       cross join lateral (values ('rang', coalesce(a.rang, 0), coalesce(t.rang, 0)), ('answered', coalesce(a.answered, 0), coalesce(t.answered, 0)),
                                  ('in time', coalesce(a.in_time, 0), coalesce(t.in_time, 0)), ('ended', coalesce(a.results, 0), coalesce(t.results, 0)))
                          as w (what, counted, told)
       where w.counted <> w.told`.execute(own(ctx))
    for (const { day, district, what, counted, told } of rows) yield `hotline: ${day} ${district}: ${what} is ${told}, counted anew ${counted}`
  },
}
