import { addDays, serverNow, startOfDay, wallTime } from '../../kernel/web/index.ts'
import type { Words } from '../../kernel/contract.ts'
import type { CaseFilter } from '../contract.ts'

/** What the address of the list holds: short texts, days instead of moments. */
export type FilterAddress = Partial<
  Record<'text' | 'number' | 'state' | 'open' | 'lamp' | 'source' | 'category' | 'region' | 'unit' | 'component' | 'from' | 'to' | 'having', string>
>

export const FILTERS = [
  'text',
  'number',
  'state',
  'open',
  'lamp',
  'source',
  'category',
  'region',
  'unit',
  'component',
  'from',
  'to',
  'having',
] as const

export function filterOf({ from, to, open, ...rest }: FilterAddress): CaseFilter {
  const known = Object.fromEntries(FILTERS.filter((name) => name in rest).map((name) => [name, rest[name as keyof typeof rest]]))
  return {
    ...known,
    ...(open !== undefined && { open: open === 'true' }),
    ...(from && { from: startOfDay(from) }),
    // Days are read as whole: to the end of the last one.
    ...(to && { to: startOfDay(addDays(to, 1)) }),
  }
}

export interface View {
  name: Words
  filter: FilterAddress
}

export function shippedViews(): View[] {
  const today = wallTime(serverNow()).day
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  return [
    { name: { zh: '全部案件', en: 'All cases' }, filter: {} },
    { name: { zh: '在办', en: 'Open' }, filter: { open: 'true' } },
    { name: { zh: '在办超时', en: 'Open and overdue' }, filter: { open: 'true', lamp: 'red' } },
    { name: { zh: '今日上报', en: 'Reported today' }, filter: { from: today, to: today } },
    { name: { zh: '本周上报', en: 'Reported this week' }, filter: { from: addDays(today, -weekday), to: today } },
  ]
}

const KEY = 'chengyun.case-views'

export const ownViews = (): { name: string; filter: FilterAddress }[] => JSON.parse(localStorage.getItem(KEY) ?? '[]') as never
export const keepViews = (views: { name: string; filter: FilterAddress }[]): void => localStorage.setItem(KEY, JSON.stringify(views))
