// Hands waiting messages over: each is taken under a lease, handed over outside of any transaction, and marked. A program that is killed
// between the two hands it over again under the same id, by which the gateway tells the repetition.

import { sql } from 'kysely'
import { getCityFacts, findDivisions } from '../atlas/index.ts'
import { outwardOf, type Context, type Outward } from '../kernel/index.ts'
import { bookOf } from './book.ts'
import { channelFor, channelsOf, type OpenChannel } from './channels.ts'
import { Refusal, type Driver } from './drivers/refusal.ts'
import { sendDingtalk, sendWecom } from './drivers/robots.ts'
import { sendEmail } from './drivers/email.ts'
import { sendPush } from './drivers/push.ts'
import { sendSms } from './drivers/sms.ts'
import { subscriptionsOf, type Subscription } from './pushes.ts'
import { waitAfter } from './quiet.ts'
import { own, type MessageTable } from './tables.ts'

/** Longer than a gateway may take to answer, so that nobody else takes what is still being handed over. */
const LEASE_MS = 30_000
const AT_ONCE = 100
const LANES = 16
/** A run ends after this long, for the next to see what has changed meanwhile. */
const RUN_MS = 5_000

const DRIVERS: Readonly<Record<string, Driver>> = { sms: sendSms, email: sendEmail, wecom: sendWecom, dingtalk: sendDingtalk }
export const OUTWARD = [...Object.keys(DRIVERS), 'push']

/** The districts whose messages there may be, and the city's own. */
export async function homesOf(ctx: Context): Promise<string[]> {
  const districts = (await findDivisions(ctx, { level: 'district' })).map(({ code }) => code)
  return districts.length === 0 ? [] : [...new Set([...districts, (await getCityFacts(ctx)).code])]
}

interface Round {
  readonly ctx: Context
  readonly outward: Outward
  readonly channels: readonly OpenChannel[]
  readonly subscriptions: readonly Subscription[]
  readonly tries: number
  readonly language: 'zh' | 'en'
  readonly now: () => Date
}

/** Sends what is due, all channels at the same time, so that a gateway that is slow or dead holds up no other. */
export async function sendDue(ctx: Context): Promise<number> {
  const homes = await homesOf(ctx)
  if (homes.length === 0) return 0
  const began = performance.now()
  const { settings } = await bookOf(ctx)
  const round: Round = {
    ctx,
    outward: await ctx.caches.get(ctx, outwardOf),
    channels: await channelsOf(ctx),
    subscriptions: await subscriptionsOf(ctx),
    tries: settings.tries,
    language: settings.language,
    now: () => new Date(+ctx.now + Math.round(performance.now() - began)),
  }
  const sent = await Promise.all(OUTWARD.map((channel) => sendAll(round, channel, homes, () => performance.now() - began < RUN_MS)))
  return sent.reduce((sum, each) => sum + each, 0)
}

async function sendAll(round: Round, channel: string, homes: readonly string[], going: () => boolean): Promise<number> {
  let sent = 0
  for (let some = true; some && going(); ) {
    some = false
    for (const district of await homesWithDue(round, channel, homes)) {
      const taken = await take(round, channel, district)
      some ||= taken.length === AT_ONCE
      await inLanes(taken, LANES, (row) => (going() ? handOver(round, row) : putBack(round, row)))
      sent += taken.length
      if (!going()) break
    }
  }
  return sent
}

/** One look at the index of what is due for each district. */
async function homesWithDue({ ctx, now }: Round, channel: string, homes: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ district: string }>`
    select h.district
      from unnest(${homes as string[]}::text[]) as h(district)
     where exists (select from message m
                    where m.district = h.district and m.channel = ${channel} and m.state in ('waiting', 'sending') and m.due_at <= ${now()})`.execute(ctx.db)
  return rows.map(({ district }) => district)
}

