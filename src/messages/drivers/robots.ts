// Robots of groups, and the app of an enterprise, in WeCom (企业微信) and DingTalk (钉钉).

import { createHmac } from 'node:crypto'
import { postTo, type Outward } from '../../kernel/index.ts'
import type { OpenChannel } from '../channels.ts'
import { demandTaken, HAND_OVER_MS, Refusal, valueAt, type Driver, type Letter } from './refusal.ts'

const WECOM = 'https://qyapi.weixin.qq.com'
const DINGTALK = 'https://oapi.dingtalk.com'
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** Both answer with `errcode`, 0 where it was taken. 45009 and 130101 say that it was too much at once. */
async function ask({ guard }: Outward, address: string, id: string, body: unknown): Promise<string> {
  const reply = await postTo(guard, address, {
    timeoutMs: HAND_OVER_MS,
    headers: { ...JSON_TYPE, 'idempotency-key': id },
    body: JSON.stringify(body),
  })
  demandTaken(reply)
  if (valueAt(reply.text, 'errcode') !== 0) throw new Refusal(reply.text.slice(0, 300))
  return reply.text.slice(0, 500)
}

const linesOf = ({ said, link }: Letter): string => [said.subject, said.body, link && !said.body.includes(link) ? link : ''].filter(Boolean).join('\n')

/** The token of the app holds for two hours and is the same for all who ask; it is asked for anew shortly before. */
const tokens = new WeakMap<OpenChannel, { token: string; until: number }>()

async function tokenOf({ guard }: Outward, channel: OpenChannel, now: Date): Promise<string> {
  const known = tokens.get(channel)
  if (known && known.until > +now) return known.token
  const { settings, secrets } = channel
  const query = new URLSearchParams({ corpid: settings.corpId ?? '', corpsecret: secrets.token ?? '' })
  const reply = await postTo(guard, `${settings.url ?? WECOM}/cgi-bin/gettoken?${query}`, { method: 'GET', timeoutMs: HAND_OVER_MS })
  demandTaken(reply)
  const token = valueAt(reply.text, 'access_token')
  if (typeof token !== 'string' || token === '') throw new Refusal(`no token: errcode ${String(valueAt(reply.text, 'errcode'))}`)
  const seconds = Number(valueAt(reply.text, 'expires_in')) || 7200
  tokens.set(channel, { token, until: +now + (seconds - 300) * 1000 })
  return token
}

export const sendWecom: Driver = async (outward, channel, letter) => {
  const { settings, secrets } = channel
  const base = settings.url ?? WECOM
  const text = { msgtype: 'text', text: { content: linesOf(letter) } }
  if (settings.mode !== 'app') return ask(outward, `${base}/cgi-bin/webhook/send?${new URLSearchParams({ key: secrets.token ?? '' })}`, letter.id, text)
  const token = await tokenOf(outward, channel, letter.now)
  const body = { touser: letter.address, agentid: Number(settings.agentId), ...text, enable_duplicate_check: 1, duplicate_check_interval: 14_400 }
  return ask(outward, `${base}/cgi-bin/message/send?${new URLSearchParams({ access_token: token })}`, letter.id, body)
}

/** The signature that a robot with 加签 wants. */
export const dingtalkSign = (secret: string, timestamp: number): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')

export const sendDingtalk: Driver = async (outward, { settings, secrets }, letter) => {
  const query = new URLSearchParams({ access_token: secrets.token ?? '' })
  if (secrets.sign) {
    query.set('timestamp', String(+letter.now))
    query.set('sign', dingtalkSign(secrets.sign, +letter.now))
  }
  return ask(outward, `${settings.url ?? DINGTALK}/robot/send?${query}`, letter.id, { msgtype: 'text', text: { content: linesOf(letter) }, msgUuid: letter.id })
}
