// Statements that come again are prepared under a name: the server then parses and plans them once for each connection.

const KEPT = 1000
const SEEN_BEFORE_NAMED = 3

interface Known {
  seen: number
  name: string | undefined
}

const known = new Map<string, Known>()
let named = 0

/** The name to prepare `text` under, once it has come often enough to be worth it. */
export function nameOf(text: string, parameters: number): string | undefined {
  // Without parameters it may hold values in its text, and so never come again.
  if (parameters === 0) return undefined

  const found = known.get(text)
  if (!found) {
    if (known.size < KEPT) known.set(text, { seen: 1, name: undefined })
    return undefined
  }
  if (found.name === undefined && ++found.seen >= SEEN_BEFORE_NAMED) found.name = `s${++named}`
  return found.name
}
