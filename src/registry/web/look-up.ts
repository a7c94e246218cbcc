import { queryOptions, useQuery } from '@tanstack/react-query'
import { ask, useWords } from '../../kernel/web/index.ts'
import { getCalendar, getCategories, getConditions, getDictionary, SOURCES, type DictionaryName, type SourceCode } from '../contract.ts'

const HOUR = 3_600_000

export const categoriesQuery = (version?: string) =>
  queryOptions({
    queryKey: ['categories', version ?? 'current'],
    queryFn: ({ signal }) => ask(getCategories, { query: version ? { version } : {}, signal }),
    staleTime: HOUR,
  })

export const conditionsQuery = (category: string | undefined) =>
  queryOptions({
    queryKey: ['conditions', category],
    queryFn: async ({ signal }) => (await ask(getConditions, { params: { id: category! }, signal })).items,
    enabled: Boolean(category),
    staleTime: HOUR,
  })

export const dictionaryQuery = (name: DictionaryName) =>
  queryOptions({
    queryKey: ['dictionary', name],
    queryFn: async ({ signal }) => (await ask(getDictionary, { params: { name }, signal })).items,
    staleTime: HOUR,
  })

export const calendarQuery = queryOptions({
  queryKey: ['calendar'],
  queryFn: ({ signal }) => ask(getCalendar, { signal }),
  staleTime: HOUR,
})

/** The words of a dictionary's entries; the code itself only where the dictionary lacks it. */
export function useDictionary(name: DictionaryName) {
  const { say } = useWords()
  const items = useQuery(dictionaryQuery(name)).data ?? []
  const options = items.map((entry) => ({ value: entry.code, label: say(entry.name) }))
  return { options, name: (code: string | null | undefined) => options.find(({ value }) => value === code)?.label ?? code ?? '' }
}

export function useSourceName(): (code: string) => string {
  const { say } = useWords()
  return (code) => (code in SOURCES ? say(SOURCES[code as SourceCode]) : code)
}
