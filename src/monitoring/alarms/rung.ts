// What a trial run would have rung. Nothing here reads a clock or a database.

export interface Rung {
  readonly device: number
  readonly raisedAt: number
  clearedAt: number | null
  level: number
  worst: number
}

/** Gathers alarms out of levels as they come. */
export function rungBy(side: 'above' | 'below') {
  const open = new Map<number, Rung>()
  const all: Rung[] = []
  return {
    all,
    note(device: number, level: number, x: number, at: number): void {
      const standing = open.get(device)
      if (standing) {
        standing.level = Math.max(standing.level, level)
        standing.worst = side === 'above' ? Math.max(standing.worst, x) : Math.min(standing.worst, x)
        if (level > 0) return
        standing.clearedAt = at
        open.delete(device)
      } else if (level > 0) {
        const made = { device, raisedAt: at, clearedAt: null, level, worst: x }
        open.set(device, made)
        all.push(made)
      }
    },
  }
}
