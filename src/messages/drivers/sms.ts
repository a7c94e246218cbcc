import { postTo } from '../../kernel/index.ts'
import { demandTaken, HAND_OVER_MS, Refusal, textOf, valueAt, type Driver } from './refusal.ts'

/** What an SMS gateway is asked where a city has not said otherwise. */
export const USUAL_BODY = '{"id":"{id}","phone":"{phone}","text":"{text}"}'

/** Puts texts into a body of JSON, as they must stand within its quotes. */
export const bodyWith = (body: string, facts: Readonly<Record<string, string>>): string =>
  body.replaceAll(/\{(\w+)\}/g, (place, name: string) => (name in facts ? JSON.stringify(facts[name]).slice(1, -1) : place))

/** By an HTTP gateway: one POST for each message, known again by `Idempotency-Key`. */
export const sendSms: Driver = async ({ guard }, { settings, secrets }, { id, address, said, toReporter, link }) => {
  if (!address || !settings.url) throw new Refusal('no telephone number or no gateway', true)
  const reply = await postTo(guard, settings.url, {
    timeoutMs: HAND_OVER_MS,
    body: bodyWith(settings.body ?? USUAL_BODY, { id, phone: address, text: textOf(said, toReporter), link: link ?? '' }),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': id,
      ...(secrets.token && { authorization: `Bearer ${secrets.token}` }),
      ...settings.headers,
    },
  })
  demandTaken(reply)
  if (settings.okField && String(valueAt(reply.text, settings.okField)) !== (settings.okValue ?? '')) {
    throw new Refusal(`the gateway answered ${reply.text.slice(0, 200)}`)
  }
  return reply.text.slice(0, 500) || `HTTP ${reply.status}`
}
