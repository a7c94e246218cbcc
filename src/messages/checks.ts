// Proofs of `chengyun verify`.

import { sql } from 'kysely'
import { stepNames } from '../cases/index.ts'
import type { Check, Context } from '../kernel/index.ts'
import { firstIdAt, messageId } from './message-id.ts'
import { homesOf } from './sender.ts'
import type { MessageTable } from './tables.ts'

const AT_ONCE = 1000

async function* pieces(ctx: Context, district: string): AsyncGenerator<MessageTable[]> {
  for (let after = firstIdAt(new Date(0)); ; ) {
    const { rows } = await sql<MessageTable>`
      select * from message where district = ${district} and id > ${after}::uuid order by id limit ${AT_ONCE}`.execute(ctx.db)
    if (rows.length > 0) yield rows
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.id
  }
}

/** The id is reckoned from cause, rule, channel and receiver, and is the key of the table: where every id is right, nothing is there twice. */
export const messagesOnce: Check = {
  name: 'messages',
  proves: { zh: '每条消息都有其事由，同一事由对同一人同一渠道只有一条', en: 'Every message has its event, and no event is told twice to one receiver by one channel' },
  async *run(ctx) {
    for (const district of await homesOf(ctx)) {
      for await (const rows of pieces(ctx, district)) {
        const numbers = rows.flatMap(({ kind, number }) => (kind === 'step' && number !== null ? [number] : []))
        const steps = await stepNames(ctx, district, [...new Set(numbers)])
        const known = new Map(steps.map(({ number, ordinal, step }) => [`${number} ${ordinal}`, step]))
        for (const row of rows) yield* faultsOf(row, known)
      }
    }
  },
}

function* faultsOf(row: MessageTable, steps: ReadonlyMap<string, string>): Generator<string> {
  const { id, kind, about, number, ordinal, state, channel, sentAt, error, answer } = row
  if (messageId(row) !== id) yield `messages: ${id} was not made of what it says it was`
  if (kind === 'step' && steps.get(`${number} ${ordinal}`) !== about) yield `messages: ${id} tells of step ${about} (${ordinal}) of ${number}, which was not taken`
  if (state === 'sent' && sentAt === null) yield `messages: ${id} is sent, and nobody knows when`
  if (state === 'sent' && channel !== 'app' && answer === null) yield `messages: ${id} is sent, and no gateway has answered`
  if (state === 'dead' && error === null) yield `messages: ${id} is dead for no reason`
}
