// A citizen chooses a tile or nothing; a case needs a category. The words are compared with the names of the catalogue, and where they
// say nothing, each tile has its most usual matter. The operator sees that it was guessed and may set it right on accepting. Pure.

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

// What people say and what the catalogue calls it.
const SAID_AS: readonly (readonly [RegExp, string])[] = [
  [/下水道井盖|下水井盖/, '污水井盖'],
  [/坑|坑洼|塌陷|破路/, '道路破损'],
  [/路灯不亮|灯不亮|灯坏/, '路灯'],
  [/噪音|吵/, '噪声扰民'],
  [/摆摊|地摊|小贩/, '占道经营'],
  [/乱停车|违停/, '机动车乱停放'],
  [/小广告/, '非法小广告'],
  [/共享单车|单车/, '共享单车乱象'],
  [/垃圾桶|垃圾箱满/, '垃圾站（箱）满溢'],
  [/没人收|垃圾堆|垃圾/, '暴露垃圾'],
]

const pairsOf = (text: string): Set<string> => {
  const letters = [...text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()]
  return new Set(letters.slice(1).map((letter, at) => letters[at]! + letter))
}

/** The part of a name that says what it is: “雨水井盖异常” is about 雨水井盖. */
const core = (name: string): string => name.replace(/异常$|乱象$|问题$|（.*?）|\(.*?\)/g, '')

export function guessCategory(
  version: string,
  categories: readonly Named[],
  { group, words }: { group?: GroupCode | undefined; words?: string | undefined },
): string | undefined {
  const within = group && group !== 'other' ? categories.filter(({ id }) => groupOf(id) === group) : categories
  const said = SAID_AS.reduce((text, [pattern, name]) => (pattern.test(text) ? `${text} ${name}` : text), words ?? '')
  const pairs = pairsOf(said)

  let best: { id: string; score: number } | undefined
  for (const { id, name } of pairs.size === 0 ? [] : within) {
    const wanted = pairsOf(core(name.zh))
    const hits = [...wanted].filter((pair) => pairs.has(pair)).length
    // Most of a name must be said; of two names said in full the longer says more.
    const score = wanted.size > 0 && hits / wanted.size >= 0.6 ? hits : 0
    if (score > (best?.score ?? 0)) best = { id, score }
  }
  if (best) return best.id
  const usual = USUAL[version]?.[group ?? 'other']
  return categories.some(({ id }) => id === usual) ? usual : (within[0] ?? categories[0])?.id
}
