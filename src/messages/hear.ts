// From what happens to cases to what is told of it: heard in order, at least once, and told once.

import { caseKey, caseLampChanged, caseStepped, caseTaskGiven, findCase, type CaseLampChanged, type CaseRow, type CaseStepped, type CaseTaskGiven } from '../cases/index.ts'
import { deadline, onBatch, type Context, type Heard } from '../kernel/index.ts'
import { findUnit, workingCalendar } from '../registry/index.ts'
import { receiversOf, type Receiver } from './audience.ts'
import { bookOf, type Book } from './book.ts'
import { channelFor, channelsOf, type OpenChannel } from './channels.ts'
import { contactsOf, mutedOf } from './contact.ts'
import { factsOf, ownFacts, type Told } from './facts.ts'
import { addPushes, subscriptionsOf } from './pushes.ts'
import { afterQuiet, nextDigest } from './quiet.ts'
import { hasMoved, isAbout, isFor, type Channel, type Happening, type NamedRule } from './rule.ts'
import { stopChains } from './stop.ts'
import type { NamedTemplate } from './shipped-templates.ts'
import { placesIn, say, type Facts } from './template.ts'
import { writeMessages, type Draft } from './write.ts'

/** What is older is told to nobody: a room that is new in an old city must not tell its whole past. */
export const STALE_MS = 7 * 86_400_000

export interface News {
  readonly heard: Heard
  readonly number: string
  readonly district: string
  readonly at: Date
  readonly happening: Happening
  readonly place: CaseStepped['place']
  readonly told: Told
  readonly collectorId?: string | undefined
  readonly step?: CaseStepped | undefined
}

export const messagesHeard = onBatch([caseStepped, caseLampChanged, caseTaskGiven], 'messages.tell', 100, hear)

async function hear(ctx: Context, events: Heard[]): Promise<void> {
  const book = await bookOf(ctx)
  const subscriptions = await subscriptionsOf(ctx)
  const drafts: Draft[] = []
  const moved = new Map<string, string>()
  for (const heard of events) {
    if (+ctx.now - +heard.at > STALE_MS) continue
    const news = newsOf(heard)
    if (news.step && hasMoved(news.step)) {
      moved.set(news.number, news.district)
      dropWatching(drafts, news.number)
    }
    const rules = book.rules.filter((rule) => isAbout(rule, news.happening))
    const pushed = subscriptions.filter((each) => each.hears(news.happening))
    if (rules.length === 0 && pushed.length === 0) continue
    const row = await findCase(ctx, caseKey(news.number))
    if (!row) continue
    drafts.push(...(await messagesFor(ctx, book, rules, news, row)))
    await addPushes(ctx, drafts, pushed, news, row)
  }
  await stopChains(ctx, moved)
  await writeMessages(ctx, drafts)
}

/** What the same batch was about to tell later, and has been overtaken. */
function dropWatching(drafts: Draft[], number: string): void {
  for (let i = drafts.length - 1; i >= 0; i--) if (drafts[i]!.watch && drafts[i]!.number === number && drafts[i]!.state === 'waiting') drafts.splice(i, 1)
}

function newsOf(heard: Heard): News {
  const common = heard.body as { number: string; district: string; place: CaseStepped['place'] }
  const { number, district, place } = common
  const base = { heard, number, district, place }
  if (heard.name === caseLampChanged.name) {
    const { lamp, clock } = heard.body as CaseLampChanged
    const happening: Happening = { on: 'lamp', about: lamp, clock }
    return { ...base, at: heard.at, happening, told: { ...happening, at: heard.at } }
  }
  if (heard.name === caseTaskGiven.name) {
    const { kind, collectorId } = heard.body as CaseTaskGiven
    const happening: Happening = { on: 'task', about: kind }
    return { ...base, at: heard.at, happening, collectorId, told: { ...happening, at: heard.at } }
  }
  const step = heard.body as CaseStepped
  const due = step.changes['dueAt']
  const dueAt = typeof due === 'string' ? new Date(due) : due === null ? null : undefined
  const happening: Happening = { on: 'step', about: step.step }
  const told: Told = { ...happening, at: new Date(step.at), ordinal: step.ordinal, toState: step.toState, ...(dueAt !== undefined && { dueAt }) }
  return { ...base, at: new Date(step.at), happening, step, told }
}