/** Takes some under a lease. A row whose lease has run out was being sent when its program ended: it is taken again. */
async function take({ ctx, now }: Round, channel: string, district: string): Promise<MessageTable[]> {
  const at = now()
  const { rows } = await sql<MessageTable>`
    update message m
       set state = 'sending', due_at = ${new Date(+at + LEASE_MS)}, tries = m.tries + 1
      from (select id from message
             where district = ${district} and channel = ${channel} and state in ('waiting', 'sending') and due_at <= ${at}
             order by due_at limit ${AT_ONCE} for update skip locked) d
     where m.district = ${district} and m.id = d.id
    returning m.*`.execute(ctx.db)
  return rows
}

async function inLanes<T>(all: readonly T[], lanes: number, act: (one: T) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(lanes, all.length) }, async () => {
      for (let i = next++; i < all.length; i = next++) await act(all[i]!)
    }),
  )
}

/** There is nothing by which it could be sent: it is held, for an administrator to see and to send once there is. */
class NoGateway extends Error {
  constructor() {
    super('no gateway of this kind is set and switched on')
    this.name = 'NoGateway'
  }
}

async function handOver(round: Round, row: MessageTable): Promise<void> {
  // Taken again and again and never marked: whatever it is, it must not stop the others for ever.
  if (row.tries > round.tries) return markFailed(round, row, 'tried as often as it may be', 'dead')
  try {
    await markSent(round, row, await deliver(round, row))
  } catch (error) {
    const sentence = error instanceof Error ? error.message || error.name : String(error)
    const dead = (error instanceof Refusal && error.final) || row.tries >= round.tries
    await markFailed(round, row, sentence, error instanceof NoGateway ? 'held' : dead ? 'dead' : 'waiting')
  }
}

async function deliver(round: Round, row: MessageTable): Promise<string> {
  const { outward, now } = round
  if (row.channel === 'push') {
    const subscription = round.subscriptions.find(({ id }) => id === row.receiver)
    if (!subscription) throw new Refusal('the subscription was removed', true)
    return sendPush(outward, subscription, { id: row.id, payload: row.payload, now: now() })
  }
  const channel = channelOf(round, row)
  if (!channel) throw new NoGateway()
  const said = row.words![round.language]
  return DRIVERS[row.channel]!(outward, channel, { id: row.id, address: row.address, name: row.name, said, toReporter: row.receiver === 'reporter', link: row.link, now: now() })
}

/** The gateway by which it was to go, or another of its kind where that one is gone. */
function channelOf({ channels }: Round, { channel: kind, receiver, rule, about }: MessageTable): OpenChannel | undefined {
  const named = receiver.startsWith('robot:') ? receiver.slice('robot:'.length) : rule === 'trial' ? about : undefined
  const found = named === undefined ? undefined : channels.find(({ code }) => code === named)
  return named === undefined ? channelFor(channels, kind, '') : found && !found.fault && (found.enabled || rule === 'trial') ? found : undefined
}

const ANSWER_CHARACTERS = 500
// The database keeps no zero byte in a text.
const shorten = (text: string): string => text.replaceAll('\0', '').slice(0, ANSWER_CHARACTERS)

async function markSent({ ctx, now }: Round, { district, id }: MessageTable, answer: string): Promise<void> {
  await own(ctx)
    .updateTable('message')
    .set({ state: 'sent', sentAt: now(), answer: shorten(answer), error: null })
    .where('district', '=', district)
    .where('id', '=', id)
    .execute()
}

/** What a gateway was too slow for in this run is left to the next, as if it had not been taken. */
async function putBack({ ctx, now }: Round, { district, id, tries }: MessageTable): Promise<void> {
  await own(ctx)
    .updateTable('message')
    .set({ state: 'waiting', dueAt: now(), tries: tries - 1 })
    .where('district', '=', district)
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('tries', '=', tries)
    .execute()
}

/** Only by whoever holds the lease: another may have sent it since. */
async function markFailed({ ctx, now }: Round, { district, id, tries }: MessageTable, error: string, state: 'waiting' | 'held' | 'dead'): Promise<void> {
  await own(ctx)
    .updateTable('message')
    .set({ state, dueAt: new Date(+now() + waitAfter(tries)), error: shorten(error) })
    .where('district', '=', district)
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('tries', '=', tries)
    .execute()
}
