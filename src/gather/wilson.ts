const Z = 1.959964

/** The interval in which a rate lies with 95 % certainty, after Wilson: right also for few cases and for rates near 0 and 1. Pure. */
export function wilson(hits: number, of: number): [number, number] | null {
  if (of === 0) return null
  const rate = hits / of
  const spread = Z * Math.sqrt((rate * (1 - rate)) / of + (Z * Z) / (4 * of * of))
  const middle = rate + (Z * Z) / (2 * of)
  const scale = 1 + (Z * Z) / of
  // Rounding must not lead out of the interval that a rate can have.
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)]
}
