// One's own messages inside of the program.

import { sql } from 'kysely'
import { cursorOf, demand, keyOf, type Context } from '../kernel/index.ts'
import type { MessageShown } from './contract.ts'
import { own, type MessageTable } from './tables.ts'

const MOST_UNREAD = 1000

type Line = Pick<MessageTable, 'id' | 'number' | 'kind' | 'about' | 'urgent' | 'words' | 'readAt'> & { sentAt: Date }

const show = ({ id, sentAt, number, kind, about, urgent, words, readAt }: Line): MessageShown => ({
  id,
  at: sentAt.toISOString(),
  number,
  kind,
  about,
  urgent,
  words: words!,
  readAt: readAt?.toISOString() ?? null,
})

export async function myMessages(ctx: Context, { unread, cursor, limit = 50 }: { unread?: boolean | undefined; cursor?: string | undefined; limit?: number | undefined }) {
  demand(ctx, 'messages.read')
  const [at, id] = cursor === undefined ? [] : keyOf(cursor, 'moment', 'uuid')
  const { rows } = await sql<Line>`
    select id, sent_at, number, kind, about, urgent, words, read_at
      from message
     where receiver = ${ctx.actor.id} and channel = 'app' and state = 'sent'
       ${unread ? sql`and read_at is null` : sql``}
       ${at === undefined ? sql`` : sql`and (sent_at, id) < (${at}::timestamptz, ${id}::uuid)`}
     order by sent_at desc, id desc
     limit ${limit + 1}`.execute(ctx.db)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map(show), next: rows.length > limit && last ? cursorOf([last.sentAt.toISOString(), last.id]) : null }
}

export async function countUnread(ctx: Context): Promise<{ unread: number }> {
  demand(ctx, 'messages.read')
  const { rows } = await sql<{ unread: number }>`
    select count(*)::int as unread
      from (select from message
             where receiver = ${ctx.actor.id} and channel = 'app' and state = 'sent' and read_at is null
             limit ${MOST_UNREAD}) m`.execute(ctx.db)
  return { unread: rows[0]!.unread }
}

/** Marks some, or all that stood there at a moment; those that are read already stay as they are. */
export async function markRead(ctx: Context, { ids, until }: { ids?: readonly string[] | undefined; until?: string | undefined }): Promise<{ done: number }> {
  demand(ctx, 'messages.read')
  if (ids === undefined && until === undefined) return { done: 0 }
  const { numUpdatedRows } = await own(ctx)
    .updateTable('message')
    .set({ readAt: ctx.now })
    .where('receiver', '=', ctx.actor.id)
    .where('channel', '=', 'app')
    .where('state', '=', 'sent')
    .where('readAt', 'is', null)
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids!.length > 0 ? [...ids!] : ['00000000-0000-0000-0000-000000000000']))
    .$if(until !== undefined, (query) => query.where('sentAt', '<=', new Date(until!)))
    .executeTakeFirst()
  return { done: Number(numUpdatedRows) }
}
