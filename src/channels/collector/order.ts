// In which order tasks are to be done. Nothing here reads a clock or a database.

interface Waiting {
  readonly lamp: 'green' | 'yellow' | 'red' | 'grey'
  readonly dueAt: string | null
  readonly id: string
}

const RANK = { red: 0, yellow: 1, green: 2, grey: 3 } as const

/** Overdue first, then those about to be, then by the time left; what has no clock comes last. */
export const byTimeLeft = (a: Waiting, b: Waiting): number => RANK[a.lamp] - RANK[b.lamp] || dueOf(a) - dueOf(b) || (a.id < b.id ? -1 : 1)

const dueOf = ({ dueAt }: Waiting): number => (dueAt ? Date.parse(dueAt) : Number.MAX_SAFE_INTEGER)
