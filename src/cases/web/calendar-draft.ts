// A calendar while it is edited: the days a city names itself, over the announced ones, over the ordinary week. Pure.

import { dayNumber, dayOfText, dayText, weekdayOf } from '../../kernel/contract.ts'
import type { CalendarBody, CalendarEdit } from '../../registry/contract.ts'

export interface DayShown {
  readonly date: string
  readonly day: number
  readonly off: boolean
  readonly name: string | undefined
  /** Named by the city itself. */
  readonly own: boolean
  /** Other than the ordinary week has it. */
  readonly unusual: boolean
}

export type Announced = ReadonlyMap<string, { off: boolean; name?: string | undefined }>

export const announcedOf = ({ days }: CalendarBody): Announced => new Map(days.map(({ date, off, name }) => [date, { off, name }]))

const weekendOf = (date: string): boolean => [0, 6].includes(weekdayOf(dayOfText(date)))

export function dayOf(edit: CalendarEdit, announced: Announced, date: string): DayShown {
  const own = edit.days.find((day) => day.date === date)
  const told = edit.holidays ? announced.get(date) : undefined
  const off = own?.off ?? told?.off ?? weekendOf(date)
  return { date, day: Number(date.slice(8)), off, name: own?.name ?? told?.name, own: own !== undefined, unusual: off !== weekendOf(date) }
}

/** Turns a day: what is then as announced, or as the ordinary week has it, need not be named. */
export function turnDay(edit: CalendarEdit, announced: Announced, date: string, name: string): CalendarEdit {
  const { off } = dayOf(edit, announced, date)
  const days = edit.days.filter((day) => day.date !== date)
  const plain = dayOf({ ...edit, days }, announced, date).off
  if (plain === !off) return { ...edit, days }
  return { ...edit, days: [...days, { date, off: !off, ...(name.trim() && { name: name.trim() }) }] }
}

/** The days of a month in weeks from Monday; null before the first and after the last. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = dayOfText(`${year}-${String(month).padStart(2, '0')}-01`)
  const next = dayOfText(month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`)
  const lead = (weekdayOf(first) + 6) % 7
  const cells: (string | null)[] = [...Array.from({ length: lead }, () => null), ...Array.from({ length: next - first }, (_, i) => dayText(first + i))]
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

export const yearOf = (now: number): number => Number(dayText(dayNumber(now)).slice(0, 4))

export const sameEdit = (a: CalendarEdit, b: CalendarEdit): boolean => canonical(a) === canonical(b)

const canonical = ({ hours, holidays, days }: CalendarEdit): string =>
  JSON.stringify([hours, holidays ?? null, days.toSorted((a, b) => a.date.localeCompare(b.date)).map(({ date, off, name }) => [date, off, name ?? null])])
