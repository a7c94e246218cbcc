import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask } from '../../kernel/web/index.ts'
import { getMyProceedingCounts, getMyProceedings, getParts, getProceedings, type ProceedingFilter } from '../contract.ts'

// All below ['cases'], so that what happens to any case fetches them anew.

export const mineQuery = (kind: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['cases', 'mine', kind ?? ''],
    queryFn: ({ pageParam, signal }) => ask(getMyProceedings, { query: { limit: 30, ...(kind && { kind }), ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })

export const mineCountsQuery = queryOptions({
  queryKey: ['cases', 'mine-counts'],
  queryFn: ({ signal }) => ask(getMyProceedingCounts, { signal }),
})

export const proceedingsQuery = (filter: ProceedingFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', 'proceedings', filter],
    queryFn: ({ pageParam, signal }) => ask(getProceedings, { query: { ...filter, limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })

export interface PartFilter {
  readonly role?: 'assist' | 'inner'
  readonly ended?: boolean
}

export const partsQuery = (filter: PartFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', 'parts', filter],
    queryFn: ({ pageParam, signal }) => ask(getParts, { query: { ...filter, limit: 30, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })
