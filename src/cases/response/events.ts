import { event } from '../../kernel/index.ts'
import type { CasePlace } from '../events.ts'

/** Somebody was sent to a case against an emergency clock, or a mark of theirs came. */
export interface CaseResponded {
  id: string
  number: string
  district: string
  responderId: string
  what: 'ordered' | 'received' | 'accepted' | 'left' | 'arrived' | 'finished' | 'ended'
  how: 'measured' | 'clicked' | null
  place: CasePlace
}

export const caseResponded = event<CaseResponded>('cases.responded')
