import { announce, putRows, type PackFault, type PackFile } from '../../kernel/index.ts'
import { HOURS_FAULT } from '../check-rule.ts'
import { dutiesChanged } from '../events.ts'
import { readHours } from '../hours.ts'
import { own } from '../tables.ts'

export interface DutyRow {
  unit: string
  hours: string
  deputy: string | null
  note: string | null
}

export const dutyFile: PackFile<DutyRow> = {
  file: 'duty.csv',
  format: 'csv',
  optional: true,
  means: { zh: '单位值守时间与代办单位', en: 'When units can be reached, and who stands in for them' },
  columns: {
    unit: { type: 'code', required: true, refers: 'units.csv:code', means: { zh: '单位', en: 'The unit' } },
    hours: {
      type: 'text',
      required: true,
      maxLength: 200,
      means: { zh: '值守时段，如 work 08:00-18:00; rest 09:00-17:00', en: 'Times of duty, such as work 08:00-18:00; rest 09:00-17:00' },
    },
    deputy: { type: 'code', refers: 'units.csv:code', means: { zh: '其余时间的代办单位', en: 'Who stands in at other times' } },
    note: { type: 'text', maxLength: 200, means: { zh: '备注', en: 'Remark' } },
  },
  key: ['unit'],
  check: (rows) =>
    rows.flatMap((row, index): PackFault[] =>
      row.hours !== '' && readHours(row.hours) === undefined ? [{ row: index + 1, column: 'hours', reason: HOURS_FAULT }] : [],
    ),
  async load(ctx, rows) {
    if (rows.length === 0) return
    await putRows(
      ctx,
      'responsibilityDuty',
      ['unitCode'],
      rows.map(({ unit, hours, deputy, note }) => ({ unitCode: unit, hours, deputyCode: deputy, note })),
    )
    announce(ctx, dutiesChanged, '', { units: rows.slice(0, 20).map(({ unit }) => unit) })
  },
  async *export(ctx) {
    for (const { unitCode, hours, deputyCode, note } of await own(ctx).selectFrom('responsibilityDuty').selectAll().orderBy('unitCode').execute()) {
      yield { unit: unitCode, hours, deputy: deputyCode, note }
    }
  },
}
