// Codes of places, by GB/T 2260 and 10114: city and district 6 digits, street 9, community 12, cell 15. Pure.

export const LEVELS = ['city', 'district', 'street', 'community'] as const
export type Level = (typeof LEVELS)[number]

/** The prefix that all codes below a division share: `999900` is a city, and its districts begin with `9999`. */
export function regionPrefix(code: string): string {
  if (code.length !== 6) return code
  if (code.endsWith('0000')) return code.slice(0, 2)
  return code.endsWith('00') ? code.slice(0, 4) : code
}

/** The division that a prefix stands for: the inverse of `regionPrefix`. */
export const regionCode = (prefix: string): string => (prefix === '' || prefix.length >= 6 ? prefix : prefix.padEnd(6, '0'))

/** The level of a division's code; undefined where it is no such code. */
export function levelOf(code: string): Level | undefined {
  if (!/^\d+$/.test(code)) return undefined
  if (code.length === 6) return code.endsWith('00') ? 'city' : 'district'
  if (code.length === 9) return 'street'
  return code.length === 12 ? 'community' : undefined
}

/** The division above: of a community its street, of a street its district, of a district its city. */
export function parentOf(code: string): string | null {
  if (code.length === 12) return code.slice(0, 9)
  if (code.length === 9) return code.slice(0, 6)
  return code.endsWith('00') ? null : `${code.slice(0, 4)}00`
}

/** The home district of a thing whose code begins with it. */
export const districtOf = (code: string): string => code.slice(0, 6)
