// Codes of categories: `<version>.<c|m>.<code>`, such as `2026.m.01001`; a prefix of one is a subtree. Pure.

/** 部件 and 事项(事件). */
export const KINDS = ['component', 'matter'] as const
export type CategoryKind = (typeof KINDS)[number]

/** The three clocks of limits: 紧急工作时, 工作时, 工作日. */
export const LIMIT_UNITS = ['urgent_hour', 'work_hour', 'work_day'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

/** Digits of a class code in the versions whose standard fixes them: 2+2 in GB/T 30428.2-2013, 2+3 in GB/T 47678.5-2026. */
export const CODE_LENGTHS: Readonly<Record<string, number>> = { 2013: 4, 2026: 5 }

export interface CategoryParts {
  readonly version: string
  readonly kind: CategoryKind
  readonly code: string
}

export const categoryId = ({ version, kind, code }: CategoryParts): string => `${version}.${kind === 'component' ? 'c' : 'm'}.${code}`

/** The parts of a whole category id; undefined where it is none. */
export function categoryParts(id: string): CategoryParts | undefined {
  const [, version, letter, code] = /^([A-Za-z0-9-]+)\.([cm])\.([A-Za-z0-9-]+)$/.exec(id) ?? []
  if (!version || !letter || !code) return undefined
  return { version, kind: letter === 'c' ? 'component' : 'matter', code }
}

/** The id of the major class: `2026.m.01` of `2026.m.01001`. */
export const majorOf = (id: string): string => id.slice(0, id.lastIndexOf('.') + 3)

/** The id of one filing condition: its category and its number in it. */
export const conditionId = (category: string, ordinal: number): string => `${category}.${String(ordinal).padStart(2, '0')}`
