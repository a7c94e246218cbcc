// 红黄绿灯: the colour of a deadline. Nothing here reads a clock of its own.

export const LAMPS = ['red', 'yellow', 'green', 'grey'] as const
export type Lamp = (typeof LAMPS)[number]

/** The share of the limit after which the lamp turns yellow. */
export const YELLOW_SHARE = 0.8

interface Running {
  dueAt: Date | null
  yellowAt: Date | null
}

/** Grey where no clock runs. At the very moment of the deadline the lamp is red. */
export function lampAt({ dueAt, yellowAt }: Running, now: Date): Lamp {
  if (!dueAt || !yellowAt) return 'grey'
  if (now >= dueAt) return 'red'
  return now >= yellowAt ? 'yellow' : 'green'
}

/** When `lamp` has to turn next; null where it stays. */
export function nextTurn({ dueAt, yellowAt }: Running, lamp: Lamp): Date | null {
  if (lamp === 'green') return yellowAt
  return lamp === 'yellow' ? dueAt : null
}
