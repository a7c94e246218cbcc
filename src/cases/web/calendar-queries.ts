import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask } from '../../kernel/web/index.ts'
import { getCalendarVersion, getCalendarVersions } from '../../registry/contract.ts'
import { getCalendarMoves, getCalendarRuns } from '../contract.ts'

export const calendarVersionsQuery = queryOptions({
  queryKey: ['calendar', 'versions'],
  queryFn: ({ signal }) => ask(getCalendarVersions, { signal }),
})

export const calendarVersionQuery = (version: number) =>
  queryOptions({
    queryKey: ['calendar', 'version', version],
    queryFn: ({ signal }) => ask(getCalendarVersion, { params: { version }, signal }),
    staleTime: Infinity,
  })

/** While a run goes on its progress is looked at again. */
export const calendarRunsQuery = queryOptions({
  queryKey: ['calendar', 'runs'],
  queryFn: ({ signal }) => ask(getCalendarRuns, { signal }),
  refetchInterval: (query) => (query.state.data?.items.some(({ endedAt }) => endedAt === null) ? 2000 : 20_000),
})

export const calendarMovesQuery = (version: number) =>
  infiniteQueryOptions({
    queryKey: ['calendar', 'moves', version],
    queryFn: ({ pageParam, signal }) => ask(getCalendarMoves, { query: { version, limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
