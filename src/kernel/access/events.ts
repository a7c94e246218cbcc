import { event } from '../room.ts'

/** What someone may do has changed: a role, a grant, a key, a state, or sessions were ended. */
export const accessChanged = event<{ accountId: string | null }>('access.changed')

/** Someone signed out; nobody's rights have changed by that. */
export const sessionEnded = event<{ accountId: string }>('access.session-ended')
