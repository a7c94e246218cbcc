import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { ask, useLive } from '../../../kernel/web/index.ts'
import { getCandidates, getMerges, getStorm, getStorms } from '../../contract.ts'

export const candidatesQuery = (number: string, enabled: boolean) =>
  queryOptions({
    queryKey: ['cases', 'candidates', number],
    queryFn: ({ signal }) => ask(getCandidates, { query: { number }, signal }),
    enabled,
  })

export interface DraftReport {
  readonly position: readonly [number, number]
  readonly category: string | undefined
  readonly description: string
  readonly component?: string | undefined
  readonly files: readonly string[]
}

export const draftCandidatesQuery = ({ position: [lng, lat], category, description, component, files }: DraftReport) =>
  queryOptions({
    queryKey: ['cases', 'candidates', 'draft', lng, lat, category, description, component, files],
    queryFn: ({ signal }) =>
      ask(getCandidates, {
        query: { lng, lat, category: category!, description, ...(component && { component }), ...(files.length > 0 && { files: files.join(',') }) },
        signal,
      }),
    enabled: Boolean(category),
    placeholderData: (old) => old,
  })

export const mergesQuery = (number: string, enabled: boolean) =>
  queryOptions({ queryKey: ['cases', 'merges', number], queryFn: ({ signal }) => ask(getMerges, { params: { number }, signal }), enabled })

export type StormState = 'open' | 'over' | 'dismissed'

export const stormsQuery = (state: StormState) =>
  infiniteQueryOptions({
    queryKey: ['storms', 'list', state],
    queryFn: ({ pageParam, signal }) => ask(getStorms, { query: { state, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const stormQuery = (district: string, storm: string) =>
  queryOptions({ queryKey: ['storms', 'one', storm], queryFn: ({ signal }) => ask(getStorm, { params: { district, storm }, signal }) })

/** Storms are counted anew as soon as one of them grows. */
export function useLiveStorms(): void {
  const queries = useQueryClient()
  useLive(['cases.storm-changed', 'cases.stepped'], (_, name) => {
    if (name === 'cases.storm-changed') void queries.invalidateQueries({ queryKey: ['storms'] })
  })
}
