import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { clientOf } from '../database/index.ts'

/**
 * Writes the announcements, the audit entries and the remembered answer of this transaction in one statement.
 * Called once, just before the commit; `wake` is run after it when there is something to hear.
 */
export async function flushOutbox(ctx: Context, wake?: () => void): Promise<void> {
  const { events, entries, answer, afterCommit } = ctx.outbox
  if (events.length === 0 && entries.length === 0 && !answer) return

  const statement = sql`
    with clock as (select epoch from log_clock),
         told as (
           insert into event (epoch, name, district, at, body)
           select clock.epoch, x.name, x.district, ${ctx.now}, x.body
             from clock, jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as x(name text, district text, body jsonb)),
         kept as (
           insert into audit_entry (epoch, at, act, subject, district, actor_id, actor_kind, actor_name, address, request_id, detail)
           select clock.epoch, ${ctx.now}, x.act, x.subject, x.district, coalesce(x.by->>'id', ${ctx.actor.id}),
                  coalesce(x.by->>'kind', ${ctx.actor.kind}), coalesce(x.by->>'name', ${ctx.actor.name}),
                  ${ctx.origin.address}, ${ctx.origin.requestId}, x.detail
             from clock, jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
                    as x(act text, subject text, district text, detail jsonb, by jsonb)),
         answered as (
           insert into idempotent_answer (account, key, endpoint, digest, status, body, at)
           select x.account, x.key, x.endpoint, x.digest, x.status, coalesce(x.body, 'null'), ${ctx.now}
             from jsonb_to_recordset(${JSON.stringify(answer ? [answer] : [])}::jsonb)
                    as x(account text, key text, endpoint text, digest text, status integer, body jsonb))
    select 1`.compile(ctx.db)
  // Sent before this function gives way, so that the commit may follow at once.
  await clientOf(ctx.db).query({ name: 'outbox', text: statement.sql, values: statement.parameters as unknown[] })

  if (events.length === 0) return
  const names = new Set(events.map((event) => event.name))
  afterCommit.push(() => {
    for (const name of names) ctx.caches.drop(name)
    wake?.()
  })
}

export interface RememberedAnswer {
  readonly endpoint: string
  readonly digest: string
  readonly status: number
  readonly body: unknown
}

/** The answer given before to a write under the same Idempotency-Key of the same account. */
export async function findAnswer(ctx: Pick<Context, 'db'>, account: string, key: string): Promise<RememberedAnswer | undefined> {
  const { rows } = await sql<RememberedAnswer>`
    select endpoint, digest, status, body from idempotent_answer where account = ${account} and key = ${key}`.execute(ctx.db)
  return rows[0]
}

/** Idempotency keys are honoured for two days. */
export async function forgetAnswers(ctx: Context): Promise<void> {
  const until = new Date(ctx.now.getTime() - 48 * 3_600_000)
  await sql`delete from idempotent_answer where at < ${until}`.execute(ctx.db)
}
