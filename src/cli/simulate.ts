import { InvalidArgumentError, Option, type Command } from 'commander'
import { setTimeout } from 'node:timers/promises'
import { readConfig } from '../config.ts'
import { SimulatedCity, timeline, TROUBLES, type SimulatedDevice, type SimulatedProduct, type SimulatedReading } from '../maker/index.ts'
import { TRADE_CODES, type Trade } from '../monitoring/index.ts'
import { CityRefused, enterCity, type CityClient } from './city-client.ts'
import { note, print, speak } from './speak.ts'
import type { Address } from './simulate-terminal.ts'
import { startTrucks } from './simulate-trucks.ts'

interface Asked {
  readonly url?: string
  readonly key?: string
  readonly storm: boolean
  readonly trouble?: readonly Trade[]
  readonly minutes: number
  readonly speed: number
  readonly seed?: number
  readonly once: boolean
  readonly trucks?: Address
}

const refuse = (zh: string, en: string) => new InvalidArgumentError(speak({ zh, en }))

const within =
  (least: number, most: number, whole = false) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) throw refuse(`需在 ${least} 与 ${most} 之间`, `must lie between ${least} and ${most}`)
    return value
  }

function address(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw refuse('需为 http:// 或 https:// 开头的网址', 'must be an address that begins with http:// or https://')
  return new URL(text).origin
}

function hostAndPort(text: string): Address {
  const [, host = '', port = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? []
  if (port === '' || Number(port) > 65_535) throw refuse('需为 主机:端口', 'must be HOST:PORT')
  return { host: host || '127.0.0.1', port: Number(port) }
}

/** The verb that lets the devices of a running city report. */
export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .option('--url <address>', speak({ zh: '运行中的程序；不写则本机', en: 'the running program; this machine’s without it' }), address)
    .option('--key <secret>', speak({ zh: '接口密钥（许可 monitoring.read、monitoring.ingest）；示范市可不写', en: 'a machine’s key with monitoring.read and monitoring.ingest; the demo city needs none' }))
    .option('--storm', speak({ zh: '让一场暴雨经过全市', en: 'let a storm pass over the city' }), false)
    .addOption(new Option('--trouble <trade...>', speak({ zh: '让这些行业各出几处故障', en: 'let things go wrong in these trades' })).choices(TRADE_CODES))
    .option('--minutes <n>', speak({ zh: '一处下雨的分钟数', en: 'for how long it rains at one place, in minutes' }), within(10, 360), 90)
    .option('--speed <n>', speak({ zh: '几倍于真实时间', en: 'how many times as quick as real' }), within(1, 600), 1)
    .option('--seed <n>', speak({ zh: '随机种子；不写则自取并打印', en: 'of all chance; one is drawn and printed without it' }), within(0, 2 ** 31, true))
    .option('--trucks <address>', speak({ zh: '防洪泵车从此端口（JT/T 808，主机:端口）上报，驶往积水点抽排', en: 'let pump trucks report to this port of JT/T 808 (HOST:PORT), drive to flooded points and pump' }), hostAndPort)
    .option('--once', speak({ zh: '每个指标只报一次', en: 'one reading of every metric, then end' }), false)
    .description(speak({ zh: '模拟在册设备上报读数，用于演示与试验', en: 'let the registered devices report, for demonstrations and trials' }))
    .action((asked: Asked) =>
      simulate(asked).catch((error: unknown) => {
        if (!(error instanceof CityRefused)) throw error
        note(`chengyun: ${error.message}`)
        process.exitCode = 1
      }),
    )
}

