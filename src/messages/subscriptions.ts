// Systems that are told of steps by pushes, as an administrator keeps them.

import { randomUUIDv7 } from 'node:crypto'
import { getCityFacts } from '../atlas/index.ts'
import { announce, outwardOf, record, type Context } from '../kernel/index.ts'
import { mayManage } from './book.ts'
import { demandAddress } from './channels.ts'
import type { SubscriptionBody, SubscriptionShown } from './contract.ts'
import { messagesArranged } from './events.ts'
import { subscriptionUnknown } from './problems.ts'
import { sealedFor, subscriptionsOf, type Subscription } from './pushes.ts'
import { freshSecret } from './signature.ts'
import { own } from './tables.ts'
import { writeMessages } from './write.ts'

const show = ({ id, name, url, events, sources, systems, enabled, madeAt }: Omit<Subscription, 'secret' | 'hears'>): SubscriptionShown => ({
  id,
  name,
  url,
  events,
  sources,
  systems,
  enabled,
  madeAt: madeAt.toISOString(),
})

async function getSubscription(ctx: Context, id: string): Promise<Subscription> {
  mayManage(ctx)
  const found = (await subscriptionsOf(ctx)).find((each) => each.id === id)
  if (!found) throw subscriptionUnknown()
  return found
}

function changed(ctx: Context, what: string, id: string, detail: unknown): void {
  record(ctx, `messages.subscription-${what}`, id, '', detail)
  announce(ctx, messagesArranged, '', { what: 'subscription' })
}

export async function listSubscriptions(ctx: Context): Promise<{ items: SubscriptionShown[] }> {
  mayManage(ctx)
  return { items: (await subscriptionsOf(ctx)).map(show) }
}

export async function addSubscription(ctx: Context, body: SubscriptionBody): Promise<SubscriptionShown & { secret: string }> {
  mayManage(ctx)
  const { guard, vault } = await ctx.caches.get(ctx, outwardOf)
  demandAddress(guard, body.url)
  const [id, secret] = [randomUUIDv7(), freshSecret()]
  const row = { id, ...body, sealed: vault.seal(sealedFor(id), secret), madeAt: ctx.now, madeBy: ctx.actor.id }
  await own(ctx).insertInto('subscription').values(row).execute()
  changed(ctx, 'made', id, body)
  return { ...show(row), secret }
}

export async function changeSubscription(ctx: Context, id: string, body: SubscriptionBody): Promise<SubscriptionShown> {
  const before = await getSubscription(ctx, id)
  demandAddress((await ctx.caches.get(ctx, outwardOf)).guard, body.url)
  await own(ctx).updateTable('subscription').set(body).where('id', '=', id).execute()
  changed(ctx, 'changed', id, body)
  return show({ ...before, ...body })
}

export async function renewSecret(ctx: Context, id: string): Promise<{ secret: string }> {
  await getSubscription(ctx, id)
  const { vault } = await ctx.caches.get(ctx, outwardOf)
  const secret = freshSecret()
  await own(ctx).updateTable('subscription').set({ sealed: vault.seal(sealedFor(id), secret) }).where('id', '=', id).execute()
  changed(ctx, 'secret-renewed', id, {})
  return { secret }
}

export async function dropSubscription(ctx: Context, id: string): Promise<{ done: number }> {
  await getSubscription(ctx, id)
  await own(ctx).deleteFrom('subscription').where('id', '=', id).execute()
  changed(ctx, 'dropped', id, {})
  return { done: 1 }
}

/** A push that tells of nothing: to see whether it arrives. */
export async function tryPush(ctx: Context, id: string): Promise<{ id: string }> {
  const { name, url } = await getSubscription(ctx, id)
  const city = await getCityFacts(ctx)
  const [row] = await writeMessages(ctx, [
    {
      cause: `trial ${randomUUIDv7()}`,
      rule: 'trial',
      channel: 'push',
      receiver: id,
      kind: 'trial',
      about: 'trial',
      district: city.code,
      name,
      address: url,
      payload: { event: 'trial', at: ctx.now.toISOString() },
      at: ctx.now,
      dueAt: ctx.now,
    },
  ])
  record(ctx, 'messages.subscription-tried', id, '', {})
  return { id: row!.id }
}
