import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ask, useLive } from '../../kernel/web/index.ts'
import { getAssignments, getFloodCommand, getMyAssignments } from '../contract.ts'

/** Marks come by events; where somebody is on the way does not. */
const LOOK_AGAIN_MS = 10_000

export const commandQuery = queryOptions({ queryKey: ['flood-command', 'now'], queryFn: ({ signal }) => ask(getFloodCommand, { signal }), refetchInterval: LOOK_AGAIN_MS, placeholderData: (old) => old })

export const pastOfPointQuery = (point: string) =>
  infiniteQueryOptions({
    queryKey: ['flood-command', 'past', point],
    queryFn: ({ pageParam, signal }) => ask(getAssignments, { query: { point, running: false, limit: 10, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const myAssignmentsQuery = queryOptions({ queryKey: ['flood-mine'], queryFn: ({ signal }) => ask(getMyAssignments, { signal }), refetchInterval: 20_000 })

/** Fetches anew when somebody is called, receives, arrives; of many at once only so often. */
export function useLiveCommand(): void {
  const queries = useQueryClient()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useLive(['monitoring.flood-commanded', 'monitoring.flood-staff-changed'], () => {
    waiting.current ??= setTimeout(() => {
      waiting.current = undefined
      void queries.invalidateQueries({ queryKey: ['flood-command'] })
    }, 150)
  })
  useEffect(() => () => clearTimeout(waiting.current), [])
}
