// Deadlines of millions of cases: the clocks of `kernel/calendar` on bare numbers. Pure.

import { momentAfter, unitMs, type Calendar, type Clock } from '../../kernel/calendar/index.ts'
import type { Limit } from '../deadline.ts'

export interface Arithmetic {
  /** The whole of a limit, in the milliseconds that its clock counts. */
  readonly whole: (limit: Limit) => number
  /** The moment at which the clock has counted `ms` since `from`. */
  readonly after: (from: number, ms: number, unit: Clock) => number
}

export function arithmeticOf(calendar: Calendar): Arithmetic {
  const table = calendar.table()
  const units = { urgent_hour: unitMs(calendar, 'urgent_hour'), work_hour: unitMs(calendar, 'work_hour'), work_day: unitMs(calendar, 'work_day') }
  return {
    whole: ({ amount, unit }) => Math.round(amount * units[unit]),
    after: (from, ms, unit) => {
      if (unit === 'urgent_hour' || ms <= 0) return from + Math.max(0, ms)
      return table?.after(from, ms) ?? +momentAfter(calendar, new Date(from), ms, unit)
    },
  }
}
