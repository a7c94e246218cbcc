import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { AuditEntry } from '../log/audit.ts'
import type { AuditEntryShown } from './contract.ts'
import { keyOf, pageOf } from './page.ts'
import { within } from './scope.ts'

const show = (entry: AuditEntry): AuditEntryShown => ({
  position: String(entry.seq),
  at: entry.at.toISOString(),
  actorId: entry.actorId,
  actorName: entry.actorName,
  act: entry.act,
  subject: entry.subject,
  district: entry.district,
  address: entry.address,
  requestId: entry.requestId,
  detail: entry.detail,
})

export interface AuditQuestion {
  readonly actor?: string
  readonly act?: string
  readonly subject?: string
  readonly from?: string
  readonly to?: string
  readonly cursor?: string
  readonly limit?: number
}

/** The audit trail, newest first. An auditor of one region sees what was done there; acts upon the house itself need the whole. */
export async function listAudit(ctx: Context, { actor, act, subject, from, to, cursor, limit = 50 }: AuditQuestion) {
  const before = cursor === undefined ? undefined : Number(keyOf(cursor, 'whole')[0])
  const { rows } = await sql<AuditEntry>`
    select seq, at, act, subject, district, actor_id, actor_kind, actor_name, address, request_id, detail
      from audit_entry
     where ${within(ctx, 'access.audit', sql`district`)}
       ${before === undefined ? sql`` : sql`and seq < ${before}`}
       ${actor === undefined ? sql`` : sql`and actor_id = ${actor}`}
       ${act === undefined ? sql`` : act.endsWith('.') ? sql`and starts_with(act, ${act})` : sql`and act = ${act}`}
       ${subject === undefined ? sql`` : sql`and subject = ${subject}`}
       ${from === undefined ? sql`` : sql`and at >= ${new Date(from)}`}
       ${to === undefined ? sql`` : sql`and at < ${new Date(to)}`}
     order by seq desc
     limit ${limit + 1}`.execute(ctx.db)
  return pageOf(rows, limit, show, (entry) => [String(entry.seq)])
}
