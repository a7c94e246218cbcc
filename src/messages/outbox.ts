// What was told to whom and what became of it, as an administrator sees it: addresses are covered, also here.

import { sql, type RawBuilder } from 'kysely'
import { maskEmail, maskName, maskPhone } from '../cases/index.ts'
import { cursorOf, keyOf, record, type Context } from '../kernel/index.ts'
import { mayManage } from './book.ts'
import type { OutboxLine, OutboxQuery } from './contract.ts'
import { homesOf, OUTWARD } from './sender.ts'
import type { MessageTable } from './tables.ts'

const covered = ({ channel, address }: MessageTable): string | null => {
  if (address === null) return null
  if (channel === 'sms') return maskPhone(address)
  if (channel === 'email') return maskEmail(address)
  return channel === 'push' ? address.split('?')[0]! : address
}

/** A query word opens the progress of a report: nobody but whoever reported may read it. */
const withoutWord = (row: MessageTable): MessageTable['words'] => {
  if (row.receiver !== 'reporter' || !row.words) return row.words
  const hide = (text: string) => text.replaceAll(/(\?word=)\w+/g, '$1****').replaceAll(/(查询码|[Cc]ode)( ?)[34679ACDEFGHJKMNPQRTUVWXY]{4}\b/g, '$1$2****')
  const { zh, en } = row.words
  return { zh: { subject: zh.subject, body: hide(zh.body) }, en: { subject: en.subject, body: hide(en.body) } }
}

const show = (row: MessageTable): OutboxLine => ({
  id: row.id,
  at: row.at.toISOString(),
  dueAt: row.dueAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
  number: row.number,
  rule: row.rule,
  template: row.template,
  channel: row.channel,
  kind: row.kind,
  about: row.about,
  name: row.receiver === 'reporter' ? maskName(row.name) : row.name,
  address: covered(row),
  state: row.state,
  urgent: row.urgent,
  tries: row.tries,
  answer: row.answer,
  error: row.error,
  words: withoutWord(row),
})

interface Question extends OutboxQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** The newest of each district's newest, so that each part comes in order from an index. */
export async function listOutbox(ctx: Context, { state, channel, number, cursor, limit = 50 }: Question) {
  mayManage(ctx)
  const [before] = cursor === undefined ? [] : keyOf(cursor, 'uuid')
  const homes = number === undefined ? await homesOf(ctx) : [number.slice(0, 6)]
  const more = sql.join(
    [
      sql`true`,
      ...(before === undefined ? [] : [sql`id < ${before}::uuid`]),
      ...(state === undefined ? [] : [sql`state = ${state}`]),
      ...(number === undefined ? [] : [sql`number = ${number}`]),
    ],
    sql` and `,
  )
  const parts = homes.flatMap((district): RawBuilder<unknown>[] => {
    const of = (condition: RawBuilder<unknown>) =>
      sql`(select * from message where district = ${district} and ${condition} and ${more} order by id desc limit ${limit + 1})`
    if (channel !== undefined) return [of(sql`channel = ${channel}`)]
    // What is undone has an index of its own; otherwise what leaves the program is asked for channel by channel.
    if (number !== undefined || state === 'dead' || state === 'held') return [of(sql`true`)]
    return OUTWARD.map((each) => of(sql`channel = ${each} and channel <> 'app'`))
  })
  if (parts.length === 0) return { items: [], next: null }
  const { rows } = await sql<MessageTable>`
    select * from (${sql.join(parts, sql` union all `)}) m order by id desc limit ${limit + 1}`.execute(ctx.db)
  const items = rows.slice(0, limit)
  return { items: items.map(show), next: rows.length > limit ? cursorOf([items.at(-1)!.id]) : null }
}

const COUNTED_AT_MOST = 10_000

/** What waits or was not delivered, by channel. */
export async function countOutbox(ctx: Context) {
  mayManage(ctx)
  const { rows } = await sql<{ channel: string; state: string; n: number }>`
    select channel, state, least(count(*), ${COUNTED_AT_MOST})::int as n
      from ((select channel, 'waiting' as state from message
              where state in ('waiting', 'sending') and channel <> 'app' and district = any(${await homesOf(ctx)}::text[]) limit ${COUNTED_AT_MOST})
            union all
            (select channel, state from message
              where state in ('dead', 'held') and district = any(${await homesOf(ctx)}::text[]) limit ${COUNTED_AT_MOST})) m
     group by channel, state
     order by channel, state`.execute(ctx.db)
  return { items: rows }
}

/** Sends again what is dead or was held, under the ids that it had: a gateway that has taken it already tells the repetition. */
export async function resend(ctx: Context, ids: readonly string[]): Promise<{ done: number }> {
  mayManage(ctx)
  const { numAffectedRows } = await sql`
    update message set state = 'waiting', due_at = ${ctx.now}, tries = 0, error = null
     where district = any(${await homesOf(ctx)}::text[]) and id = any(${ids as string[]}::uuid[]) and state in ('dead', 'held')`.execute(ctx.db)
  const done = Number(numAffectedRows ?? 0)
  if (done > 0) record(ctx, 'messages.resent', ids[0]!, '', { ids, done })
  return { done }
}
