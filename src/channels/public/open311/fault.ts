import type { Problem, RawReply } from '../../../kernel/index.ts'
import type { Language } from '../../../kernel/contract.ts'
import { TYPES, writeDocument, type Format } from './document.ts'

/** GeoReport knows three ways to fail: it is not there (404), the key (403), and anything else (400). */
export const statusOf = ({ status }: Problem): number => {
  if (status === 404) return 404
  if (status === 401 || status === 403) return 403
  // What is not the caller's fault, and what only needs patience, keeps its own status for machines between us.
  return status >= 500 || status === 429 ? status : 400
}

/** A problem of the house as a GeoReport error body: one error for each fault, or one for the whole. */
export function faultReply(problem: Problem, format: Format, language: Language): RawReply {
  const code = statusOf(problem)
  const told = problem.faults.length > 0 ? problem.faults.map(({ at, reason }) => `${at}: ${reason[language]}`) : [problem.words[language]]
  const errors = told.map((description) => ({ code, description }))
  return { status: code, type: TYPES[format], body: writeDocument(format, 'errors', errors), headers: problem.headers }
}
