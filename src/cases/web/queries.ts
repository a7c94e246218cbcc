import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ask, Refused, useLive } from '../../kernel/web/index.ts'
import { getCase, getCases, getFlow, getTodo, getTodoCounts, type CaseFilter, type Flow, type TodoItem } from '../contract.ts'

type Pages<T> = InfiniteData<{ items: T[]; next: string | null }>
export const flat = <T>(data: Pages<T> | undefined): T[] => data?.pages.flatMap(({ items }) => items) ?? []

export interface TodoFilter {
  lamp?: TodoItem['lamp']
  state?: string
}

export const todoQuery = (filter: TodoFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', 'todo', filter],
    queryFn: ({ pageParam, signal }) => ask(getTodo, { query: { ...filter, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })

export const todoCountsQuery = queryOptions({
  queryKey: ['cases', 'todo-counts'],
  queryFn: ({ signal }) => ask(getTodoCounts, { signal }),
})

export const listQuery = (filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', 'list', filter],
    queryFn: ({ pageParam, signal }) => ask(getCases, { query: { ...filter, limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })

export const caseQuery = (number: string | undefined) =>
  queryOptions({
    queryKey: ['cases', 'one', number],
    queryFn: ({ signal }) => ask(getCase, { params: { number: number! }, signal }),
    enabled: Boolean(number),
  })

const isAbsent = (error: unknown) => error instanceof Refused && error.status === 404

/**
 * One case as it is now. `left` when the reader has seen it and may no longer, because it was handed on: it is not asked
 * for again and again, but anew when the reader comes back to it.
 */
export function useCase(number: string | undefined, { keep = false } = {}) {
  const queries = useQueryClient()
  const one = useQuery({
    ...caseQuery(number),
    enabled: ({ state }) => Boolean(number) && !isAbsent(state.error),
    ...(keep && { placeholderData: keepPreviousData }),
  })
  const absent = isAbsent(one.error)
  useEffect(
    () => () => {
      if (absent) queries.removeQueries({ queryKey: ['cases', 'one', number] })
    },
    [absent, number],
  )
  return { ...one, left: absent && one.data !== undefined }
}

export const flowQuery = queryOptions({
  queryKey: ['flow'],
  queryFn: async ({ signal }) => (await ask(getFlow, { signal })) as Flow,
  staleTime: 600_000,
})

/** What happens to cases, as the stream tells it. */
export const casesChanged = ['cases.stepped', 'cases.lamp-changed', 'cases.task-given', 'cases.imported'] as const

/** Fetches anew what the page shows of cases when one of them changes; at most once a second, however many change. */
export function useLiveCases(): void {
  const queries = useQueryClient()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refresh = () => {
    waiting.current = undefined
    // What is on its way arrives first: else a busy city would cancel every answer before it came.
    if (queries.isFetching({ queryKey: ['cases'] }) > 0) waiting.current = setTimeout(refresh, 200)
    else void queries.invalidateQueries({ queryKey: ['cases'] })
  }
  useLive(casesChanged, () => {
    waiting.current ??= setTimeout(refresh, 700)
  })
  useEffect(() => () => clearTimeout(waiting.current), [])
}
