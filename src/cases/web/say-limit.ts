import type { Language, Words } from '../../kernel/contract.ts'
import { sayDuration } from '../../kernel/web/index.ts'

/** The three clocks (紧急工作时, 工作时, 工作日). */
export const clockUnitWords: Record<string, Words> = {
  urgent_hour: { zh: '紧急工作时', en: 'urgent hours' },
  work_hour: { zh: '工作时', en: 'working hours' },
  work_day: { zh: '工作日', en: 'working days' },
}

const sayUnit = (amount: number, unit: string, language: Language): string => {
  const words = clockUnitWords[unit]?.[language] ?? unit
  return language === 'en' && amount === 1 ? words.replace(/s$/, '') : words
}

/** `2 紧急工作时`; less than an hour in minutes. */
export function sayLimit(amount: number | null, unit: string | null, language: Language): string {
  if (amount === null || unit === null) return '—'
  if (unit !== 'work_day' && amount < 1) return language === 'zh' ? `${Math.round(amount * 60)} 分钟` : `${Math.round(amount * 60)} min`
  return `${amount} ${sayUnit(amount, unit, language)}`
}

interface Use {
  usedMs: number
  allowedMs: number
  amount: number | null
  unit: string | null
}

/** What was used of a limit, on its own clock: days of work as parts of a day, anything else as time. */
export function sayUsed({ usedMs, allowedMs, amount, unit }: Use, language: Language): string {
  if (unit !== 'work_day' || !amount || allowedMs <= 0) return sayDuration(usedMs, language)
  return `${((usedMs / allowedMs) * amount).toFixed(1)} ${clockUnitWords['work_day']![language]}`
}
