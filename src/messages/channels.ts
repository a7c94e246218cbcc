// The gateways by which messages leave: kept by an administrator, or given by the environment.

import { announce, cache, checkedUrl, outwardOf, record, type Context, type Outward, type Words } from '../kernel/index.ts'
import { mayManage } from './book.ts'
import type { ChannelBody, ChannelSettings, ChannelShown, SecretName } from './contract.ts'
import { messagesArranged } from './events.ts'
import { channelFaulty, channelSetOutside, channelUnknown, hostNotAllowed } from './problems.ts'
import { own, type ChannelTable } from './tables.ts'

export type ChannelKind = ChannelTable['kind']
export type Secrets = Partial<Record<SecretName, string>>

/** A channel with its secrets opened, to be used and never shown. */
export interface OpenChannel {
  readonly code: string
  readonly kind: ChannelKind
  readonly name: string
  readonly unit: string
  readonly enabled: boolean
  readonly settings: ChannelSettings
  readonly secrets: Secrets
  readonly outside: boolean
  readonly fault: Words | null
}

const channels = cache<readonly OpenChannel[]>({
  name: 'messages.channels',
  until: [messagesArranged],
  async build(ctx) {
    const outward = await ctx.caches.get(ctx, outwardOf)
    const rows = await own(ctx).selectFrom('messageChannel').selectAll().orderBy('code').execute()
    const kept = rows.map((row) => opened(outward, row))
    const given = givenBy(outward).filter(({ code }) => !kept.some((each) => each.code === code))
    return [...kept, ...given]
  },
})

export const channelsOf = (ctx: Context): Promise<readonly OpenChannel[]> => ctx.caches.get(ctx, channels)

const placeOf = (code: string) => `messages.channel ${code}`

const LOST: Words = { zh: '密钥打不开（加密口令已更换），请重新填写', en: 'Its secret cannot be opened under the present key; enter it again' }

function opened({ vault }: Outward, row: ChannelTable): OpenChannel {
  const text = row.sealed === null ? '{}' : vault.unseal(placeOf(row.code), row.sealed)
  const { code, kind, name, unit, enabled, settings } = row
  return { code, kind, name, unit, enabled, settings, secrets: text === undefined ? {} : JSON.parse(text), outside: false, fault: text === undefined ? LOST : null }
}

/** What the environment gives stands for whatever no administrator has set under the same code. */
function givenBy({ gateways: { smsUrl, smsToken, smtpUrl } }: Outward): OpenChannel[] {
  const usual = { unit: '', enabled: true, outside: true, fault: null }
  const given: OpenChannel[] = []
  if (smsUrl) given.push({ ...usual, code: 'sms', kind: 'sms', name: 'CHENGYUN_SMS_URL', settings: { url: smsUrl }, secrets: smsToken ? { token: smsToken } : {} })
  const url = smtpUrl === undefined ? null : URL.parse(smtpUrl)
  if (url) {
    const user = decodeURIComponent(url.username)
    const tls = url.protocol === 'smtps:'
    const settings: ChannelSettings = {
      host: url.hostname,
      port: Number(url.port) || (tls ? 465 : 587),
      security: tls ? 'tls' : 'starttls',
      ...(user && { user }),
      from: url.searchParams.get('from') ?? (user.includes('@') ? user : `chengyun@${url.hostname}`),
    }
    given.push({ ...usual, code: 'email', kind: 'email', name: 'CHENGYUN_SMTP_URL', settings, secrets: url.password ? { password: decodeURIComponent(url.password) } : {} })
  }
  return given
}

/** The enabled channel of a kind that serves a unit: the one set for the smallest subtree. */
export function channelFor(all: readonly OpenChannel[], kind: string, unit: string): OpenChannel | undefined {
  const fit = all.filter((each) => each.kind === kind && each.enabled && !each.fault && unit.startsWith(each.unit))
  return fit.toSorted((a, b) => b.unit.length - a.unit.length)[0]
}

const show = ({ secrets, ...channel }: OpenChannel): ChannelShown => ({
  ...channel,
  has: Object.entries(secrets).flatMap(([name, value]) => (value ? [name] : [])),
  settings: channel.outside ? withoutQuery(channel.settings) : channel.settings,
})

