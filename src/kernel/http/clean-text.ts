import { textBroken } from './problems.ts'

// Only an escape can bring these into JSON, so most bodies are not walked at all.
const SUSPECT = /\\u(0000|d[89a-f])/i

/** Refuses text with NUL or half a character: the database cannot keep it. */
export function demandCleanJson(raw: string, value: unknown): void {
  if (SUSPECT.test(raw)) demandClean(value)
}

export function demandClean(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw textBroken()
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      demandClean(name)
      demandClean(inner)
    }
  }
}
