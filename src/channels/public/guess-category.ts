// A citizen chooses a tile or nothing; a case needs a category. The words are compared with the names of the catalogue, and where they
// say nothing, each tile has its most usual matter. The operator sees that it was guessed and may set it right on accepting. Pure.

import { coreOf, inCatalogueWords, pairsOf } from '../../registry/index.ts'
import { groupOf, type GroupCode } from './groups.ts'

interface Named {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
}

const USUAL: Readonly<Record<string, Readonly<Record<GroupCode, string>>>> = {
  '2026': {
    road: '2026.m.06013', // 道路破损
    waste: '2026.m.06010', // 暴露垃圾
    light: '2026.m.01037', // 路灯异常
    street: '2026.m.09006', // 占道经营
    green: '2026.m.06017', // 绿地脏乱
    other: '2026.m.06036', // 乱堆杂物
  },
  '2013': {
    road: '2013.m.0113',
    waste: '2013.m.0110',
    light: '2013.c.0137',
    street: '2013.m.0406',
    green: '2013.m.0117',
    other: '2013.m.0136',
  },
}

export function guessCategory(
  version: string,
  categories: readonly Named[],
  { group, words }: { group?: GroupCode | undefined; words?: string | undefined },
): string | undefined {
  const within = group && group !== 'other' ? categories.filter(({ id }) => groupOf(id) === group) : categories
  const pairs = pairsOf(inCatalogueWords(words ?? ''))

  let best: { id: string; score: number } | undefined
  for (const { id, name } of pairs.size === 0 ? [] : within) {
    const wanted = pairsOf(coreOf(name.zh))
    const hits = [...wanted].filter((pair) => pairs.has(pair)).length
    // Most of a name must be said; of two names said in full the longer says more.
    const score = wanted.size > 0 && hits / wanted.size >= 0.6 ? hits : 0
    if (score > (best?.score ?? 0)) best = { id, score }
  }
  if (best) return best.id
  const usual = USUAL[version]?.[group ?? 'other']
  return categories.some(({ id }) => id === usual) ? usual : (within[0] ?? categories[0])?.id
}
