// Frames out of a stream of bytes, cut anywhere. What is kept between two chunks never exceeds one frame.

import { FLAG, readFrame, type Damaged, type Frame } from './frame.ts'

/** More than the longest frame with every byte escaped. */
const MAX_KEPT = 4096
const EMPTY = Buffer.alloc(0)

export class FrameStream {
  #kept = EMPTY
  /** What the next bytes belong to: nothing yet, a frame, or what was already told to be too long. */
  #state: 'outside' | 'inside' | 'passing' = 'outside'

  /** How many bytes wait for the rest of their frame. */
  get kept(): number {
    return this.#kept.length
  }

  /** The frames that `chunk` ends, whole or damaged. A flag may end one frame and begin the next. */
  take(chunk: Buffer): (Frame | Damaged)[] {
    const found: (Frame | Damaged)[] = []
    let from = 0
    for (let flag = chunk.indexOf(FLAG); flag >= 0; flag = chunk.indexOf(FLAG, from)) {
      const ended = this.#end(chunk.subarray(from, flag))
      if (ended) found.push(ended)
      from = flag + 1
    }
    const refused = this.#keep(chunk.subarray(from))
    if (refused) found.push(refused)
    return found
  }

  #end(last: Buffer): Frame | Damaged | undefined {
    const inside = this.#kept.length === 0 ? last : Buffer.concat([this.#kept, last])
    const state = this.#state
    this.#kept = EMPTY
    this.#state = 'inside'
    if (state === 'passing' || inside.length === 0) return undefined
    return state === 'inside' ? readFrame(inside) : { fault: 'flag' }
  }

  #keep(rest: Buffer): Damaged | undefined {
    if (this.#state === 'passing' || rest.length === 0) return undefined
    if (this.#kept.length + rest.length <= MAX_KEPT) {
      // A copy: the chunk itself may be a large buffer of the socket.
      this.#kept = Buffer.concat([this.#kept, rest])
      return undefined
    }
    const fault = this.#state === 'inside' ? 'long' : 'flag'
    this.#kept = EMPTY
    this.#state = 'passing'
    return { fault }
  }
}