const here = (): string => {
  const { host, port } = readConfig()
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function simulate({ url = here(), key, storm, trouble, minutes, speed, seed = Date.now() % 1_000_000_007, once, trucks: address }: Asked): Promise<void> {
  const client = await enterCity(url, key)
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  try {
    const { products, devices, newest } = await readDevices(client)
    print(speak({ zh: `种子 ${seed}，设备 ${devices.length} 个`, en: `seed ${seed}, ${devices.length} devices` }))
    if (devices.length === 0) return
    const start = Date.now()
    const city = new SimulatedCity({ seed, products, devices, from: start, stormMinutes: storm ? minutes : undefined, trouble })
    for (const { kind, device } of trouble ? city.troubles : []) print(`${device}  ${speak(TROUBLES[kind])}`)
    if (storm && !city.storm) print(speak({ zh: '没有雨量或水位设备，暴雨看不出来', en: 'there is no device of rain or water: the storm cannot be seen' }))
    const tally = new Tally(devices)
    if (once) await send(client, tally, city.round(), () => start)
    else {
      const trucks = address && (await startTrucks(client, address))
      if (address && !trucks) print(speak({ zh: '没有可以出动的防洪泵车', en: 'there is no pump truck that could drive' }))
      await run(client, tally, city, { start, speed, newest, signal: stop.signal }).finally(() => trucks?.stop())
    }
    tally.say(speak({ zh: '结束', en: 'ended' }))
  } finally {
    process.off('SIGINT', end)
    process.off('SIGTERM', end)
    await client.end()
  }
}

const MINUTE = 60_000
const TICK_MS = 1_000
const SAY_EVERY_MS = 5_000

interface Run {
  readonly start: number
  readonly speed: number
  readonly newest: number
  readonly signal: AbortSignal
}

/** A storm ends with the last of its water; ordinary days go on until they are stopped. */
async function run(client: CityClient, tally: Tally, city: SimulatedCity, { start, speed, newest, signal }: Run): Promise<void> {
  const at = city.storm ? timeline({ start, speed, minutes: city.minutes, newest }) : (minute: number) => Math.floor(start + (minute * MINUTE) / speed)
  let said = 0
  for (let last = 0; !signal.aborted; ) {
    await until(start + last + TICK_MS, signal)
    last = Date.now() - start
    const minute = Math.min((last / MINUTE) * speed, city.storm ? city.minutes : Infinity)
    await send(client, tally, city.until(minute), at)
    if (Date.now() - said >= SAY_EVERY_MS) {
      said = Date.now()
      tally.say(speak({ zh: `第 ${Math.floor(minute)} 分`, en: `minute ${Math.floor(minute)}` }))
    }
    if (city.storm && minute >= city.minutes) return
  }
}

/** Until that moment, or until it is stopped. */
const until = (moment: number, signal: AbortSignal): Promise<void> => setTimeout(Math.max(0, moment - Date.now()), undefined, { signal }).catch(() => {})

/** The program takes 5,000 in one message. */
const AT_ONCE = 2_000

async function send(client: CityClient, tally: Tally, readings: readonly SimulatedReading[], at: (minute: number) => number): Promise<void> {
  for (let from = 0; from < readings.length; from += AT_ONCE) {
    const part = readings.slice(from, from + AT_ONCE)
    const { taken, quarantined } = await client.report(part.map(({ device, metric, minute, value }) => ({ device, metric, value, at: at(minute) })))
    tally.add(part, taken, quarantined)
  }
}

/** What was sent, and where the water is deepest. */
class Tally {
  readonly #names: ReadonlyMap<string, string>
  readonly #levels = new Map<string, number>()
  readonly #reasons = new Map<string, number>()
  #sent = 0
  #taken = 0

  constructor(devices: readonly SimulatedDevice[]) {
    this.#names = new Map(devices.map(({ code, name }) => [code, name]))
  }

  add(readings: readonly SimulatedReading[], taken: number, quarantined: readonly { reason: string }[]): void {
    this.#sent += readings.length
    this.#taken += taken
    for (const { reason } of quarantined) this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1)
    for (const { device, metric, value } of readings) if (metric === 'level') this.#levels.set(device, value)
  }

  say(when: string): void {
    const refused = [...this.#reasons].map(([reason, count]) => `${reason} ${count}`).join(', ')
    const [code, level] = [...this.#levels].reduce((deep, each) => (each[1] > deep[1] ? each : deep), ['', 0] as [string, number])
    const deepest = code === '' ? '' : speak({ zh: `，最深 ${level} ${code} ${this.#names.get(code)}`, en: `, deepest ${level} ${code} ${this.#names.get(code)}` })
    const count = this.#sent - this.#taken
    print(speak({ zh: `${when}：已发 ${this.#sent}，入库 ${this.#taken}，隔离 ${count}`, en: `${when}: sent ${this.#sent}, taken ${this.#taken}, quarantined ${count}` }) + (refused && ` (${refused})`) + deepest)
  }
}

interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string | null
}

type ShownDevice = SimulatedDevice & { readonly latest: readonly { readonly at: string }[] }

async function readDevices(client: CityClient): Promise<{ products: readonly SimulatedProduct[]; devices: readonly SimulatedDevice[]; newest: number }> {
  const products = (await client.ask<Page<SimulatedProduct>>('/api/products')).items
  const devices: ShownDevice[] = []
  for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined; ) {
    const page: Page<ShownDevice> = await client.ask(`/api/devices?state=in_service&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    devices.push(...page.items)
    cursor = page.next
  }
  const newest = devices.reduce((most, { latest }) => latest.reduce((high, { at }) => Math.max(high, Date.parse(at)), most), 0)
  return { products, devices, newest }
}
