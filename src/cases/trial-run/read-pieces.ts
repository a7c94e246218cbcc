// Real cases as columns: a day of a district at a time, packed by the database, so that millions pass without a row of their own.

import { sql, type Kysely } from 'kysely'
import type { Acted } from './walk.ts'
import type { Piece, Special } from './judge.ts'

export interface Places {
  readonly units: readonly string[]
  readonly conditions: readonly string[]
  readonly flows: readonly string[]
}

type Packed = Record<'unit' | 'limits' | 'flow' | 'day' | 'seq' | 'late' | 'extensions' | 'turns' | 'reworks' | 'returns' | 'untold' | 'verify' | 'due' | 'm0' | 'm1' | 'm2' | 'm3' | 'm4' | 'm5' | 'm6', Buffer | null> & { n: number }

const whole = (value: ReturnType<typeof sql>) => sql`string_agg(int4send((${value})::int4), '')`
const time = (value: ReturnType<typeof sql>) => sql`string_agg(float8send(coalesce(date_part('epoch', ${value}), 'NaN'::float8)), '')`

/** The cases of a district that were reported in a span of time. */
export async function readPiece(db: Kysely<object>, { units, conditions, flows }: Places, district: string, from: Date, to: Date): Promise<Piece> {
  const { rows } = await sql<Packed>`
    select count(*)::int as n,
           ${whole(sql`coalesce(u.place, 0)`)} as unit,
           ${whole(sql`coalesce((k.place - 1) * 3 + case c.grade when 'B' then 2 when 'C' then 3 else 1 end, 0)`)} as limits,
           ${whole(sql`coalesce(f.place, 0)`)} as flow,
           ${whole(sql`substr(c.number, 7, 8)`)} as day,
           ${whole(sql`substr(c.number, 15)`)} as seq,
           ${whole(sql`case when c.disposed_late then 1 when not c.disposed_late then 0 else 2 end`)} as late,
           ${whole(sql`c.extensions`)} as extensions,
           ${whole(sql`c.returns + c.reworks + c.suspensions + c.reopens + case when c.merged_into is null then 0 else 1 end`)} as turns,
           ${whole(sql`c.reworks`)} as reworks,
           ${whole(sql`c.returns`)} as returns,
           ${whole(sql`case when t.n = 0 and c.disposed_at is not null then 1 else 0 end`)} as untold,
           ${time(sql`t.verify_at`)} as verify,
           ${time(sql`c.dispose_due_at`)} as due,
           ${time(sql`c.reported_at`)} as m0, ${time(sql`c.accepted_at`)} as m1, ${time(sql`c.established_at`)} as m2,
           ${time(sql`c.dispatched_at`)} as m3, ${time(sql`c.disposed_at`)} as m4, ${time(sql`c.checked_at`)} as m5, ${time(sql`c.ended_at`)} as m6
      from case_file c
      left join unnest(${units as string[]}::text[]) with ordinality u(path, place) on u.path = c.unit_path
      left join unnest(${conditions as string[]}::text[]) with ordinality k(id, place) on k.id = c.condition_id
      left join unnest(${flows as string[]}::text[]) with ordinality f(key, place) on f.key = c.flow
      left join lateral (
        select count(*) as n, min(t.given_at) filter (where t.kind = 'verify') as verify_at
          from case_task t
         where t.number = c.number and t.district = c.district
      ) t on true
     where c.district = ${district} and c.reported_at >= ${from} and c.reported_at < ${to}`.execute(db)
  const packed = rows[0]!
  const { n } = packed
  return {
    district,
    n,
    unit: integers(packed.unit),
    limit: integers(packed.limits),
    flow: integers(packed.flow),
    day: integers(packed.day),
    seq: integers(packed.seq),
    late: integers(packed.late),
    extensions: integers(packed.extensions),
    turns: integers(packed.turns),
    reworks: integers(packed.reworks),
    returns: integers(packed.returns),
    untold: integers(packed.untold),
    verifyAt: moments(packed.verify),
    due: moments(packed.due),
    moments: [packed.m0, packed.m1, packed.m2, packed.m3, packed.m4, packed.m5, packed.m6].map(moments),
  }
}

const NONE = Buffer.alloc(0)

/** The database sends the greater byte first. Copied, since a thread takes memory of its own. */
function integers(bytes: Buffer | null): Int32Array {
  const own = Buffer.from(bytes ?? NONE)
  const copy = new Uint8Array(own.length)
  copy.set(own.swap32())
  return new Int32Array(copy.buffer)
}

/** Seconds as the database has them, in whole milliseconds. */
function moments(bytes: Buffer | null): Float64Array {
  const own = Buffer.from(bytes ?? NONE)
  const copy = new Uint8Array(own.length)
  copy.set(own.swap64())
  return new Float64Array(copy.buffer).map((seconds) => Math.round(seconds * 1000))
}

export const numberAt = ({ district, day, seq }: Piece, row: number): string => `${district}${day[row]}${String(seq[row]).padStart(6, '0')}`

/** The steps of those cases whose row does not tell their way. */
export async function readSpecials(db: Kysely<object>, piece: Piece, rows: readonly number[]): Promise<Special[]> {
  const { rows: found } = await sql<{ number: string; steps: string[]; moments: number[] }>`
    select s.number, array_agg(s.step order by s.ordinal) as steps, array_agg(date_part('epoch', s.taken_at) order by s.ordinal) as moments
      from case_step s
     where s.district = ${piece.district} and s.number = any(${rows.map((row) => numberAt(piece, row))}::text[])
     group by s.number`.execute(db)
  const byNumber = new Map(found.map(({ number, steps, moments: at }) => [number, steps.map((step, i): Acted => ({ step, at: Math.round(at[i]! * 1000) }))]))
  return rows.map((row) => ({ row, history: byNumber.get(numberAt(piece, row)) ?? [] }))
}