async function messagesFor(ctx: Context, book: Book, rules: readonly NamedRule[], news: News, row: CaseRow): Promise<Draft[]> {
  if (rules.length === 0) return []
  const unit = news.place.unit === '' ? undefined : await findUnit(ctx, news.place.unit.split('/').at(-2) ?? '')
  const meant = rules.filter((rule) => isFor(rule, { level: unit?.level ?? null, source: row.source }))
  const drafts: Draft[] = []
  for (const rule of meant) {
    const template = book.templates.get(rule.template)
    if (!template) continue
    const receivers = await receiversOf(ctx, rule.audience, { row, place: news.place, collectorId: news.collectorId, act: news.happening.about })
    if (receivers.length > 0) drafts.push(...(await draftsOf(ctx, book, rule, template, receivers, news, row)))
  }
  return drafts
}

async function draftsOf(ctx: Context, book: Book, rule: NamedRule, template: NamedTemplate, receivers: readonly Receiver[], news: News, row: CaseRow): Promise<Draft[]> {
  const asked = placesIn(template.zh.subject, template.zh.body, template.en.subject, template.en.body)
  const facts = await factsOf(ctx, row, news.told, asked)
  const muted = rule.urgent ? undefined : await mutedOf(ctx, receivers)
  const drafts: Draft[] = []
  for (const receiver of receivers) {
    for (const channel of rule.channels) {
      if (receiver.kind === 'person' && channel !== 'app' && muted?.get(receiver.id)?.has(channel)) continue
      const way = await wayTo(ctx, channel, receiver)
      if (way) drafts.push(await draftOf(ctx, { book, rule, template, facts, news, receiver, channel, way }))
    }
  }
  return drafts
}

/** By which gateway and to which address; `held` where there is none, for others to see what would have been sent. */
export interface Way {
  readonly receiver: string
  readonly name: string
  readonly address: string | null
  readonly held?: boolean
}

/** Undefined where this receiver cannot be told by this channel at all. */
async function wayTo(ctx: Context, kind: Channel, receiver: Receiver): Promise<Way | undefined> {
  const person = receiver.kind === 'person' ? receiver : undefined
  const id = person?.id ?? 'reporter'
  if (kind === 'app') return person && { receiver: id, name: person.name, address: null }
  const found: OpenChannel | undefined = channelFor(await channelsOf(ctx), kind, person?.unitPath ?? '')
  if (kind === 'sms') {
    // Without a gateway the outbox shows what would have been sent.
    return receiver.phone ? { receiver: id, name: receiver.name, address: receiver.phone, held: !found } : undefined
  }
  if (!found) return undefined
  if (kind === 'dingtalk' || (kind === 'wecom' && found.settings.mode !== 'app')) return { receiver: `robot:${found.code}`, name: found.name, address: null }
  const address = receiver.kind === 'reporter' ? (kind === 'email' ? receiver.email : null) : (await contactsOf(ctx, [id])).get(id)?.[kind]
  return address ? { receiver: id, name: receiver.name, address } : undefined
}

interface Part {
  readonly book: Book
  readonly rule: NamedRule
  readonly template: NamedTemplate
  readonly facts: Facts
  readonly news: News
  readonly receiver: Receiver
  readonly channel: Channel
  readonly way: Way
}

async function draftOf(ctx: Context, { book, rule, template, facts, news, receiver, channel, way }: Part): Promise<Draft> {
  const { link, facts: more } = await ownFacts(ctx, template.reader, news.number, receiver.kind === 'reporter' ? receiver.queryWord : undefined)
  const calendar = await workingCalendar(ctx)
  const meantAt = rule.after ? deadline(calendar, news.at, rule.after.amount, rule.after.unit) : news.at
  const gathered = rule.digest && receiver.kind === 'person' && book.settings.digestAt.length > 0
  const disturbs = channel !== 'app' && !rule.urgent
  const dueAt = gathered ? nextDigest(meantAt, book.settings.digestAt, calendar.zone) : disturbs ? afterQuiet(meantAt, book.settings.quiet, calendar.zone) : meantAt
  // Inside of the program the link stands beside the words, and is left out of them.
  const known = channel === 'app' ? facts : { ...facts, ...more }
  return {
    cause: news.heard.position,
    rule: rule.code,
    channel,
    receiver: way.receiver,
    kind: news.happening.on,
    about: news.happening.about,
    ordinal: news.told.ordinal ?? null,
    district: news.district,
    number: news.number,
    template: template.code,
    name: way.name,
    address: way.address,
    words: say(template, known),
    link,
    urgent: rule.urgent,
    watch: rule.stops,
    // What is due later may find a gateway by then, or never be told.
    state: gathered ? 'gathering' : way.held && dueAt <= ctx.now ? 'held' : 'waiting',
    at: news.at,
    dueAt,
  }
}
