import type { Words } from '../../kernel/contract.ts'
import type { AlarmShown } from '../contract.ts'

export const ALARM_STATE_WORDS: Readonly<Record<AlarmShown['state'], Words>> = {
  ringing: { zh: '待确认', en: 'Ringing' },
  acknowledged: { zh: '已确认', en: 'Acknowledged' },
  shelved: { zh: '已搁置', en: 'Shelved' },
  over: { zh: '已解除', en: 'Over' },
}

/** A value of what the rule measures, with its unit. */
export function sayMeasured({ metric }: Pick<AlarmShown, 'metric'>, value: number): string {
  if (!metric) return String(Number(value.toFixed(3)))
  if (metric.unit === 's' && metric.precision === 0) return value >= 3600 ? `${(value / 3600).toFixed(1)} h` : value >= 60 ? `${Math.round(value / 60)} min` : `${Math.round(value)} s`
  return `${value.toFixed(metric.precision)} ${metric.unit}`.trim()
}

export const sayLatest = ({ value, unit, precision }: NonNullable<AlarmShown['latest']>): string => `${value.toFixed(precision)} ${unit}`.trim()
