// A report as it is read, whatever it is written to: page, Word, PDF. Its parts know nothing of how they are drawn. Pure.

import { wallText, type Language, type Words } from '../../../kernel/contract.ts'
import { LEVELS } from '../../alarms/rule.ts'
import type { Curve, Station } from './figures.ts'

export interface Run {
  readonly text: string
  /** Path within the workbench: the readings, alarm, case or order behind a figure. */
  readonly href?: string
  readonly bold?: boolean
  /** 1 blue to 4 red. */
  readonly level?: number
}

export interface Column {
  readonly head: string
  /** Of the width of the page. */
  readonly share: number
  readonly right?: boolean
}

export type Picture =
  | { readonly kind: 'rain'; readonly bars: Curve; readonly zone: string }
  | { readonly kind: 'water'; readonly course: Curve; readonly levels: readonly number[]; readonly zone: string }

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'para'; readonly runs: readonly Run[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly Column[]; readonly rows: readonly (readonly Run[])[] }
  /** All of one kind. */
  | { readonly kind: 'pictures'; readonly pictures: readonly { readonly caption: string; readonly href?: string; readonly picture: Picture }[] }

export interface Brief {
  /** The red head. */
  readonly masthead: string
  readonly issue: string
  readonly organ: string
  readonly date: string
  readonly title: string
  readonly asOf: string
  readonly blocks: readonly Block[]
  readonly foot: readonly string[]
  /** What the file is called. */
  readonly name: string
}

/** Words, moments and figures in one language, on the wall clock of one city. */
export interface Voice {
  readonly language: Language
  readonly zone: string
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九']

/** Headings, numbered as they come. */
export function headings({ language }: Voice): (words: Words) => Block {
  let n = 0
  return (words) => ({ kind: 'heading', text: language === 'zh' ? `${NUMERALS[n++]}、${words.zh}` : `${++n}. ${words.en}` })
}

/** The paragraphs that somebody wrote. */
export const written = (text: string): Block[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'para', runs: [{ text: line }] }))

const wall = (at: string | number, zone: string): string => wallText(new Date(at), zone)

/** `11月21日 14:32`, `11-21 14:32`. */
export function sayDay(at: string | number, { language, zone }: Voice): string {
  const [day = '', time = ''] = wall(at, zone).split(' ')
  const [, month, date] = day.split('-')
  return language === 'zh' ? `${Number(month)}月${Number(date)}日 ${time}` : `${month}-${date} ${time}`
}

/** `11-21 14:32`, for tables. */
export const sayShortly = (at: string | number, { zone }: Voice): string => wall(at, zone).slice(5)

export function sayDate(at: string | number, { language, zone }: Voice): string {
  const day = wall(at, zone).slice(0, 10)
  const [year, month, date] = day.split('-')
  return language === 'zh' ? `${year}年${Number(month)}月${Number(date)}日` : day
}

export function sayLength(ms: number, { language }: Voice): string {
  const minutes = Math.round(ms / 60_000)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (language === 'zh') return hours === 0 ? `${rest} 分钟` : rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`
  return hours === 0 ? `${rest} min` : rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

export const NONE = '—'

/** A figure to a tenth; what is whole without. */
export const sayTenth = (value: number | null): string => (value === null ? NONE : String(Math.round(value * 10) / 10))

/** 重现期 */
export function sayYears(years: number | null, { language }: Voice): string {
  if (years === null) return NONE
  if (years >= 200) return language === 'zh' ? '超过 200 年一遇' : 'rarer than once in 200 years'
  return language === 'zh' ? `${years} 年一遇` : `once in ${years} years`
}

export const levelRun = (level: number, { language }: Voice): Run => (level > 0 ? { text: LEVELS[level - 1]!.words[language], level } : { text: language === 'zh' ? '正常' : 'below blue' })

/** `红色 1、橙色 2`; nothing where there are none. */
export function sayLevels(counts: readonly number[], { language }: Voice): string {
  const said = [4, 3, 2, 1].flatMap((level) => (counts[level - 1]! > 0 ? [`${LEVELS[level - 1]!.words[language]} ${counts[level - 1]}`] : []))
  return said.join(language === 'zh' ? '、' : ', ')
}

export const countStates = (points: readonly { readonly state: number }[]): number[] => [1, 2, 3, 4].map((level) => points.filter(({ state }) => state === level).length)

// ── Where the readings of a figure are shown

const HOUR_MS = 3_600_000
const query = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString()

export const readingsOf = (device: string, metric: string, from: string | number, to: string | number): string =>
  `/devices/${encodeURIComponent(device)}?${query({ metric, from: new Date(from).toISOString(), to: new Date(to).toISOString() })}`
/** The level that stood there at a moment, with the hours before. */
export const levelAt = (device: string, at: string): string => readingsOf(device, 'level', +new Date(at) - 3 * HOUR_MS, +new Date(at) + HOUR_MS)
export const deskAt = (at: string, point?: string): string => `/flood?${query({ at, ...(point !== undefined && { point }) })}`
export const alarmAt = ({ id, clearedAt }: { id: string; clearedAt: string | null }): string => `/alarms?${query({ alarm: id, state: clearedAt === null ? 'open' : 'over' })}`
export const caseAt = (number: string): string => `/cases/${number}`
export const truckAt = (code: string): string => `/vehicles/${encodeURIComponent(code)}`
export const deviceAt = (device: string): string => `/devices/${encodeURIComponent(device)}`

/** Rain by station of one rain. */
export const wetStations = <S extends Station>(stations: readonly S[], most: number): S[] => stations.filter(({ total }) => total > 0).slice(0, most)
