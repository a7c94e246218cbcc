import { event } from '../../../kernel/index.ts'

/** Somebody was called up or ordered to a flood point, or a mark of theirs came, or it ended. */
export interface FloodCommanded {
  readonly id: string
  readonly district: string
  readonly kind: 'call' | 'order'
  readonly point: string
  readonly pointName: string
  /** The account that it is for; none: a truck without one. */
  readonly to: string | null
  readonly name: string | null
  readonly what: 'made' | 'received' | 'accepted' | 'left' | 'arrived' | 'finished' | 'cancelled' | 'released'
  readonly words: string
  readonly by: string
}

export const floodCommanded = event<FloodCommanded>('monitoring.flood-commanded')

/** The roll of a point or the driver of a truck was changed. */
export const floodStaffChanged = event<{ point: string }>('monitoring.flood-staff-changed')
