// Reads the address of what is asked for (18-088, 9.2): entities, what they are linked to, and their properties. Pure.

import { cursorOn, demandSign, ended, match, shown, take, wrong } from './cursor.ts'

export interface Step {
  readonly name: string
  /** In brackets: a text in quotation marks, or a number. */
  readonly key?: string | number
}

export interface Address {
  readonly steps: readonly Step[]
  readonly tail?: '$value' | '$ref'
}

const STEPS_AT_MOST = 12

export function readAddress(text: string): Address {
  const cursor = cursorOn('/', text)
  const steps: Step[] = []
  while (!ended(cursor)) {
    if (steps.length > 0) demandSign(cursor, '/')
    const tail = match(cursor, /\$(?:value|ref)$/y)?.[0] as Address['tail']
    if (tail) return { steps, tail }
    const name = match(cursor, /@?[\p{L}_][\p{L}\p{N}_.-]*/uy)?.[0]
    if (name === undefined || steps.length === STEPS_AT_MOST) throw wrong(cursor, `地址有误：${shown(cursor)}`, `the address cannot be read: ${shown(cursor)}`)
    const key = readKey(cursor)
    steps.push({ name, ...(key !== undefined && { key }) })
  }
  return { steps }

  function readKey(at: typeof cursor): string | number | undefined {
    if (!take(at, '(')) return undefined
    const quoted = match(at, /'((?:[^']|'')*)'/y)?.[1]
    const number = quoted === undefined ? match(at, /\d{1,15}/y)?.[0] : undefined
    if (quoted === undefined && number === undefined) {
      throw wrong(at, `标识应为引号中的文字或整数，而不是 ${shown(at)}`, `an id is a text in quotation marks or a whole number, not ${shown(at)}`)
    }
    demandSign(at, ')')
    return quoted === undefined ? Number(number) : quoted.replaceAll("''", "'")
  }
}
