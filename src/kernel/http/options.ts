import type { SessionLimits } from '../access/session.ts'

/** So many requests within so many seconds. */
export interface Rate {
  readonly points: number
  readonly seconds: number
}

export interface Rates {
  /** Sign-ins from one address: an office of many people behind one. */
  readonly signIn: Rate
  /** Sign-ins to one account, from wherever. */
  readonly signInAccount: Rate
  readonly publicWrite: Rate
  readonly publicRead: Rate
  /** Readings from one address: a gateway with thousands of devices behind it. */
  readonly device: Rate
  /** Whatever else may be asked without a session, such as tiles. */
  readonly open: Rate
}

/** A trial of a stranger is slowed; a street full of citizens behind one mobile gateway is not. */
export const RATES: Rates = {
  signIn: { points: 60, seconds: 60 },
  signInAccount: { points: 20, seconds: 60 },
  publicWrite: { points: 60, seconds: 60 },
  publicRead: { points: 600, seconds: 60 },
  device: { points: 600_000, seconds: 60 },
  open: { points: 30_000, seconds: 60 },
}

export interface HttpOptions {
  readonly rates?: Partial<Rates>
  readonly sessions?: Partial<SessionLimits>
  /** Bytes of a JSON body or a form without files. */
  readonly bodyLimit?: number
  readonly filesAtOnce?: number
}

export const BODY_LIMIT = 1024 * 1024
export const FILES_AT_ONCE = 10
