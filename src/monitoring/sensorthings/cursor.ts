// Reads a text from left to right and knows where it is, so that what is wrong can be pointed at. Nothing here reads a clock or a database.

import { questionWrong } from './problems.ts'

export interface Cursor {
  /** Of what is read, for the one who wrote it: `$filter`. */
  readonly name: string
  readonly text: string
  at: number
  deep: number
}

export const cursorOn = (name: string, text: string): Cursor => ({ name, text, at: 0, deep: 0 })

export const wrong = ({ name, at }: Pick<Cursor, 'name' | 'at'>, zh: string, en: string) => {
  const why = { zh, en }
  return questionWrong({ at: `${name}:${at + 1}`, why }, { faults: [{ at: `${name}:${at + 1}`, reason: why }] })
}

export function blanks(cursor: Cursor): void {
  while (cursor.text[cursor.at] === ' ' || cursor.text[cursor.at] === '\t') cursor.at++
}

export const ended = (cursor: Cursor): boolean => cursor.at >= cursor.text.length

export function take(cursor: Cursor, sign: string): boolean {
  if (!cursor.text.startsWith(sign, cursor.at)) return false
  cursor.at += sign.length
  return true
}

export function demandSign(cursor: Cursor, sign: string): void {
  if (!take(cursor, sign)) throw wrong(cursor, `此处应为 ${sign}，而不是 ${shown(cursor)}`, `${sign} is expected here, not ${shown(cursor)}`)
}

/** What matches a sticky pattern at the cursor. */
export function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (found) cursor.at = pattern.lastIndex
  return found ?? undefined
}

/** The next few letters, for a sentence. */
export const shown = ({ text, at }: Cursor): string => (at >= text.length ? '∎' : `“${text.slice(at, at + 20).toWellFormed()}”`)

const MOST_DEEP = 24

/** One level further in; what is nested without end is refused before the stack is full. */
export function inner<T>(cursor: Cursor, read: () => T): T {
  if (++cursor.deep > MOST_DEEP) throw wrong(cursor, `嵌套超过 ${MOST_DEEP} 层`, `nested deeper than ${MOST_DEEP}`)
  const value = read()
  cursor.deep--
  return value
}
