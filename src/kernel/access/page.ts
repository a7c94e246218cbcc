// Cursors are opaque to callers: the sort key of the last row, in a form that no one is tempted to build by hand.

import { problem } from '../problem.ts'

export const cursorBroken = problem(400, 'http.cursor-broken', () => ({ zh: '翻页游标无效', en: 'The cursor is not one of ours' }))

export const cursorOf = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/** The sort key inside a cursor, which must have `length` parts. */
export function keyOf(cursor: string, length: number): string[] {
  const key = parse(Buffer.from(cursor, 'base64url').toString())
  if (!Array.isArray(key) || key.length !== length || key.some((part) => typeof part !== 'string')) throw cursorBroken()
  return key
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw cursorBroken()
  }
}

/** One page out of rows read one too many. */
export function pageOf<T, S>(rows: readonly T[], limit: number, show: (row: T) => S, key: (row: T) => readonly string[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map(show), next: rows.length > limit && last ? cursorOf(key(last)) : null }
}
