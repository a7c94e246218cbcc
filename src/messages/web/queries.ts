import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask } from '../../kernel/web/index.ts'
import {
  getChannels,
  getContact,
  getMessages,
  getOutbox,
  getOutboxCounts,
  getRules,
  getSettings,
  getSubscriptions,
  getTemplates,
  getUnread,
  type OutboxQuery,
} from '../contract.ts'

const paged = { initialPageParam: '', getNextPageParam: ({ next }: { next: string | null }) => next }
const cursorOf = (cursor: string) => (cursor ? { cursor } : {})

export const unreadQuery = queryOptions({ queryKey: ['messages', 'unread'], queryFn: ({ signal }) => ask(getUnread, { signal }), staleTime: 60_000 })

export const messagesQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['messages', 'list', unread],
    queryFn: ({ pageParam, signal }) => ask(getMessages, { query: { limit: 50, ...(unread && { unread }), ...cursorOf(pageParam) }, signal }),
    ...paged,
  })

export const contactQuery = queryOptions({ queryKey: ['messages', 'contact'], queryFn: ({ signal }) => ask(getContact, { signal }) })

export const outboxQuery = (filter: OutboxQuery) =>
  infiniteQueryOptions({
    queryKey: ['messages', 'outbox', filter],
    queryFn: ({ pageParam, signal }) => ask(getOutbox, { query: { ...filter, limit: 50, ...cursorOf(pageParam) }, signal }),
    // What becomes of a message is no event of its own: the page looks again as long as it is open.
    refetchInterval: 5_000,
    ...paged,
  })

export const outboxCountsQuery = queryOptions({
  queryKey: ['messages', 'outbox-counts'],
  queryFn: ({ signal }) => ask(getOutboxCounts, { signal }),
  refetchInterval: 5_000,
})

export const channelsQuery = queryOptions({ queryKey: ['messages', 'channels'], queryFn: ({ signal }) => ask(getChannels, { signal }) })
export const rulesQuery = queryOptions({ queryKey: ['messages', 'rules'], queryFn: ({ signal }) => ask(getRules, { signal }) })
export const templatesQuery = queryOptions({ queryKey: ['messages', 'templates'], queryFn: ({ signal }) => ask(getTemplates, { signal }) })
export const settingsQuery = queryOptions({ queryKey: ['messages', 'settings'], queryFn: ({ signal }) => ask(getSettings, { signal }) })
export const subscriptionsQuery = queryOptions({ queryKey: ['messages', 'subscriptions'], queryFn: ({ signal }) => ask(getSubscriptions, { signal }) })
