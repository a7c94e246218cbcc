import { sql } from 'kysely'
import type { Actor, Context, Grant } from '../context.ts'

/** One granted role as the database gives it, in one piece with its words and permits. */
export interface GrantLine {
  readonly role: string
  readonly zh: string
  readonly en: string
  readonly region: string
  readonly unit: string
  readonly category: string
  readonly permits: string[]
}

export const grantOf = ({ role, zh, en, region, unit, category, permits }: GrantLine): Grant => ({
  role,
  roleName: { zh, en },
  region,
  unit,
  category,
  permits: new Set(permits),
})

/** All granted roles of the account `a` of the statement around it, as one JSON array. */
export const grantLines = sql<GrantLine[]>`coalesce((
  select json_agg(json_build_object('role', g.role, 'zh', r.zh, 'en', r.en, 'region', g.region, 'unit', g.unit,
                                    'category', g.category, 'permits', r.permits) order by g.role, g.region, g.unit, g.category)
    from access_grant g
    join role r on r.code = g.role
   where g.account_id = a.id), '[]')`

/** Who `accountId` is and what they may do now; undefined for an unknown or disabled account. */
export async function loadActor(ctx: Pick<Context, 'db'>, accountId: string): Promise<Actor | undefined> {
  const { rows } = await sql<{ id: string; name: string; grants: GrantLine[] }>`
    select a.id, a.name, ${grantLines} as grants
      from account a
     where a.id = ${accountId} and a.state = 'active'`.execute(ctx.db)
  const row = rows[0]
  return row && { id: row.id, kind: 'person', name: row.name, grants: row.grants.map(grantOf) }
}

/** Whoever has not signed in. */
export const publicActor: Actor = { id: 'public', kind: 'public', name: 'public', grants: [] }
