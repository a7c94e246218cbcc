// One value of a pack: from the text of a cell to what the program holds, or why not. Pure.

import type { Words } from '../contract.ts'
import type { PackColumn } from '../room.ts'

export type PackValue = string | number | boolean | null

/** Blanks around a value are dropped; an empty cell is null. */
export function readValue(column: PackColumn, text: string): { value: PackValue } | { reason: Words } {
  const cell = text.trim()
  if (cell === '') return column.required ? bad('不能为空', 'must not be empty') : { value: null }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/.test(cell)) return bad('含有控制字符或乱码', 'holds control characters or broken letters')
  const longest = column.maxLength ?? 1_000
  if (cell.length > longest) return bad(`超过 ${longest} 个字`, `is longer than ${longest} letters`)
  const shown = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell
  if (column.oneOf && !column.oneOf.includes(cell)) {
    return bad(`“${shown}”不在 ${column.oneOf.join('、')} 之中`, `"${shown}" is none of ${column.oneOf.join(', ')}`)
  }
  if (column.pattern && !column.pattern.test(cell)) return bad(`“${shown}”格式不对`, `"${shown}" has the wrong form`)
  return READ[column.type](cell, shown)
}

const bad = (zh: string, en: string) => ({ reason: { zh, en } })

/** Whether a day of the Gregorian calendar is written as 2026-11-20. */
function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (!year || !month || !day || +year === 0 || +month < 1 || +month > 12) return false
  const leap = (+year % 4 === 0 && +year % 100 !== 0) || +year % 400 === 0
  return +day >= 1 && +day <= (+month === 2 && leap ? 29 : MONTHS[+month - 1]!)
}
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isNumber = (text: string) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))

const degrees = (most: number, zh: string, en: string) => (cell: string, shown: string) =>
  isNumber(cell) && Math.abs(Number(cell)) <= most ? { value: Number(cell) } : bad(`“${shown}”不是${zh}`, `"${shown}" is no ${en}`)

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

type Read = (cell: string, shown: string) => { value: PackValue } | { reason: Words }

const READ: Record<PackColumn['type'], Read> = {
  text: (cell) => ({ value: cell }),
  code: (cell, shown) => (/\s/.test(cell) ? bad(`代码“${shown}”中有空格`, `the code "${shown}" holds blanks`) : { value: cell }),
  integer: (cell, shown) =>
    /^[+-]?\d{1,15}$/.test(cell) ? { value: Number(cell) } : bad(`“${shown}”不是整数`, `"${shown}" is no whole number`),
  number: (cell, shown) => (isNumber(cell) ? { value: Number(cell) } : bad(`“${shown}”不是数字`, `"${shown}" is no number`)),
  boolean: (cell, shown) =>
    cell === 'true' || cell === 'false'
      ? { value: cell === 'true' }
      : bad(`“${shown}”不是 true 或 false`, `"${shown}" is neither true nor false`),
  date: (cell, shown) => (isDay(cell) ? { value: cell } : bad(`“${shown}”不是日期（2026-11-20）`, `"${shown}" is no date such as 2026-11-20`)),
  moment: (cell, shown) =>
    MOMENT.test(cell) && isDay(cell.slice(0, 10)) && !Number.isNaN(Date.parse(cell))
      ? { value: cell }
      : bad(`“${shown}”不是带时区的时刻`, `"${shown}" is no moment with its zone, such as 2026-11-20T08:00:00+08:00`),
  longitude: degrees(180, '经度', 'longitude in degrees'),
  latitude: degrees(90, '纬度', 'latitude in degrees'),
}
