import type { Language, Words } from './contract.ts'

export interface Fault {
  /** `file:row:column` of a document, or the path of a field. */
  readonly at: string
  readonly reason: Words
}

/** Something a caller can cause and can mend. One handler turns it into `application/problem+json`; everything else is a bug and a 500. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly words: Words
  readonly faults: readonly Fault[]
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, words: Words, more: { faults?: readonly Fault[]; headers?: Record<string, string> } = {}) {
    super(`${code}: ${words.en}`)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.words = words
    this.faults = more.faults ?? []
    this.headers = more.headers ?? {}
  }

  /** The body that crosses the wire, in the caller's language. */
  body(language: Language) {
    return {
      type: `/api/docs#problem-${this.code}`,
      title: this.code,
      status: this.status,
      code: this.code,
      detail: this.words[language],
      ...(this.faults.length > 0 && { faults: this.faults.map(({ at, reason }) => ({ at, reason: reason[language] })) }),
    }
  }
}

export interface DeclaredProblem {
  readonly status: number
  readonly code: string
  /** Its sentence, with the names of the facts in place of the facts. */
  readonly words: () => Words
}

const declared = new Map<string, DeclaredProblem>()

/** All problems that the program can answer with, in the order of their codes; for the page that describes the interface. */
export const declaredProblems = (): DeclaredProblem[] => [...declared.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))

/** Stands for any fact: whatever is read of it or called on it is its own name in braces. */
function factNames(name: string): unknown {
  const shown = () => (name === '' ? '' : `{${name}}`)
  return new Proxy(() => {}, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive || key === 'toString') return shown
      return typeof key === 'symbol' ? undefined : factNames(name === '' ? key : `${name}.${key}`)
    },
    apply: () => factNames(name.slice(0, Math.max(0, name.lastIndexOf('.')))),
  })
}

/** Declares a problem once: a status, a code that never changes, and a sentence made from facts, in both languages. */
export function problem<F = void>(status: number, code: string, say: (facts: F) => Words) {
  declared.set(code, { status, code, words: () => say(factNames('') as F) })
  const make = (facts: F, more?: ConstructorParameters<typeof Problem>[3]) => new Problem(status, code, say(facts), more)
  return Object.assign(make, { status, code })
}
