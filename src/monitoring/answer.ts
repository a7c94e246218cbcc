// How those are answered whose readings or positions were written together.

/** Tells senders what became of what they sent. Called again it goes on at once with those who are left; when nobody is, it does nothing. */
export type Answer = () => void

export const nobody: Answer = () => {}

const A_TURN = 100

/** Some at each turn of the loop: what they do then may take long, and the rows of the next batch go on in between. */
export function inTurns<T>(waiting: readonly T[], answer: (one: T) => void): Answer {
  let next = 0
  const turn = () => {
    for (const upTo = Math.min(next + A_TURN, waiting.length); next < upTo; next++) answer(waiting[next]!)
    if (next < waiting.length) setImmediate(turn)
  }
  return turn
}
