// A vehicle's days on the streets, as its terminal would have told them: every ten seconds on the way, every five minutes at a halt.

import type { Random } from '../random.ts'
import { lengthOf, type Point } from '../shape.ts'
import type { Day } from './fleet.ts'
import { anyCorner, goOn, type Streets } from './streets.ts'

export interface Told {
  readonly at: number
  readonly point: Point
  readonly kmh: number
  readonly bearing: number
}

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const MOVING_EVERY = 10_000
const STANDING_EVERY = 5 * MINUTE

/** From the midnight `since` to `now`. */
export function* driveDays(streets: Streets, day: Day, since: number, now: number, random: Random): Generator<Told> {
  let from: number | undefined
  let to = anyCorner(streets, random)
  let point = streets.corners[to]!
  let bearing = 0
  let at = since + random.whole(0, 240) * 1000
  const standUntil = function* (until: number): Generator<Told> {
    for (; at < until && at <= now; at += STANDING_EVERY) yield { at, point: shaken(point, random), kmh: 0, bearing }
    at = Math.max(at, until)
  }
  const driveUntil = function* (until: number): Generator<Told> {
    for (; at < until && at <= now; at += MOVING_EVERY) {
      // Lights and crossings: one slows down now and then.
      const kmh = day.kmh * (random.chance(0.12) ? random.between(0.1, 0.4) : random.between(0.75, 1.15))
      let metres = (kmh / 3.6) * (MOVING_EVERY / 1000)
      for (let left = lengthOf(point, streets.corners[to]!); left < metres; left = lengthOf(point, streets.corners[to]!)) {
        metres -= left
        point = streets.corners[to]!
        const next = goOn(streets, from, to, random)
        from = to
        to = next
      }
      const [x, y] = streets.corners[to]!
      const far = lengthOf(point, [x, y])
      if (far > 0) {
        bearing = Math.round((Math.atan2(x - point[0], y - point[1]) * 180) / Math.PI + 360) % 360
        point = [point[0] + ((x - point[0]) * metres) / far, point[1] + ((y - point[1]) * metres) / far]
      }
      yield { at, point: shaken(point, random), kmh: Math.round(kmh * 10) / 10, bearing }
    }
  }
  for (let midnight = since; midnight <= now; midnight += DAY) {
    const home = midnight + day.home * MINUTE + random.whole(0, 40) * MINUTE
    yield* standUntil(midnight + day.out * MINUTE + random.whole(0, 25) * MINUTE)
    while (at < home && at <= now) {
      yield* driveUntil(at + random.whole(...day.between) * MINUTE)
      yield* standUntil(at + random.whole(...day.halt) * MINUTE)
    }
    yield* standUntil(midnight + DAY)
  }
}

/** No receiver is exact to the metre. */
const shaken = ([x, y]: Point, random: Random): Point => [x + random.normal() * 1.2, y + random.normal() * 1.2]
