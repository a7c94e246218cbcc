// What becomes due inside of the program: escalations whose time has come, and digests.

import { sql } from 'kysely'
import { wallText, type Context } from '../kernel/index.ts'
import { workingCalendar } from '../registry/index.ts'
import { homesOf } from './sender.ts'
import { own, type MessageTable, type Said } from './tables.ts'
import { tellArrived, writeMessages, type Draft } from './write.ts'

const AT_ONCE = 1000

/** Messages inside of the program stand in their lists from the moment when they are due. */
export async function arriveDue(ctx: Context): Promise<void> {
  for (const district of await homesOf(ctx)) {
    const { rows } = await sql<Pick<MessageTable, 'district' | 'channel' | 'state' | 'receiver'>>`
      update message m
         set state = 'sent', sent_at = ${ctx.now}
        from (select id from message
               where district = ${district} and channel = 'app' and state = 'waiting' and due_at <= ${ctx.now}
               order by due_at limit ${AT_ONCE} for update skip locked) d
       where m.district = ${district} and m.id = d.id
      returning m.district, m.channel, m.state, m.receiver`.execute(ctx.db)
    tellArrived(ctx, rows)
  }
}

/** Tells together what was gathered for one receiver by one channel, and marks the parts as told by it. */
export async function gatherDue(ctx: Context): Promise<void> {
  const { zone } = await workingCalendar(ctx)
  for (const district of await homesOf(ctx)) {
    const { rows } = await sql<MessageTable>`
      select * from message
       where district = ${district} and state = 'gathering' and due_at <= ${ctx.now}
       order by due_at, id limit ${AT_ONCE} for update skip locked`.execute(ctx.db)
    const bundles = Map.groupBy(rows, ({ channel, receiver, dueAt }) => JSON.stringify([channel, receiver, dueAt]))
    for (const [key, parts] of bundles) await tellTogether(ctx, key, parts, zone)
  }
}

async function tellTogether(ctx: Context, key: string, parts: readonly MessageTable[], zone: string): Promise<void> {
  const [first] = parts as [MessageTable, ...MessageTable[]]
  const at = wallText(first.dueAt, zone)
  const draft: Draft = {
    // A second bundle of the same hour, past the first thousand, is another one.
    cause: `digest ${key} ${first.id}`,
    rule: 'digest',
    channel: first.channel,
    receiver: first.receiver,
    kind: 'digest',
    about: 'digest',
    district: first.district,
    name: first.name,
    address: first.address,
    words: {
      zh: together(parts, 'zh', `${at} 汇总 ${parts.length} 条`),
      en: together(parts, 'en', `${parts.length} messages of ${at}`),
    },
    at: ctx.now,
    dueAt: ctx.now,
  }
  const [row] = await writeMessages(ctx, [draft])
  await own(ctx)
    .updateTable('message')
    .set({ state: 'gathered', digest: row?.id ?? null })
    .where('district', '=', first.district)
    .where('id', 'in', parts.map(({ id }) => id))
    .execute()
}

const MOST_LINES = 50

function together(parts: readonly MessageTable[], language: 'zh' | 'en', subject: string): Said {
  const lines = parts.slice(0, MOST_LINES).map(({ words, number }, i) => `${i + 1}. ${words?.[language].subject || words?.[language].body || ''} ${number ?? ''}`.trim())
  const more = parts.length > MOST_LINES ? [language === 'zh' ? `另有 ${parts.length - MOST_LINES} 条` : `and ${parts.length - MOST_LINES} more`] : []
  return { subject, body: [...lines, ...more].join('\n') }
}
