// Messages as rows: what is to be told to whom, once.

import { announce, type Context } from '../kernel/index.ts'
import { messagesArrived } from './events.ts'
import { messageId } from './message-id.ts'
import { own, type MessageTable } from './tables.ts'

type Made = 'cause' | 'rule' | 'channel' | 'receiver' | 'kind' | 'about' | 'district' | 'name' | 'at' | 'dueAt'
export type Draft = Pick<MessageTable, Made> & Partial<Omit<MessageTable, Made | 'id' | 'tries'>>

const ROWS_AT_ONCE = 500

/** A message of the program itself needs no sending: it is there when it is due. */
export function rowOf(ctx: Context, draft: Draft): MessageTable {
  const arrived = draft.channel === 'app' && (draft.state ?? 'waiting') === 'waiting' && draft.dueAt <= ctx.now
  return {
    ordinal: null,
    number: null,
    template: null,
    address: null,
    words: null,
    payload: null,
    link: null,
    urgent: false,
    watch: false,
    readAt: null,
    answer: null,
    error: null,
    digest: null,
    state: arrived ? 'sent' : 'waiting',
    sentAt: arrived ? ctx.now : null,
    tries: 0,
    id: messageId(draft),
    ...draft,
    ...(arrived && { state: 'sent' as const }),
  }
}

/** Writes what was not written before, and shows it to those whom it is for. */
export async function writeMessages(ctx: Context, drafts: readonly Draft[]): Promise<MessageTable[]> {
  const rows = drafts.map((draft) => rowOf(ctx, draft))
  const written: MessageTable[] = []
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const piece = rows.slice(from, from + ROWS_AT_ONCE)
    const ids = await own(ctx)
      .insertInto('message')
      .values(piece)
      .onConflict((clash) => clash.columns(['district', 'id']).doNothing())
      .returning('id')
      .execute()
    const fresh = new Set(ids.map(({ id }) => id))
    written.push(...piece.filter(({ id }) => fresh.has(id)))
  }
  tellArrived(ctx, written)
  return written
}

/** Wakes the bells of those who have something new, once for each district. */
export function tellArrived(ctx: Context, rows: readonly Pick<MessageTable, 'district' | 'channel' | 'state' | 'receiver'>[]): void {
  const arrived = rows.filter(({ channel, state }) => channel === 'app' && state === 'sent')
  for (const [district, some] of Map.groupBy(arrived, (row) => row.district)) {
    announce(ctx, messagesArrived, district, { to: [...new Set(some.map(({ receiver }) => receiver))] })
  }
}
