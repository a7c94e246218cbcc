// From a measured value to a level: hysteresis, duration before it rings, duration before it is over. Nothing here reads a clock or a database.

export interface Limits {
  readonly levels: readonly (number | null)[]
  readonly side: 'above' | 'below'
  readonly hysteresis: number
  readonly raiseMs: number
  readonly clearMs: number
}

/** What is remembered of one rule and one device between readings. */
export interface Watch {
  /** 0: quiet; 1 blue to 4 red. */
  readonly level: number
  /** Of each level since when the value has lain beyond it. */
  readonly since: readonly (number | null)[]
  /** Since when the value has been back from the level that stands. */
  readonly backSince: number | null
}

export const QUIET: Watch = { level: 0, since: [null, null, null, null], backSince: null }

/** Nothing to remember. */
export const isQuiet = (watch: Watch): boolean => watch.level === 0 && watch.backSince === null && watch.since.every((at) => at === null)

const isBeyond = (x: number, limit: number | null | undefined, side: Limits['side']): boolean =>
  limit !== null && limit !== undefined && (side === 'above' ? x >= limit : x <= limit)

/** The watch after a value; the same one where nothing has changed. */
export function advance(before: Watch, x: number, at: number, { levels, side, hysteresis, raiseMs, clearMs }: Limits): Watch {
  const since = levels.map((limit, i) => (isBeyond(x, limit, side) ? (before.since[i] ?? at) : null))
  const risen = since.findLastIndex((from) => from !== null && at - from >= raiseMs) + 1
  if (risen > before.level) return { level: risen, since, backSince: null }

  const kept = before.level === 0 ? 0 : levels.findLastIndex((limit, i) => i < before.level && limit !== null && isBeyond(x, side === 'above' ? limit - hysteresis : limit + hysteresis, side)) + 1
  if (kept === before.level) return settle(before, { level: before.level, since, backSince: null })
  const backSince = before.backSince ?? at
  if (at - backSince < clearMs) return settle(before, { level: before.level, since, backSince })
  return { level: kept, since, backSince: null }
}

const settle = (before: Watch, after: Watch): Watch =>
  before.level === after.level && before.backSince === after.backSince && before.since.every((from, i) => from === after.since[i]) ? before : after
