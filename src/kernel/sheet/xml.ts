// What XML may hold.

// Control characters, lone surrogates and the two that are no characters at all: a sheet with one of them does not open.
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escaped = (text: string): string => text.replaceAll(UNFIT, '').replaceAll(/[&<>"]/g, (mark) => MARKS[mark]!)

/** `A`, `Z`, `AA` …: the name of the column, counted from 0. */
export function columnName(index: number): string {
  const name = String.fromCodePoint(65 + (index % 26))
  return index < 26 ? name : columnName(Math.floor(index / 26) - 1) + name
}

/** The other way: `B7` -> 1. */
export function columnIndex(reference: string): number {
  let index = 0
  for (const letter of reference) {
    const value = letter.codePointAt(0)! - 64
    if (value < 1 || value > 26) break
    index = index * 26 + value
  }
  return index - 1
}
