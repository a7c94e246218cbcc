// Which ledgers (台账) there are: those of procedures, and those of steps beside the usual way, which are cases of a filter. Pure.

import type { Words } from '../../kernel/contract.ts'
import type { Flow } from '../contract.ts'
import type { FilterAddress } from './case-filter.ts'

export interface LedgerKind {
  readonly kind: string
  readonly words: Words
  /** Of a step: the filter whose cases it lists. */
  readonly cases?: FilterAddress
}

const ORDER = ['return', 'extend', 'suspend', 'supervise', 'confer', 'backstop', 'transfer', 'supplement', 'appeal', 'callback', 'shirk']

const OF_STEPS: readonly LedgerKind[] = [
  { kind: 'void', words: { zh: '作废', en: 'Voided' }, cases: { state: 'voided' } },
  { kind: 'decline', words: { zh: '不予立案', en: 'Declined' }, cases: { state: 'declined' } },
  { kind: 'self-dispose', words: { zh: '自行处置', en: 'Self-disposed' }, cases: { state: 'self-disposed' } },
  { kind: 'rework', words: { zh: '返工', en: 'Reworked' }, cases: { having: 'reworks' } },
  { kind: 'urge', words: { zh: '催办', en: 'Urged' }, cases: { having: 'urges' } },
  { kind: 'reopen', words: { zh: '重开', en: 'Reopened' }, cases: { having: 'reopens' } },
]

/** Those of procedures in the order of the rules, and any that a city has added behind them. */
export function ledgersOf(flow: Flow | undefined): LedgerKind[] {
  const known = Object.entries(flow?.procedures ?? {}).map(([kind, { words }]): LedgerKind => ({ kind, words }))
  const at = ({ kind }: LedgerKind) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length)
  return [...known.toSorted((a, b) => at(a) - at(b)), ...OF_STEPS]
}
