import { readdirSync, readFileSync } from 'node:fs'
import type { CalendarFacts } from '../kernel/index.ts'
import type { CalendarFile } from './tables.ts'

interface Day {
  readonly date: string
  readonly off: boolean
  readonly name?: string
}

interface AnnouncedYear {
  readonly days: readonly { readonly name: string; readonly date: string; readonly isOffDay: boolean }[]
}

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

let announced: Day[] | undefined

/** Holidays and make-up workdays of China as the State Council announced them, 2019 on. */
function holidaysOfChina(): Day[] {
  if (announced) return announced
  const folder = new URL('./calendars/', import.meta.url)
  const years = readdirSync(folder).filter((name) => /^\d{4}\.json$/.test(name)).sort()
  announced = years.flatMap((name) => {
    const { days } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as AnnouncedYear
    return days.map((day) => ({ date: day.date, off: day.isOffDay, name: day.name }))
  })
  return announced
}

/** The calendar in full; a day that the file itself names goes before the announced one. */
export function factsOf(file: CalendarFile): CalendarFacts & { zone: string; days: Day[] } {
  const days = new Map<string, Day>()
  for (const { date, off, name } of [...(file.holidays === 'CN' ? holidaysOfChina() : []), ...(file.days ?? [])]) {
    days.set(date, { date, off, ...(name !== undefined && { name }) })
  }
  return {
    hours: file.hours.map(([from, to]) => [minutes(from), minutes(to)] as const),
    days: [...days.values()].sort((a, b) => a.date.localeCompare(b.date)),
    zone: file.zone ?? 'Asia/Shanghai',
  }
}
