// When nobody is to be disturbed, and when digests are told. Pure: the moments come in as arguments.

import { dayNumber, wallMoment } from '../kernel/contract.ts'

/** From and to on the wall clock, `22:00` to `07:00`: over midnight where it begins later than it ends. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

export const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

/** The end of the quiet hours in which `at` falls; `at` itself outside of them. At the very minute of the end it is quiet no more. */
export function afterQuiet(at: Date, quiet: QuietHours | null, zone: string): Date {
  if (!quiet || quiet.from === quiet.to) return at
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  const today = dayNumber(at, zone)
  // Hours that began yesterday evening may last until this morning.
  for (const day of [today - 1, today]) {
    const begins = wallMoment(day, from, zone)
    const ends = wallMoment(from < to ? day : day + 1, to, zone)
    if (+at >= begins && +at < ends) return new Date(ends)
  }
  return at
}

/** The first hour of the digest after `at`; `at` itself where there is none. */
export function nextDigest(at: Date, hours: readonly string[], zone: string): Date {
  if (hours.length === 0) return at
  const today = dayNumber(at, zone)
  const moments = [today, today + 1].flatMap((day) => hours.map((hour) => wallMoment(day, minutesOf(hour), zone)))
  return new Date(moments.filter((moment) => moment > +at).toSorted((a, b) => a - b)[0]!)
}

const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 3_600_000

/** How long after the try of that number (from 1) the next one is: 15 s, 30 s, 1 min … at most an hour. */
export const waitAfter = (tries: number): number => Math.min(FIRST_WAIT_MS * 2 ** (Math.max(1, tries) - 1), LONGEST_WAIT_MS)
