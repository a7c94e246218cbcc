// How a person wants to be told, besides the telephone that the registry knows.

import type { Context } from '../kernel/index.ts'
import { demand } from '../kernel/index.ts'
import { findReached } from '../registry/index.ts'
import type { Receiver } from './audience.ts'
import type { ContactBody } from './contract.ts'
import { own, type ContactTable } from './tables.ts'

export async function contactsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, ContactTable>> {
  if (ids.length === 0) return new Map()
  const rows = await own(ctx).selectFrom('messageContact').selectAll().where('accountId', 'in', [...ids]).execute()
  return new Map(rows.map((row) => [row.accountId, row]))
}

/** The channels that these people have switched off. */
export async function mutedOf(ctx: Context, receivers: readonly Receiver[]): Promise<Map<string, ReadonlySet<string>>> {
  const contacts = await contactsOf(ctx, receivers.flatMap((each) => (each.kind === 'person' ? [each.id] : [])))
  return new Map([...contacts].map(([id, { muted }]) => [id, new Set(muted)]))
}

const NONE: ContactBody = { email: null, wecom: null, muted: [] }

export async function myContact(ctx: Context): Promise<ContactBody & { phone: string | null }> {
  demand(ctx, 'messages.read')
  const found = (await contactsOf(ctx, [ctx.actor.id])).get(ctx.actor.id)
  const phone = (await findReached(ctx, ctx.actor.id))?.phone ?? null
  const { email, wecom, muted } = (found ?? NONE) as ContactBody
  return { email, wecom, muted, phone }
}

export async function setContact(ctx: Context, { email, wecom, muted }: ContactBody): Promise<ContactBody> {
  demand(ctx, 'messages.read')
  const row: ContactTable = { accountId: ctx.actor.id, email, wecom, muted, changedAt: ctx.now }
  await own(ctx).insertInto('messageContact').values(row).onConflict((clash) => clash.column('accountId').doUpdateSet(row)).execute()
  return { email, wecom, muted }
}
