import { event } from '../kernel/index.ts'

/** Something stands in the lists of these accounts that did not before. */
export const messagesArrived = event<{ to: string[] }>('messages.arrived')

/** Rules, templates, settings, channels or subscriptions were changed. */
export const messagesArranged = event<{ what: string }>('messages.arranged')
