import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { ask } from '../../kernel/web/index.ts'
import { getFlood, getFloodPoint, getRainEvents } from '../contract.ts'

const LOOK_AGAIN_MS = 15_000
const asOf = (at: string | undefined) => (at ? { at } : {})
/** What was is asked for once. */
const pace = (at: string | undefined) => (at ? { staleTime: Infinity } : { refetchInterval: LOOK_AGAIN_MS })

export const floodQuery = (at: string | undefined) =>
  queryOptions({ queryKey: ['flood', 'now', at ?? ''], queryFn: ({ signal }) => ask(getFlood, { query: asOf(at), signal }), placeholderData: keepPreviousData, ...pace(at) })

export const floodPointQuery = (device: string, at: string | undefined) =>
  queryOptions({ queryKey: ['flood', 'point', device, at ?? ''], queryFn: ({ signal }) => ask(getFloodPoint, { params: { device }, query: asOf(at), signal }), placeholderData: keepPreviousData, ...pace(at) })

export const rainEventsQuery = queryOptions({ queryKey: ['flood', 'events'], queryFn: ({ signal }) => ask(getRainEvents, { query: { limit: 50 }, signal }), refetchInterval: LOOK_AGAIN_MS * 4 })
