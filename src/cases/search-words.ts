// Full text without a dictionary: pairs of neighbouring Han characters, and whole words of anything else. Pure.

const RUNS = /(\p{Script=Han}+)|([\p{L}\p{N}]+)/gu
const MOST = 400

/** The words under which a text is found. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>()
  for (const [, han, other] of text.normalize('NFKC').toLowerCase().matchAll(RUNS)) {
    if (other) words.add(other.slice(0, 40))
    if (han) for (const pair of pairsOf(han)) words.add(pair)
    if (words.size > MOST) break
  }
  return [...words]
}

function pairsOf(run: string): string[] {
  const characters = [...run]
  return characters.slice(1).map((character, i) => characters[i]! + character)
}

/** Kept beside the words, so that a search goes from month to month and stops when a page is full. */
export const monthWord = (month: string): string => `@${month}`

/** The last six digits of a number, as people read it to each other. */
export const tailWord = (number: string): string => `#${number.slice(-6)}`

/** The month ('YYYYMM') of a number, of the day on which its case was reported. */
export const monthOf = (number: string): string => number.slice(6, 12)

export interface Searchable {
  number: string
  description: string
  address: string | null
  componentCode: string | null
}

export const searchWords = (row: Searchable, more = ''): string[] => [
  monthWord(monthOf(row.number)),
  tailWord(row.number),
  ...wordsOf(`${row.description} ${row.address ?? ''} ${row.componentCode ?? ''} ${more}`),
]