/** The address of an outside gateway may carry a key of its own. */
const withoutQuery = (settings: ChannelSettings): ChannelSettings =>
  settings.url === undefined ? settings : { ...settings, url: settings.url.split('?')[0]! }

export async function listChannels(ctx: Context): Promise<{ items: ChannelShown[]; allowed: boolean }> {
  mayManage(ctx)
  const { guard } = await ctx.caches.get(ctx, outwardOf)
  return { items: (await channelsOf(ctx)).map(show), allowed: guard.limited }
}

export async function putChannel(ctx: Context, code: string, body: ChannelBody): Promise<ChannelShown> {
  mayManage(ctx)
  const outward = await ctx.caches.get(ctx, outwardOf)
  const before = (await channelsOf(ctx)).find((each) => each.code === code)
  if (before && !before.outside && before.kind !== body.kind) {
    throw channelFaulty({ why: { zh: '渠道种类不能更改', en: 'A channel stays of its kind' } })
  }
  demandWhole(outward, body)
  const secrets: Secrets = { ...(before?.outside ? {} : before?.secrets), ...body.secrets }
  for (const name of Object.keys(secrets) as SecretName[]) if (!secrets[name]) delete secrets[name]
  if (aimsElsewhere(before, body) && Object.keys(secrets).some((name) => !body.secrets?.[name as SecretName])) {
    throw channelFaulty({ why: { zh: '换了地址须重新填写密钥', en: 'Another address needs its secret entered anew' } })
  }
  const row: ChannelTable = {
    code,
    kind: body.kind,
    name: body.name,
    unit: body.unit,
    enabled: body.enabled,
    settings: body.settings,
    sealed: Object.keys(secrets).length === 0 ? null : outward.vault.seal(placeOf(code), JSON.stringify(secrets)),
    changedAt: ctx.now,
    changedBy: ctx.actor.id,
  }
  await own(ctx).insertInto('messageChannel').values(row).onConflict((clash) => clash.column('code').doUpdateSet(row)).execute()
  record(ctx, 'messages.channel-set', code, '', { ...body, secrets: Object.keys(body.secrets ?? {}) })
  announce(ctx, messagesArranged, '', { what: 'channel' })
  return show(opened(outward, row))
}

/** A secret is never carried along to a machine for which it was not entered. */
const aimsElsewhere = (before: OpenChannel | undefined, { settings }: ChannelBody): boolean =>
  before !== undefined && (before.settings.url !== settings.url || before.settings.host !== settings.host || before.settings.port !== settings.port)

function demandWhole({ guard }: Outward, { kind, settings }: ChannelBody): void {
  const need = (fine: unknown, zh: string, en: string) => {
    if (!fine) throw channelFaulty({ why: { zh, en } })
  }
  if (kind === 'sms') need(settings.url, '需要网关地址', 'the address of the gateway is needed')
  if (kind === 'sms' && settings.body !== undefined) need(isJson(settings.body), '报文不是 JSON', 'the body is no JSON')
  if (kind === 'wecom' && settings.mode === 'app') need(settings.corpId && settings.agentId, '需要企业 ID 与应用 ID', 'corporation and agent are needed')
  if (settings.url) demandAddress(guard, settings.url)
  if (kind !== 'email') return
  need(settings.host && settings.from, '需要服务器与发件人', 'server and sender are needed')
  if (!guard.mayName(settings.host!)) throw hostNotAllowed({ address: settings.host! })
}

export function demandAddress(guard: Outward['guard'], address: string): void {
  try {
    checkedUrl(guard, address)
  } catch {
    throw hostNotAllowed({ address })
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replaceAll(/\{(id|phone|text|link)\}/g, ''))
    return true
  } catch {
    return false
  }
}

export async function dropChannel(ctx: Context, code: string): Promise<{ done: number }> {
  mayManage(ctx)
  const gone = await own(ctx).deleteFrom('messageChannel').where('code', '=', code).returning('code').executeTakeFirst()
  if (gone) {
    record(ctx, 'messages.channel-dropped', code, '')
    announce(ctx, messagesArranged, '', { what: 'channel' })
    return { done: 1 }
  }
  if ((await channelsOf(ctx)).some((each) => each.code === code)) throw channelSetOutside()
  throw channelUnknown({ code })
}
