// At which real time a moment of a simulated run is said to have been. Nothing here reads a clock.

export interface RunPlan {
  /** When it starts, and how many times as quick as real it runs. */
  readonly start: number
  readonly speed: number
  /** How long it is, in its own minutes. */
  readonly minutes: number
  /** The newest reading that the city has already: what came before it would be late. */
  readonly newest: number
}

const MINUTE = 60_000

/** At its own pace and ending now, where there is room for it behind the newest reading; else drawn together. Never in the future. */
export function timeline({ start, speed, minutes, newest }: RunPlan): (minute: number) => number {
  const end = start + (minutes * MINUTE) / speed
  const begin = Math.min(start, Math.max(end - minutes * MINUTE, newest + 1_000))
  return (minute) => Math.floor(begin + ((end - begin) * minute) / minutes)
}
