// What people say and what the catalogues call it. Pure.

export const SAID_AS: readonly (readonly [RegExp, string])[] = [
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

/** The words with the catalogue's own beside them. */
export const inCatalogueWords = (text: string): string => SAID_AS.reduce((said, [pattern, name]) => (pattern.test(text) ? `${said} ${name}` : said), text)

export const pairsOf = (text: string): Set<string> => {
  const letters = [...text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()]
  return new Set(letters.slice(1).map((letter, at) => letters[at]! + letter))
}

/** The part of a name that says what it is: “雨水井盖异常” is about 雨水井盖. */
export const coreOf = (name: string): string => name.replace(/异常$|乱象$|问题$|（.*?）|\(.*?\)/g, '')
