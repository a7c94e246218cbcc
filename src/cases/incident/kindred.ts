// Kindred classes (近类): one cause is often reported under several, because people see different sides of it. Pure.

import type { Words } from '../../kernel/contract.ts'
import families from './kindred.json' with { type: 'json' }

/** Classes that one cause may be reported under; `classes` are codes without version and kind. */
export interface Family {
  readonly code: string
  readonly words: Words
  readonly classes: readonly string[]
}

export const FAMILIES: readonly Family[] = families

const byClass = new Map<string, Family[]>()
for (const family of FAMILIES) for (const code of family.classes) byClass.set(code, [...(byClass.get(code) ?? []), family])
const byCode = new Map(FAMILIES.map((family) => [family.code, family]))

/** `2026.m.01037` -> `01037`: a lamp and the fault of a lamp have the same code in every version. */
export const classCode = (category: string): string => category.slice(category.lastIndexOf('.') + 1)

/** The families of a category. */
export const familiesOf = (category: string): readonly Family[] => byClass.get(classCode(category)) ?? []

/** Whether a category belongs to the family of that code. A class that is in none is a family of its own. */
export const isOfFamily = (category: string, code: string): boolean =>
  classCode(category) === code || familiesOf(category).some((family) => family.code === code)

/** The family that two categories share; undefined where they have nothing to do with each other. */
export const sharedFamily = (a: string, b: string): Family | undefined => {
  const of = new Set(familiesOf(b))
  return familiesOf(a).find((family) => of.has(family))
}

/** The words of a family by its code; undefined for a class that is a family of its own. */
export const familyWords = (code: string): Words | undefined => byCode.get(code)?.words
