// What a position, a receipt or a word makes of a response. Pure.

import { distanceMetres, type Position } from '../../kernel/contract.ts'
import { MARKS, type How, type Mark } from './profile.ts'

export interface Stamp {
  readonly at: Date
  readonly how: How
}

export interface Course {
  readonly place: Position
  readonly geofenceMetres: number
  readonly orderedAt: Date
  /** From where the responder set out; null until a position is known. */
  readonly start: Position | null
  readonly marks: Readonly<Partial<Record<Mark, Stamp>>>
  /** What was said and then measured otherwise. */
  readonly claims: Readonly<Partial<Record<Mark, string>>>
  readonly seenAt: Date | null
  readonly seenMetres: number | null
  readonly nearing: number | null
}

/** A position that the device itself takes to be further off than this says nothing about a geofence. */
export const POOR_METRES = 100
/** Whoever is so far from where the order came is on the way; less may be the wandering of the signal. */
export const LEFT_METRES = 60

/** A measured mark goes before a word, and the first measured one stays; the word is kept beside it. */
export function stamp(course: Course, mark: Mark, at: Date, how: How): Course {
  const known = course.marks[mark]
  if (known && (known.how === 'measured' || how === 'clicked')) return course
  const claims = known ? { ...course.claims, [mark]: known.at.toISOString() } : course.claims
  return { ...course, claims, marks: { ...course.marks, [mark]: { at, how } } }
}

/** The device has the order: told by the device itself. */
export const receive = (course: Course, now: Date): Course => stamp(course, 'received', now, 'measured')

/** A position of the responder's device, with its accuracy in metres where it knows it. */
export function hearPosition(course: Course, position: Position, accuracy: number | undefined, now: Date): Course {
  if (accuracy !== undefined && accuracy > POOR_METRES) return course
  const metres = distanceMetres(position, course.place)
  const inside = metres <= course.geofenceMetres
  const start = course.start ?? position
  const moved = distanceMetres(start, position) >= LEFT_METRES
  let next: Course = { ...course, start, seenAt: now, seenMetres: metres, nearing: nearingOf(course, metres, now) }
  if (moved || inside) next = stamp(next, 'left', now, 'measured')
  if (inside) next = stamp(next, 'arrived', now, 'measured')
  return next
}

/** Metres a second, smoothed over the last positions. */
function nearingOf({ seenAt, seenMetres, nearing }: Course, metres: number, now: Date): number | null {
  if (!seenAt || seenMetres === null || +now <= +seenAt) return nearing
  const speed = (seenMetres - metres) / ((+now - +seenAt) / 1000)
  return nearing === null ? speed : nearing * 0.5 + speed * 0.5
}

/** A responder's word; whoever taps on the device has the order on it. */
export const click = (course: Course, mark: Mark, now: Date): Course => stamp(mark === 'received' ? course : receive(course, now), mark, now, 'clicked')

/** Slower than this is standing. */
const STANDS = 0.3

/** When the responder will be there, if it goes on so; undefined where nothing tells. */
export function expectedAt({ marks, seenAt, seenMetres, nearing, geofenceMetres }: Course): Date | undefined {
  if (marks.arrived || !seenAt || seenMetres === null || nearing === null || nearing < STANDS) return undefined
  return new Date(+seenAt + (Math.max(0, seenMetres - geofenceMetres) / nearing) * 1000)
}

/** The marks that `after` has and `before` had not, or had otherwise. */
export const marksChanged = (before: Course, after: Course): Mark[] =>
  MARKS.filter((mark) => {
    const [old, now] = [before.marks[mark], after.marks[mark]]
    return now !== undefined && (old === undefined || +old.at !== +now.at || old.how !== now.how)
  })

/** The value below which `share` of the sorted samples lie; null without any. */
export const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
