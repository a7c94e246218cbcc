const SAME_AGAIN_MS = 60_000
const said = new Map<string, number>()

/** One line on standard error; the same line at most once a minute. */
export function logLine(line: string): void {
  const now = performance.now()
  if (now - (said.get(line) ?? -SAME_AGAIN_MS) < SAME_AGAIN_MS) return
  if (said.size > 1000) said.clear()
  said.set(line, now)
  console.error(line)
}
