// What is never held together (三权分立, 管评分离). The rules are rows; this only applies them.

import type { Words } from '../contract.ts'

export interface Apart {
  readonly one: string
  readonly other: string
  readonly zh: string
  readonly en: string
}

/** The first rule that holding all of `permits` would break, as words; undefined when none. */
export function clashOf(permits: Iterable<string>, rules: readonly Apart[]): Words | undefined {
  const held = new Set(permits)
  const broken = rules.find(({ one, other }) => held.has(one) && held.has(other))
  return broken && { zh: broken.zh, en: broken.en }
}
