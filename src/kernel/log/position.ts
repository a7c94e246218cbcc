// Where an event stands in the log, as text that can be compared: its window, then its number within.

export interface Place {
  readonly number: number
  readonly seq: number
}

const NUMBER_DIGITS = 12
const SEQ_DIGITS = 16
const SHAPE = new RegExp(`^(\\d{${NUMBER_DIGITS}})-(\\d{${SEQ_DIGITS}})$`)

export const position = (place: Place): string =>
  `${String(place.number).padStart(NUMBER_DIGITS, '0')}-${String(place.seq).padStart(SEQ_DIGITS, '0')}`

/** Before the first event. */
export const START = position({ number: 0, seq: 0 })

/** The end of a window: after all of its events. */
export const endOf = (number: number): string => position({ number, seq: Number.MAX_SAFE_INTEGER })

export const isPosition = (text: string): boolean => SHAPE.test(text)

export function placeOf(text: string): Place {
  const found = SHAPE.exec(text)
  if (!found) throw new Error(`Not a position of the log: ${text}`)
  return { number: Number(found[1]), seq: Number(found[2]) }
}
