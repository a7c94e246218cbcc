import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { getCandidates } from '../../../cases/contract.ts'
import { ask, useLive } from '../../../kernel/web/index.ts'
import { getAnswers, getCaller, getCategoryGuesses, getDesk, getSpots } from '../contract.ts'

export const deskQuery = queryOptions({ queryKey: ['hotline', 'desk'], queryFn: ({ signal }) => ask(getDesk, { signal }), staleTime: 5_000 })

/** Fetches the desk anew when a call rings, is answered or ends. */
export function useLiveDesk(): void {
  const queries = useQueryClient()
  useLive(['hotline.call-moved'], () => void queries.invalidateQueries({ queryKey: deskQuery.queryKey }))
}

export const callerQuery = (id: string | undefined, masked: string | null | undefined) =>
  queryOptions({
    queryKey: ['hotline', 'caller', id, masked],
    queryFn: ({ signal }) => ask(getCaller, { params: { id: id! }, signal }),
    enabled: Boolean(id),
  })

const whileTyping = { placeholderData: <T>(old: T | undefined) => old, staleTime: 60_000 } as const

export const categoriesForQuery = (text: string, component?: string) =>
  queryOptions({
    queryKey: ['hotline', 'categories', text, component],
    queryFn: async ({ signal }) => (await ask(getCategoryGuesses, { query: { text, ...(component && { component }) }, signal })).items,
    enabled: text.length >= 2 || Boolean(component),
    ...whileTyping,
  })

export const answersQuery = (text: string, region?: string, category?: string) =>
  queryOptions({
    queryKey: ['hotline', 'answers', text, region, category],
    queryFn: async ({ signal }) =>
      (await ask(getAnswers, { query: { text, ...(region && { region }), ...(category && { category }) }, signal })).items,
    enabled: text.length >= 2,
    ...whileTyping,
  })

export const spotsQuery = (text: string) =>
  queryOptions({
    queryKey: ['hotline', 'spots', text],
    queryFn: async ({ signal }) => (await ask(getSpots, { query: { text }, signal })).items,
    enabled: text.length >= 2,
    ...whileTyping,
  })

export const alikeQuery = (position: readonly [number, number] | undefined, category: string | undefined, text: string) =>
  queryOptions({
    queryKey: ['hotline', 'alike', position, category, text],
    queryFn: async ({ signal }) =>
      (await ask(getCandidates, { query: { lng: position![0], lat: position![1], category: category!, description: text }, signal })).items,
    enabled: Boolean(position && category),
    ...whileTyping,
  })
