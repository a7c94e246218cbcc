import type { Language, Words } from '../../kernel/contract.ts'
import { sayDuration } from '../../kernel/web/index.ts'
import { sayUnit } from '../units.ts'
import { REASONS, STATE_NAMES, type ProductShown } from '../contract.ts'

export const STATE_WORDS: Readonly<Record<string, Words>> = STATE_NAMES

export const WAY_WORDS: Readonly<Record<string, Words>> = {
  http: { zh: 'HTTP', en: 'HTTP' },
  mqtt: { zh: 'MQTT 直连', en: 'MQTT' },
  broker: { zh: '外部 MQTT 服务器', en: 'Broker of others' },
  replay: { zh: '重放', en: 'Replay' },
  jt808: { zh: '车载终端', en: 'Vehicle terminals' },
}

export const reasonWords = (reason: string): Words => (reason in REASONS ? REASONS[reason as keyof typeof REASONS] : { zh: reason, en: reason })

/** A value with its unit, in the digits of its metric. */
export function sayValue(product: ProductShown | undefined, metric: string, value: number): string {
  const found = product?.metrics.find(({ code }) => code === metric)
  return found ? `${value.toFixed(found.precision)} ${found.unit}`.trim() : String(value)
}

/** From a measurement to its commit. */
export const sayLag = (ms: number, language: Language): string => (ms < 60_000 ? `${(ms / 1000).toFixed(1)} ${sayUnit('s', language)}` : sayDuration(ms, language))
