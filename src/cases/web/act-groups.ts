// How the acts beside the way of a case stand in their menu: what waits first, then by what they are about. Pure.

import type { Words } from '../../kernel/contract.ts'
import type { Flow, OpenStep } from '../contract.ts'

export interface ActGroup {
  readonly key: string
  readonly words: Words
  readonly acts: readonly OpenStep[]
}

const GROUPS: readonly { key: string; words: Words; kinds: readonly string[] }[] = [
  { key: 'time', words: { zh: '时限', en: 'Time' }, kinds: ['extend', 'suspend'] },
  { key: 'who', words: { zh: '由谁办', en: 'Who acts' }, kinds: ['return', 'pass-down', 'climb', 'confer', 'backstop', 'transfer', 'shirk'] },
  { key: 'press', words: { zh: '督促', en: 'Press on' }, kinds: ['supervise', 'urge'] },
  { key: 'facts', words: { zh: '材料与并案', en: 'Material, merging' }, kinds: ['supplement', 'merge', 'unmerge'] },
  { key: 'after', words: { zh: '办结之后', en: 'After the close' }, kinds: ['callback', 'appeal'] },
]
const OPEN_NOW: Words = { zh: '正在办理', en: 'Under way' }
const OTHERS: Words = { zh: '其他', en: 'Others' }

const kindOf = ({ procedure, step }: OpenStep): string => procedure ?? step

/** A step that leaves the case where it is, leads it back, or into another case: it stands in the menu and not among the buttons. */
export function isBeside(flow: Flow | undefined, { step, primary, procedure, needs }: OpenStep): boolean {
  if (procedure !== undefined) return true
  if (primary) return false
  const rule = flow?.steps[step]
  return needs.includes('target') || (rule !== undefined && (rule.to === undefined || rule.back === true))
}

/** The groups that hold anything; a kind that no group names, such as one that a city added, stands with the others. */
export function groupsOf(acts: readonly OpenStep[]): ActGroup[] {
  const openings = acts.filter(({ proceeding }) => proceeding === undefined)
  const named = new Set(GROUPS.flatMap(({ kinds }) => kinds))
  const grouped = GROUPS.map(({ key, words, kinds }) => ({
    key,
    words,
    acts: kinds.flatMap((kind) => openings.filter((act) => kindOf(act) === kind)),
  }))
  return [
    { key: 'now', words: OPEN_NOW, acts: acts.filter(({ proceeding }) => proceeding !== undefined) },
    ...grouped,
    { key: 'others', words: OTHERS, acts: openings.filter((act) => !named.has(kindOf(act))) },
  ].filter((group) => group.acts.length > 0)
}
