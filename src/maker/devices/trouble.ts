// What goes wrong with devices, as their readings tell of it: a cover that is lifted, gas that leaks, a pipe that bursts. Nothing here reads a clock.

import type { Words } from '../../kernel/index.ts'
import type { Trade } from '../../monitoring/index.ts'
import type { Random } from '../random.ts'
import type { ProductCode } from './products.ts'

export interface Trouble {
  readonly device: string
  readonly kind: TroubleKind
  readonly from: number
  readonly to: number
  /** How far it goes. */
  readonly height: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The reading in the midst of it; `share` runs from 0 to 1. */
type Value = (usual: number, height: number, share: number) => number

interface Kind extends Words {
  readonly trade: Trade
  readonly product: ProductCode
  readonly lasts: readonly [low: number, high: number]
  readonly height: readonly [low: number, high: number]
  /** Of each metric that it changes. */
  readonly values: Readonly<Record<string, Value>>
}

const flat: Value = (_, height) => height
const raised: Value = (usual, height) => usual + height
const scaled: Value = (usual, height) => usual * height
/** Comes and goes. */
const swollen: Value = (usual, height, share) => usual + height * Math.sin(Math.PI * share)
/** Comes fast, then stays. */
const filled: Value = (usual, height, share) => usual + height * Math.min(1, 0.6 + 4 * share)

export const TROUBLES = {
  cover: {
    zh: '井盖被掀开', en: 'A cover is lifted',
    trade: 'drainage', product: 'manhole', lasts: [2 * HOUR, 6 * HOUR], height: [22, 65], values: { tilt: flat },
  },
  'gas-well': {
    zh: '燃气井漏气', en: 'Gas leaks into a chamber',
    trade: 'gas', product: 'gas-detector', lasts: [80 * MINUTE, 4 * HOUR], height: [22, 48], values: { methane: swollen },
  },
  'low-pressure': {
    zh: '管网压力低', en: 'Pressure in a main is low',
    trade: 'water', product: 'pressure', lasts: [2 * HOUR, 5 * HOUR], height: [0.3, 0.38], values: { pressure: scaled },
  },
  lamp: {
    zh: '路灯不亮', en: 'Lamps are dark',
    trade: 'lighting', product: 'lamp-controller', lasts: [30 * HOUR, 70 * HOUR], height: [0.3, 0.5], values: { current: scaled },
  },
  strain: {
    zh: '桥梁应变过大', en: 'A bridge is strained',
    trade: 'bridge', product: 'bridge', lasts: [3 * HOUR, 5 * HOUR], height: [240, 300], values: { strain: (usual, height, share) => swollen(usual, height - usual, share) },
  },
  pump: {
    zh: '泵站停泵', en: 'A pump stops',
    trade: 'water', product: 'pump-station', lasts: [40 * MINUTE, 2 * HOUR], height: [0.35, 0.5], values: { pressure: scaled, flow: (usual, height) => usual * height * 0.8 },
  },
  burst: {
    zh: '分区爆管', en: 'A pipe of a zone bursts',
    trade: 'water', product: 'dma-meter', lasts: [HOUR, 3 * HOUR], height: [0.25, 0.35], values: { pressure: scaled, flow: (usual, height) => usual + 45 / (height + 0.3) },
  },
  leak: {
    zh: '分区暗漏', en: 'A hidden leak in a zone',
    trade: 'water', product: 'dma-meter', lasts: [50 * HOUR, 90 * HOUR], height: [22, 32], values: { 'night-flow': raised, flow: raised },
  },
  'wet-chamber': {
    zh: '阀门井进水', en: 'Water runs into a valve chamber',
    trade: 'water', product: 'water-chamber', lasts: [3 * HOUR, 8 * HOUR], height: [110, 170], values: { water: filled },
  },
  regulator: {
    zh: '调压器失效，出口超压', en: 'A regulator fails: its outlet pressure rises',
    trade: 'gas', product: 'gas-regulator', lasts: [HOUR, 3 * HOUR], height: [1.7, 2.1], values: { outlet: scaled },
  },
  'cold-supply': {
    zh: '换热站供水不热', en: 'A heat station supplies too cold',
    trade: 'heat', product: 'heat-station', lasts: [3 * HOUR, 8 * HOUR], height: [0.45, 0.55], values: { supply: scaled, return: (usual, height) => usual * (height + 0.12) },
  },
  'heat-leak': {
    zh: '供热检查室漏热水', en: 'Hot water leaks into a chamber',
    trade: 'heat', product: 'heat-chamber', lasts: [2 * HOUR, 6 * HOUR], height: [70, 95], values: { temperature: flat, water: (usual, height, share) => filled(usual, height / 3, share) },
  },
  // One vehicle, and one after the other.
  overweight: {
    zh: '一辆超重车上桥', en: 'An overweight vehicle crosses a bridge',
    trade: 'bridge', product: 'weigh-in-motion', lasts: [6 * MINUTE, 9 * MINUTE], height: [31, 50], values: heavy(),
  },
  convoy: {
    zh: '超重车接连上桥', en: 'Overweight vehicles cross a bridge one after the other',
    trade: 'bridge', product: 'weigh-in-motion', lasts: [2 * HOUR, 4 * HOUR], height: [26, 46], values: heavy(),
  },
} as const satisfies Record<string, Kind>

export type TroubleKind = keyof typeof TROUBLES
const KINDS: Readonly<Record<TroubleKind, Kind>> = TROUBLES

export const kindsOf = (trade: Trade): TroubleKind[] => (Object.keys(KINDS) as TroubleKind[]).filter((kind) => KINDS[kind].trade === trade)

function heavy(): Kind['values'] {
  return { gross: (usual, height) => height + usual / 5, axles: (_, height) => (height > 40 ? 6 : height > 30 ? 5 : 4), speed: (usual) => usual * 0.75, lane: (usual) => usual }
}

/** Troubles of a kind that begin between two moments, at devices of its product. */
export function layTroubles(name: TroubleKind, devices: readonly string[], count: number, [from, to]: readonly [number, number], random: Random): Trouble[] {
  const kind = KINDS[name]
  if (devices.length === 0) return []
  return Array.from({ length: count }, () => {
    const begin = Math.floor(random.between(from, to))
    const lasts = random.between(...kind.lasts)
    return { device: random.pick(devices), kind: name, from: begin, to: Math.floor(begin + lasts), height: random.between(...kind.height) }
  })
}

export const changes = ({ kind }: Trouble, metric: string): boolean => metric in KINDS[kind].values

/** The reading of a metric at a moment, where one of these troubles of its device changes it. */
export function troubled(metric: string, troubles: readonly Trouble[], at: number, usual: number): number {
  const one = troubles.find((trouble) => at >= trouble.from && at < trouble.to && changes(trouble, metric))
  return one ? KINDS[one.kind].values[metric]!(usual, one.height, (at - one.from) / (one.to - one.from)) : usual
}
