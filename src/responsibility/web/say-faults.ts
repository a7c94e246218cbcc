import type { Language } from '../../kernel/contract.ts'
import { sayAside, sayClauses, type Refused } from '../../kernel/web/index.ts'

/** What was refused and why, field by field. */
export const sayFaults = (error: Refused, language: Language): string =>
  error.faults.length > 0 ? sayClauses(error.faults.map(({ reason }) => reason), language) : sayAside(error.message, error.code, language)
