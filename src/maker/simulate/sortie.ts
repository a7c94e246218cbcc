// A pump truck that is on its way to a place, or stands there. Nothing here reads a clock.

import { lngScale, METRES_PER_DEGREE } from '../../kernel/index.ts'

type Place = readonly [lng: number, lat: number]

export class Sortie {
  position: Place
  bearing = 0
  #way: readonly Place[] = []

  constructor(position: Place) {
    this.position = position
  }

  get moving(): boolean {
    return this.#way.length > 0
  }

  /** From here by these places; without any it stays. */
  go(way: readonly Place[]): void {
    this.#way = way
  }

  /** So many metres on. */
  advance(metres: number): void {
    let left = metres
    while (left > 0 && this.#way.length > 0) {
      const [[x, y], [toX, toY]] = [this.position, this.#way[0]!]
      const [east, north] = [(toX - x) * METRES_PER_DEGREE * lngScale(y), (toY - y) * METRES_PER_DEGREE]
      const far = Math.hypot(east, north)
      if (far > 0.5) this.bearing = (Math.round((Math.atan2(east, north) * 180) / Math.PI) + 360) % 360
      if (far > left) {
        this.position = [x + ((toX - x) * left) / far, y + ((toY - y) * left) / far]
        return
      }
      left -= far
      this.position = this.#way[0]!
      this.#way = this.#way.slice(1)
    }
  }
}
