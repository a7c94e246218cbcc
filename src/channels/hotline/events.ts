import { event } from '../../kernel/index.ts'

export interface CallMoved {
  readonly id: string
  readonly district: string
  /** Prefix of the region whose desks may take it. */
  readonly region: string
  readonly state: 'ringing' | 'talking' | 'ended'
  readonly rangAt: string
}

/** A call rings, is answered, or ends. Holds no number. */
export const callMoved = event<CallMoved>('hotline.call-moved')

/** A caller whose number is kept here has reported through the desk; so that answers and drafts are fetched anew. */
export const articleChanged = event<{ readonly id: string }>('knowledge.article-changed')
