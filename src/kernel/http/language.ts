import type { Language } from '../contract.ts'

/** The caller's language: what they ask for in so many words, else what their browser prefers, else Chinese. */
export function languageOf(asked: unknown, accepted: string | undefined): Language {
  if (asked === 'zh' || asked === 'en') return asked
  const preferred = (accepted ?? '')
    .slice(0, 200)
    .split(',')
    .map((part, place) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
      const weight = rest.find((each) => each.trim().startsWith('q='))
      return { tag, weight: weight ? Number(weight.trim().slice(2)) || 0 : 1, place }
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en)\b/.test(tag))
    .toSorted((a, b) => b.weight - a.weight || a.place - b.place)
  return preferred[0]?.tag.startsWith('en') ? 'en' : 'zh'
}
