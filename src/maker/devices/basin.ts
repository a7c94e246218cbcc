// Water that gathers at a flood point (积水点): what runs off its catchment comes late, what the drains do not take stands. Nothing here reads a clock.

import type { Random } from '../random.ts'

export const FLOOD_KINDS = ['车辆下穿通道', '人行下穿通道', '低洼地段', '缓洪池', '排洪渠', '雨污水泵站'] as const
export type FloodKind = (typeof FLOOD_KINDS)[number]

export interface Basin {
  /** The area that drains to it, by its own. */
  readonly ratio: number
  /** Minutes by which the rain is late. */
  readonly delay: number
  /** Millimetres of rain a minute that its drains take. */
  readonly drains: number
  /** Centimetres that always stand there. */
  readonly base: number
  /** Above this it runs over. */
  readonly most: number
}

export interface Water {
  /** On its way, in millimetres over the catchment. */
  readonly coming: number
  /** Centimetres above the base. */
  readonly standing: number
}

export const DRY: Water = { coming: 0, standing: 0 }

const KINDS: Readonly<Record<FloodKind, { readonly [K in keyof Basin]: readonly [number, number] }>> = {
  车辆下穿通道: { ratio: [14, 30], delay: [9, 15], drains: [0.75, 1.15], base: [0, 0], most: [260, 300] },
  人行下穿通道: { ratio: [8, 17], delay: [8, 14], drains: [0.8, 1.2], base: [0, 0], most: [180, 220] },
  低洼地段: { ratio: [7, 18], delay: [7, 12], drains: [0.8, 1.4], base: [0, 0], most: [70, 110] },
  缓洪池: { ratio: [14, 18], delay: [18, 25], drains: [0.5, 0.7], base: [0, 1], most: [250, 300] },
  排洪渠: { ratio: [8, 13], delay: [14, 20], drains: [0.6, 0.9], base: [4, 8], most: [200, 260] },
  雨污水泵站: { ratio: [6, 10], delay: [12, 18], drains: [1, 1.3], base: [3, 7], most: [220, 280] },
}

export const isFloodKind = (kind: string): kind is FloodKind => (FLOOD_KINDS as readonly string[]).includes(kind)

export function layBasin(kind: FloodKind, random: Random): Basin {
  const { ratio, delay, drains, base, most } = KINDS[kind]
  const of = ([low, high]: readonly [number, number]) => random.between(low, high)
  return { ratio: of(ratio), delay: of(delay), drains: of(drains), base: of(base), most: of(most) }
}

/** One minute later, after so much rain. */
export function minuteOn({ ratio, delay, drains, most }: Basin, { coming, standing }: Water, rain: number): Water {
  const held = coming + rain
  const running = held / delay
  // A millimetre on the catchment is a tenth of a centimetre, times the ratio, where it stands.
  const rise = ((running - drains) * ratio) / 10
  return { coming: held - running, standing: Math.min(most, Math.max(0, standing + rise)) }
}
