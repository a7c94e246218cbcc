// Lengths of time in classes of ten per cent, so that medians can be read from counts. Pure.

const STEP = 1.1
const SHORTEST_S = 60

/** The class of a length, as text that sorts like it. */
export function spanOf(seconds: number): string {
  const index = seconds <= SHORTEST_S ? 0 : Math.ceil(Math.log(seconds / SHORTEST_S) / Math.log(STEP))
  return String(Math.min(index, 999)).padStart(3, '0')
}

/** The length, in seconds, below which `share` of the counted ones lie; undefined where there are none. */
export function quantile(counts: ReadonlyMap<string, number>, share: number): number | undefined {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (total === 0) return undefined
  let below = 0
  for (const [span, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    below += count
    // The middle of the class, on its own scale.
    if (below >= share * total) return SHORTEST_S * STEP ** (Number(span) - 0.5)
  }
  return undefined
}
