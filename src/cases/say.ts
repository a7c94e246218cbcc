// Limits in words. Pure.

import type { Words } from '../kernel/contract.ts'

const UNITS: Record<string, { zh: string; one: string; many: string }> = {
  urgent_hour: { zh: '紧急工作时', one: 'urgent hour', many: 'urgent hours' },
  work_hour: { zh: '工作时', one: 'working hour', many: 'working hours' },
  work_day: { zh: '工作日', one: 'working day', many: 'working days' },
}

/** “2 紧急工作时”; undefined where only the deadline is known. */
export function sayAmount(amount: number | null, unit: string | null): Words | undefined {
  const words = unit === null ? undefined : UNITS[unit]
  if (amount === null || !words) return undefined
  return { zh: `${amount} ${words.zh}`, en: `${amount} ${amount === 1 ? words.one : words.many}` }
}
