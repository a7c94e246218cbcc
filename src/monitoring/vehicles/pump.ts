// Whether the pump of a truck runs, by the bit that its register names. Nothing here reads a clock or a database.

import type { Location } from '../jt808/index.ts'

/**
 * `status:23`: a bit of the status word. `signals:8`: of the vehicle signals (item 0x25). `inputs:2`: of the inputs (item 0x2A).
 * `item:e1:0`: of an item of the maker, by its number; bits count from the lowest of the last byte.
 */
export const PUMP_SIGNAL = '^(status:([0-9]|[12][0-9]|3[01])|signals:([0-9]|[12][0-9]|3[01])|inputs:([0-9]|1[0-5])|item:[0-9a-f]{2}:[0-9]{1,3})$'

const bitOf = (word: number, bit: number): boolean => Math.floor(word / 2 ** bit) % 2 === 1

/** Undefined where the terminal does not say. */
export function pumpOf(signal: string, { status, items }: Pick<Location, 'status' | 'items'>): boolean | undefined {
  const [kind, first = '', second = ''] = signal.split(':')
  if (kind === 'status') return bitOf(status >>> 0, Number(first))
  if (kind === 'signals') return items.signals === undefined ? undefined : bitOf(items.signals, Number(first))
  if (kind === 'inputs') return items.inputs === undefined ? undefined : bitOf(items.inputs, Number(first))
  const found = items.unknown?.find(({ id }) => id === `0x${first}`)
  const bit = Number(second)
  if (!found || bit >= found.hex.length * 4) return undefined
  const digit = found.hex.at(-1 - Math.floor(bit / 4))!
  return bitOf(Number.parseInt(digit, 16), bit % 4)
}

export interface PumpTold {
  readonly running: boolean
  readonly at: number
  readonly since: number
}

/** The newest that positions say of the pump, and since when, as far as they tell. */
export function newestPump(signal: string, positions: readonly Location[]): PumpTold | undefined {
  let told: PumpTold | undefined
  const inTime = positions.flatMap((position) => (position.at === null ? [] : [{ position, at: Date.parse(position.at) }])).toSorted((one, other) => one.at - other.at)
  for (const { position, at } of inTime) {
    const running = pumpOf(signal, position)
    if (running !== undefined) told = { running, at, since: told?.running === running ? told.since : at }
  }
  return told
}
