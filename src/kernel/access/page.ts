// Cursors are opaque to callers: the sort key of the last row, in a form that no one is tempted to build by hand.

import { problem } from '../problem.ts'

export const cursorBroken = problem(400, 'http.cursor-broken', () => ({ zh: '翻页游标无效', en: 'The cursor is not one of ours' }))

export const cursorOf = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

const isMoment = (part: string) => /^\d{4}-/.test(part) && !Number.isNaN(Date.parse(part)) && new Date(part).toISOString() === part

/** What a part of a sort key may be; `due`: a moment, or never. */
const KINDS = {
  text: (part: string) => !part.includes('\0'),
  moment: isMoment,
  due: (part: string) => part === 'infinity' || isMoment(part),
  whole: (part: string) => /^\d{1,15}$/.test(part),
  digit: (part: string) => /^\d$/.test(part),
  uuid: (part: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(part),
} as const satisfies Record<string, (part: string) => boolean>

/** The sort key inside a cursor, part by part: one that somebody built by hand must not reach the database. */
export function keyOf(cursor: string, ...kinds: readonly (keyof typeof KINDS)[]): string[] {
  const key = parse(Buffer.from(cursor, 'base64url').toString())
  if (!Array.isArray(key) || key.length !== kinds.length) throw cursorBroken()
  if (key.some((part: unknown, i) => typeof part !== 'string' || !KINDS[kinds[i]!](part))) throw cursorBroken()
  return key as string[]
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
