// Pushes to other systems: what is told of a step, without anything of a person, to those who subscribed to it.

import { originsOf, type CaseRow, flowOf } from '../cases/index.ts'
import { cache, outwardOf, type Context } from '../kernel/index.ts'
import { findUnit } from '../registry/index.ts'
import { messagesArranged } from './events.ts'
import type { News } from './hear.ts'
import type { Happening } from './rule.ts'
import { own, type SubscriptionTable } from './tables.ts'
import type { Draft } from './write.ts'

export interface Subscription extends Omit<SubscriptionTable, 'sealed'> {
  /** Undefined where it cannot be opened under the present key. */
  readonly secret: string | undefined
  hears(happening: Happening): boolean
}

const subscriptions = cache<readonly Subscription[]>({
  name: 'messages.subscriptions',
  until: [messagesArranged],
  async build(ctx) {
    const { vault } = await ctx.caches.get(ctx, outwardOf)
    const rows = await own(ctx).selectFrom('subscription').selectAll().orderBy('id').execute()
    return rows.map(({ sealed, ...row }) => ({ ...row, secret: vault.unseal(sealedFor(row.id), sealed), hears: hearsBy(row) }))
  },
})

export const sealedFor = (id: string): string => `subscription ${id}`

const hearsBy =
  ({ enabled, events }: SubscriptionTable | Omit<SubscriptionTable, 'sealed'>) =>
  ({ on, about }: Happening): boolean =>
    enabled && (events.length === 0 || events.includes(on) || events.includes(about) || events.includes(`${about.split('.')[0]}.*`))

export const subscriptionsOf = (ctx: Context): Promise<readonly Subscription[]> => ctx.caches.get(ctx, subscriptions)

/** Adds a push for each subscription that is meant for this case. */
export async function addPushes(ctx: Context, drafts: Draft[], hearing: readonly Subscription[], news: News, row: CaseRow): Promise<void> {
  if (hearing.length === 0) return
  const origins = (await originsOf(ctx, news.district, [news.number])).filter(({ system }) => !system.startsWith('report:') || hearing.some(({ systems }) => systems.includes(system)))
  const meant = hearing.filter(
    ({ sources, systems }) =>
      (sources.length === 0 || sources.includes(row.source)) && (systems.length === 0 || origins.some(({ system }) => systems.includes(system))),
  )
  for (const { id, name, url, systems } of meant) {
    // A system reads its own keys and no other's.
    const keys = origins.filter(({ system }) => systems.length === 0 || systems.includes(system)).map(({ system, key }) => ({ system, key }))
    drafts.push({
      cause: news.heard.position,
      rule: 'push',
      channel: 'push',
      receiver: id,
      kind: news.happening.on,
      about: news.happening.about,
      ordinal: news.told.ordinal ?? null,
      district: news.district,
      number: news.number,
      name,
      address: url,
      payload: await payloadOf(ctx, news, row, keys),
      at: news.at,
      dueAt: news.at,
    })
  }
}

async function payloadOf(ctx: Context, { happening, told, at, number, district, step }: News, row: CaseRow, origins: readonly { system: string; key: string }[]) {
  const flow = await flowOf(ctx, row)
  const state = told.toState ?? row.state
  const unit = row.unitCode === null ? undefined : await findUnit(ctx, row.unitCode)
  return {
    event: `case.${happening.on}`,
    about: happening.about,
    at: at.toISOString(),
    number,
    district,
    ...(step && { ordinal: step.ordinal, fromState: step.fromState }),
    state,
    stateWords: flow.states[state]?.words ?? { zh: state, en: state },
    outcome: row.outcome,
    source: row.source,
    category: row.category,
    unit: unit ? { code: unit.code, name: unit.name } : null,
    dueAt: (told.dueAt === undefined ? row.dueAt : told.dueAt)?.toISOString() ?? null,
    origins,
  }
}
