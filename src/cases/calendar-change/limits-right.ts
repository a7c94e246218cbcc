import { wallText, type Check } from '../../kernel/index.ts'
import { workingCalendar } from '../../registry/index.ts'
import { districtsOf } from '../scope.ts'
import { moveClock, runsByCalendar } from './move-clock.ts'
import { readOpen, stepsOfSpecial } from './read-open.ts'
import { ownMoves } from './tables.ts'

const AT_ONCE = 5000

/** One proof of `chengyun verify`. A district that is being reckoned anew just now proves nothing yet. */
export const limitsRight: Check = {
  name: 'limits',
  proves: { zh: '正在走的时限与现行日历一致', en: 'Every running limit is what the calendar says' },
  async *run(ctx) {
    const calendar = await workingCalendar(ctx)
    for (const district of await districtsOf(ctx)) {
      const waits = await ownMoves(ctx)
        .selectFrom('caseCalendarRun')
        .select('version')
        .where('district', '=', district)
        .where('endedAt', 'is', null)
        .executeTakeFirst()
      if (waits) continue
      for (let after = ''; ; ) {
        const rows = await readOpen(ctx, district, { after, most: AT_ONCE })
        const steps = await stepsOfSpecial(ctx, district, rows, calendar)
        for (const row of rows.filter(runsByCalendar)) {
          const moved = moveClock(row, { before: calendar, after: calendar }, steps.get(row.number) ?? [], ctx.now)
          if (moved) yield `limits: ${row.number} is due ${wallText(row.dueAt!, calendar.zone)}, and should be ${wallText(moved.dueAt, calendar.zone)}`
        }
        if (rows.length < AT_ONCE) break
        after = rows.at(-1)!.number
      }
    }
  },
}
