import type { Language, Words } from '../../kernel/contract.ts'
import { sayDuration } from '../../kernel/web/index.ts'
import type { AlarmShown } from '../contract.ts'
import { sayUnit } from '../units.ts'

export const ALARM_STATE_WORDS: Readonly<Record<AlarmShown['state'], Words>> = {
  ringing: { zh: '待确认', en: 'Ringing' },
  acknowledged: { zh: '已确认', en: 'Acknowledged' },
  shelved: { zh: '已搁置', en: 'Shelved' },
  over: { zh: '已解除', en: 'Over' },
}

/** A value of what the rule measures, with its unit. */
export function sayMeasured({ metric }: Pick<AlarmShown, 'metric'>, value: number, language: Language): string {
  if (!metric) return String(Number(value.toFixed(3)))
  if (metric.unit === 's' && metric.precision === 0) return sayDuration(value * 1000, language)
  return `${value.toFixed(metric.precision)} ${sayUnit(metric.unit, language)}`.trim()
}

export const sayLatest = ({ value, unit, precision }: NonNullable<AlarmShown['latest']>, language: Language): string => `${value.toFixed(precision)} ${sayUnit(unit, language)}`.trim()

/** What stands there at this moment, as on all other pages; once it is over, what made it ring. */
export function sayNow(alarm: AlarmShown, language: Language): string {
  if (alarm.state === 'over') return sayMeasured(alarm, alarm.worst, language)
  return alarm.latest && alarm.latest.unit === alarm.metric?.unit ? sayLatest(alarm.latest, language) : sayMeasured(alarm, alarm.value, language)
}
