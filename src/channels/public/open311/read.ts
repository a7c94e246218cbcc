// The arguments of GeoReport, which all come as text: an empty one is one that was not given. Pure.

import type { Position } from '../../../kernel/contract.ts'
import { fieldWrong } from '../problems.ts'

export type Given = Readonly<Record<string, unknown>>

const refuse = (field: string, zh: string, en: string) => fieldWrong({ field, why: { zh, en } })

/** One value; of several of the same name the last, as browsers overwrite. */
export function textOf(given: Given, field: string, most = 500): string | undefined {
  const value = given[field]
  const last = Array.isArray(value) ? (value.at(-1) as unknown) : value
  if (last === undefined || last === null) return undefined
  const text = String(last).trim()
  if (text === '') return undefined
  if (text.length > most) throw refuse(field, `至多 ${most} 个字`, `has at most ${most} characters`)
  return text
}

/** Several values with commas, or the name given several times. */
export function listOf(given: Given, field: string, most: number): string[] {
  const value = given[field]
  const all = (Array.isArray(value) ? value : [value]).flatMap((each) => String(each ?? '').split(','))
  const list = [...new Set(all.map((each) => each.trim()).filter((each) => each !== ''))]
  if (list.length > most) throw refuse(field, `至多 ${most} 项`, `takes at most ${most} values`)
  return list
}

/** W3C date and time; the zone must be said. */
export function momentOf(given: Given, field: string): Date | undefined {
  const text = textOf(given, field, 40)
  if (text === undefined) return undefined
  const whole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text.replace(' ', '+'))
  const at = new Date(text.replace(' ', '+'))
  if (!whole || Number.isNaN(+at))
    throw refuse(field, '须为带时区的时间，如 2026-05-24T00:00:00Z', 'must be a time with its zone, such as 2026-05-24T00:00:00Z')
  return at
}

export function wholeOf(given: Given, field: string, least: number, most: number): number | undefined {
  const text = textOf(given, field, 12)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most) {
    throw refuse(field, `须为 ${least} 至 ${most} 的整数`, `must be a whole number from ${least} to ${most}`)
  }
  return value
}

/** `lat` and `long` only together. */
export function positionOf(given: Given): Position | undefined {
  const [lat, lng] = [textOf(given, 'lat', 30), textOf(given, 'long', 30)]
  if (lat === undefined && lng === undefined) return undefined
  if (lat === undefined || lng === undefined) throw refuse('lat, long', '须同时给出', 'must be given together')
  const position: Position = [Number(lng), Number(lat)]
  const fits = Number.isFinite(position[0]) && Number.isFinite(position[1]) && Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90
  if (!fits) throw refuse('lat, long', '不是 WGS84 经纬度', 'are no WGS84 degrees')
  return position
}

/** Answers to the attributes of a service definition: `attribute[code]=value`, `attribute[code][]=value` for several. */
export function attributesOf(given: Given): Map<string, string[]> {
  const answers = new Map<string, string[]>()
  for (const [name, value] of Object.entries(given)) {
    const code = /^attribute\[([\w.-]{1,60})\](?:\[\])?$/.exec(name)?.[1]
    if (code === undefined) continue
    const values = (Array.isArray(value) ? value : [value]).map((each) => String(each).trim()).filter((each) => each !== '')
    if (values.length > 0) answers.set(code, [...(answers.get(code) ?? []), ...values])
  }
  return answers
}

const DAY = 86_400_000
export const LONGEST_SPAN = 90 * DAY

/** The span asked for: by itself the last 90 days, and never longer. */
export function spanOf(given: Given, now: Date): { from: Date; to: Date } {
  const [start, end] = [momentOf(given, 'start_date'), momentOf(given, 'end_date')]
  if (start && end) {
    if (end < start) throw refuse('end_date', '早于 start_date', 'lies before start_date')
    if (+end - +start > LONGEST_SPAN) throw refuse('start_date, end_date', '相隔不得超过 90 天', 'may not span more than 90 days')
    return { from: start, to: end }
  }
  if (start) return { from: start, to: new Date(Math.min(+start + LONGEST_SPAN, Math.max(+now, +start))) }
  const to = end ?? now
  return { from: new Date(+to - LONGEST_SPAN), to }
}

export const STATUSES = ['open', 'closed'] as const
export type Status = (typeof STATUSES)[number]

export function statusesOf(given: Given): Status[] {
  const list = listOf(given, 'status', 4)
  const wrong = list.find((each) => !(STATUSES as readonly string[]).includes(each))
  if (wrong !== undefined) throw refuse('status', '只能是 open 或 closed', 'must be open or closed')
  return list as Status[]
}
