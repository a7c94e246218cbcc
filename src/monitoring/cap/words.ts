// The public words of a rule: what stands for what in them, and what must not stand there. Nothing here reads a database.

import type { Words } from '../../kernel/contract.ts'

/** Only what the words themselves ask for leaves the house: the name of a device stands nowhere else. */
export const BLANKS = {
  level: { zh: '等级', en: 'the level' },
  district: { zh: '区县', en: 'the district' },
  name: { zh: '设备名称', en: 'the name of the device' },
  value: { zh: '测得的数值', en: 'the measured value' },
} as const satisfies Record<string, Words>
export type Blank = keyof typeof BLANKS

const BLANK = /\{(\w*)\}/g

/** Blanks that nothing fills. */
export const unknownBlanks = (text: string): string[] => [...text.matchAll(BLANK)].map(([, name]) => name!).filter((name) => !(name in BLANKS))

export const fillIn = (text: string, facts: Readonly<Record<Blank, string>>): string => text.replace(BLANK, (whole, name: string) => facts[name as Blank] ?? whole)
