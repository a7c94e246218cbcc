// The environment is read here, once, and nowhere else.

import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KernelOptions } from './kernel/index.ts'
import { SETTINGS, type Setting, type SettingName } from './settings.ts'

export interface Config extends Omit<KernelOptions, 'say'> {
  readonly level: 'city'
  readonly division: string
}

/** Stops the start: a setting that is unknown or cannot be. */
export class SettingRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SettingRefused'
  }
}

type Environment = Readonly<Record<string, string | undefined>>
type Values = { [N in SettingName]: Extract<ReturnType<(typeof SETTINGS)[N]['read']>, { value: unknown }>['value'] }

/** The settings of this start, or one clear line about the first that is wrong. */
export function readConfig(environment: Environment = process.env): Config {
  refuseUnknown(environment)
  const values = Object.fromEntries(names().map((name) => [name, valueOf(name, environment)])) as Values
  return {
    host: values.CHENGYUN_HOST,
    port: values.CHENGYUN_PORT,
    dataFolder: resolve(values.CHENGYUN_DATA),
    databaseUrl: values.DATABASE_URL,
    connections: values.CHENGYUN_CONNECTIONS,
    publicUrl: values.CHENGYUN_PUBLIC_URL,
    trustProxy: values.CHENGYUN_TRUST_PROXY,
    idleMinutes: values.CHENGYUN_IDLE_MINUTES,
    secret: values.CHENGYUN_SECRET,
    outbound: values.CHENGYUN_OUTBOUND,
    gateways: { smsUrl: values.CHENGYUN_SMS_URL, smsToken: values.CHENGYUN_SMS_TOKEN, smtpUrl: values.CHENGYUN_SMTP_URL },
    services: {
      host: values.CHENGYUN_HOST,
      mqttPort: values.CHENGYUN_MQTT_PORT,
      mqttUrl: values.CHENGYUN_MQTT_URL,
      mqttTopic: values.CHENGYUN_MQTT_TOPIC,
      mqttClient: values.CHENGYUN_MQTT_CLIENT ?? `chengyun-${hostname()}-${values.CHENGYUN_PORT}`,
      alarmDays: values.CHENGYUN_ALARM_DAYS,
      jt808Port: values.CHENGYUN_JT808_PORT,
      capSender: values.CHENGYUN_CAP_SENDER,
      capStatus: values.CHENGYUN_CAP_STATUS,
    },
    level: values.CHENGYUN_LEVEL,
    division: values.CHENGYUN_DIVISION,
    logLevel: values.CHENGYUN_LOG,
    shadow: values.CHENGYUN_SHADOW,
    webFolder: builtWeb(),
  }
}

export interface SettingLine {
  readonly name: string
  readonly value: string
  readonly default: string
  readonly means: string
}

/** Every setting with its value as it may be shown: of a secret, no more than that it is set. */
export const listSettings = (environment: Environment = process.env): SettingLine[] =>
  names().map((name) => {
    const setting: Setting<unknown> = SETTINGS[name]
    const text = textOf(name, environment)
    return { name, value: setting.secret ? masked(text) : text, default: setting.default, means: `${setting.means.zh} / ${setting.means.en}` }
  })

const names = () => Object.keys(SETTINGS) as SettingName[]

/** An empty one counts as not set, as a line of a settings file often leaves it. */
const textOf = (name: SettingName, environment: Environment): string => environment[name] || SETTINGS[name].default

function valueOf(name: SettingName, environment: Environment): unknown {
  const setting: Setting<unknown> = SETTINGS[name]
  const text = textOf(name, environment)
  const found = setting.read(text)
  if ('value' in found) return found.value
  throw new SettingRefused(`${name}=${setting.secret ? '…' : text}: ${found.wrong}`)
}

function refuseUnknown(environment: Environment): void {
  const unknown = Object.keys(environment).find((name) => name.startsWith('CHENGYUN_') && !(name in SETTINGS))
  if (unknown === undefined) return
  const [near] = names()
    .filter((name) => distance(name, unknown) <= 3)
    .toSorted((one, other) => distance(one, unknown) - distance(other, unknown))
  throw new SettingRefused(`${unknown} is not a setting${near ? `; is ${near} meant?` : '; `npx chengyun config` lists them all'}`)
}

/** Of an address the password alone: the host and the database are what one looks for. */
const masked = (text: string): string =>
  /^\w+:\/\//.test(text) ? text.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1:••••@').replace(/(password=)[^&]*/i, '$1••••') : text && '••••'

/** How many letters must change to make one word the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, j) => j)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1)!
}

function builtWeb(): string | undefined {
  const folder = fileURLToPath(new URL('../dist/web/', import.meta.url))
  return existsSync(folder) ? folder : undefined
}
