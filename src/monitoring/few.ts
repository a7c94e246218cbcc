import type { Reason } from './gate.ts'

/** Of one device and one reason so many a minute are kept whole; all are counted. */
const KEPT_A_MINUTE = 60
/** And of all together: names can be made up. */
const KEPT_AT_MOST = 5_000
const MINUTE_MS = 60_000

/** Which of those that are refused are few enough to be kept whole. */
export class Few {
  #kept = new Map<string, number>()
  #minute = 0
  #all = 0

  keeps(device: string, reason: Reason, now: number): boolean {
    const minute = Math.floor(now / MINUTE_MS)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#all = 0
      this.#kept.clear()
    }
    const key = `${reason} ${device}`
    const kept = this.#kept.get(key) ?? 0
    if (kept >= KEPT_A_MINUTE || this.#all >= KEPT_AT_MOST) return false
    this.#kept.set(key, kept + 1)
    this.#all++
    return true
  }
}
