// How much came of one key lately, by two spans of time next to each other. Pure.

/** What came in the span that runs and in the one before it. */
export interface Tally {
  readonly span: number
  readonly now: number
  readonly before: number
}

/** How many came within the last `spanMs` before `at`, as if those of the span before had come evenly. */
export function lately(tally: Tally | undefined, at: number, spanMs: number): number {
  if (!tally) return 0
  const span = Math.floor(at / spanMs)
  if (span - tally.span > 1) return 0
  const [now, before] = span === tally.span ? [tally.now, tally.before] : [0, tally.now]
  return now + before * (1 - (at % spanMs) / spanMs)
}

/** The tally with one more. */
export function oneMore(tally: Tally | undefined, at: number, spanMs: number): Tally {
  const span = Math.floor(at / spanMs)
  if (!tally || span - tally.span > 1) return { span, now: 1, before: 0 }
  return span === tally.span ? { ...tally, now: tally.now + 1 } : { span, now: 1, before: tally.now }
}
