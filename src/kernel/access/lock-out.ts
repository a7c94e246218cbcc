// When failed sign-ins lock an account. Pure.

export const LONGEST_FAILURES = 5
export const LOCK_MINUTES = 15

export interface Failures {
  readonly failures: number
  readonly failedAt: Date
  readonly lockedUntil: Date | null
}

const MINUTE = 60_000

/** Minutes until the lock opens, at least one; undefined when there is none. */
export function minutesLocked(known: Failures | undefined, now: Date): number | undefined {
  if (!known?.lockedUntil || known.lockedUntil <= now) return undefined
  return Math.ceil((known.lockedUntil.getTime() - now.getTime()) / MINUTE)
}

/** The count after one more failure: it starts again once a lock has opened, or when the last failure is long past. */
export function afterFailure(known: Failures | undefined, now: Date): Failures {
  const over = !known || known.lockedUntil !== null || now.getTime() - known.failedAt.getTime() > LOCK_MINUTES * MINUTE
  const failures = over ? 1 : known.failures + 1
  const lockedUntil = failures >= LONGEST_FAILURES ? new Date(now.getTime() + LOCK_MINUTES * MINUTE) : null
  return { failures, failedAt: now, lockedUntil }
}
