/**
 * The machine's clock, that never steps back within this process: history stays in order even when an administrator or a
 * time server sets the clock back. It then runs at half pace until the machine's clock has caught up.
 */
export function steadyClock(say: (line: string) => void, machine: () => number = Date.now, ticks: () => number = () => performance.now()): () => Date {
  let last = machine()
  let lastTick = ticks()
  let behind = false
  return () => {
    const wall = machine()
    const tick = ticks()
    if (wall >= last) {
      behind = false
      last = wall
    } else {
      // A few milliseconds back are ordinary between the two clocks and not worth a line.
      if (!behind && last - wall > 1_000) say(`the machine's clock has stepped back by ${Math.round((last - wall) / 1000)} s; ours goes on and waits for it`)
      behind = true
      last += (tick - lastTick) / 2
    }
    lastTick = tick
    return new Date(last)
  }
}
