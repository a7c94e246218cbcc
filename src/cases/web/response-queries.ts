import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { ask, useLive } from '../../kernel/web/index.ts'
import { getCaseResponses, getResponders, getResponseFigures, getResponses } from '../contract.ts'

export const caseResponsesQuery = (number: string) =>
  queryOptions({ queryKey: ['responses', 'case', number], queryFn: ({ signal }) => ask(getCaseResponses, { params: { number }, signal }) })

export const respondersQuery = (number: string) =>
  queryOptions({ queryKey: ['responses', 'who', number], queryFn: ({ signal }) => ask(getResponders, { params: { number }, signal }) })

export const runningQuery = queryOptions({
  queryKey: ['responses', 'running'],
  queryFn: ({ signal }) => ask(getResponses, { query: { running: true, limit: 100 }, signal }),
})

export const pastQuery = (from: string) =>
  infiniteQueryOptions({
    queryKey: ['responses', 'past', from],
    queryFn: ({ pageParam, signal }) => ask(getResponses, { query: { running: false, from, limit: 20, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const figuresQuery = (from: string) =>
  queryOptions({ queryKey: ['responses', 'figures', from], queryFn: ({ signal }) => ask(getResponseFigures, { query: { from }, signal }) })

/** Fetches responses anew when one of them changes. */
export function useLiveResponses(): void {
  const queries = useQueryClient()
  useLive(['cases.responded'], () => void queries.invalidateQueries({ queryKey: ['responses'] }))
}
