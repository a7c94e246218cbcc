import type { Sums } from './tallies.ts'
import { wilson } from './wilson.ts'

export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** 结案率 and 按期结案率 of the cases due, with the interval in which the latter truly lies. */
export const performance = (sums: Sums) => ({
  due: sums.due,
  closed: sums.dueClosed,
  closingRate: rate(sums.dueClosed, sums.due),
  inTime: sums.dueClosedInTime,
  inTimeRate: rate(sums.dueClosedInTime, sums.due),
  interval: wilson(sums.dueClosedInTime, sums.due),
})
