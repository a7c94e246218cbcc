// Which categories words are about, likeliest first. Pure.

import type { Category } from './contract.ts'
import { coreOf, inCatalogueWords, pairsOf } from './said-as.ts'

export type Ranked = Category & { readonly score: number }

interface Prepared {
  readonly pairs: ReadonlyMap<Category, ReadonlySet<string>>
  readonly spread: ReadonlyMap<string, number>
}

const prepared = new WeakMap<Category, Prepared>()

/** How often each pair stands in the catalogue: a pair that is in many names says little. Kept by the first of a catalogue. */
function prepare(all: readonly Category[]): Prepared {
  const known = prepared.get(all[0]!)
  if (known?.pairs.size === all.length) return known
  const pairs = new Map(all.map((each) => [each, pairsOf(coreOf(each.name.zh))]))
  const spread = new Map<string, number>()
  for (const some of pairs.values()) for (const pair of some) spread.set(pair, (spread.get(pair) ?? 0) + 1)
  const made = { pairs, spread }
  prepared.set(all[0]!, made)
  return made
}

/**
 * Categories whose names the words say in whole or in part, best first; a score of 1 is a name said in full. Digits and Latin letters are
 * taken for a code, of which the beginning is enough. `about`: the category of the component that is meant, whose own “…异常” matter
 * then stands first. Of equal scores a matter goes before a component.
 */
export function rankCategories(all: readonly Category[], text: string, about?: string): Ranked[] {
  if (all.length === 0) return []
  const { pairs: byCategory, spread } = prepare(all)
  const asked = text.trim()
  const code = /^[0-9]{2,6}$/.test(asked) ? asked : undefined
  const said = pairsOf(inCatalogueWords(asked))
  const found: Ranked[] = []
  for (const [category, wanted] of byCategory) {
    let score = code !== undefined && category.code.startsWith(code) ? 1 : 0
    if (said.size > 0 && wanted.size > 0) score = Math.max(score, shareOf(wanted, said, spread))
    if (about !== undefined && (category.id === about || category.component === about)) score += 1
    if (score >= 0.3) found.push({ ...category, score: Math.round(score * 1000) / 1000 })
  }
  return found.sort((a, b) => b.score - a.score || Number(a.kind === 'component') - Number(b.kind === 'component') || (a.id < b.id ? -1 : 1))
}

/** How much of a name is said, rare pairs counting more; a little more for longer names. */
function shareOf(wanted: ReadonlySet<string>, said: ReadonlySet<string>, spread: ReadonlyMap<string, number>): number {
  let whole = 0
  let hit = 0
  for (const pair of wanted) {
    const weight = 1 / (1 + Math.log(spread.get(pair) ?? 1))
    whole += weight
    if (said.has(pair)) hit += weight
  }
  return hit / whole + (hit === whole ? Math.min(wanted.size, 8) * 0.01 : 0)
}
