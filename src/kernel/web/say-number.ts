import type { Language } from '../contract.ts'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const THIN = '\u2009'

/** In full, for tables: `12,345`; `—` for none. */
export const sayCount = (n: number | null | undefined): string =>
  n === null || n === undefined ? '—' : grouped.format(n).replace('-', '−')

/** Three digits, for tiles and axes: `1.28 万`, `11.7 亿`; English groups by thousands. */
export function sayShort(n: number, language: Language): string {
  const steps: [number, string][] =
    language === 'zh'
      ? [
          [1e8, '亿'],
          [1e4, '万'],
        ]
      : [
          [1e9, 'bn'],
          [1e6, 'm'],
          [1e4, 'k'],
        ]
  for (const [size, name] of steps) {
    if (Math.abs(n) < size) continue
    const unit = name === 'k' ? 1e3 : size
    return `${Number((n / unit).toPrecision(3))}${THIN}${name}`
  }
  return sayCount(n)
}

/** A rate always has both its parts: `95.46`, and `—` where nothing was due. */
export const sayRate = (part: number | null | undefined, whole: number | null | undefined, digits = 2): string =>
  !whole || part === null || part === undefined ? '—' : ((part / whole) * 100).toFixed(digits)

/** A change with its sign; minus, not hyphen. */
export const saySigned = (n: number, digits = 2): string => `${n > 0 ? '+' : n < 0 ? '−' : '±'}${Math.abs(n).toFixed(digits)}`

/** A case number in its groups of 6 8 6. */
export const groupNumber = (number: string): string =>
  number.length === 20 ? `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}` : number

/** 95 % interval of a rate (Wilson), as parts of one; undefined where nothing was due. */
export function interval(part: number, whole: number): [number, number] | undefined {
  if (whole <= 0) return undefined
  const z = 1.96
  const p = part / whole
  const middle = (p + (z * z) / (2 * whole)) / (1 + (z * z) / whole)
  const half = (z / (1 + (z * z) / whole)) * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
