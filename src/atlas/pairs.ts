// Finding a place by any part of its name: text is cut into pairs of neighbouring letters, and a place is found that has all of them. Pure.

/** Letters as they are compared: full-width forms made plain, capitals small, blanks and marks dropped. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** All pairs of the texts, and their single letters for questions of one letter. */
export function pairsOf(...texts: readonly (string | null | undefined)[]): string[] {
  const pairs = new Set<string>()
  for (const text of texts) {
    const letters = [...plain(text ?? '')]
    letters.forEach((letter, index) => {
      pairs.add(letter)
      if (index > 0) pairs.add(letters[index - 1]! + letter)
    })
  }
  return [...pairs]
}

/** The pairs that a place must have to hold `text`. */
export function pairsAsked(text: string): string[] {
  const letters = [...plain(text)].slice(0, 40)
  if (letters.length < 2) return letters
  return [...new Set(letters.slice(1).map((letter, index) => letters[index]! + letter))]
}
