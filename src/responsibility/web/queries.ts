import { infiniteQueryOptions, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { ask, useWords } from '../../kernel/web/index.ts'
import { categoriesQuery } from '../../registry/web/index.ts'
import { getDuties, getModel, getPrecedents, getRules, type Basis, type RULE_STATES } from '../contract.ts'

export interface RuleFilter {
  category?: string
  region?: string
  basis?: Basis
  unit?: string
  state?: (typeof RULE_STATES)[number]
  text?: string
}

export const rulesQuery = (filter: RuleFilter) =>
  infiniteQueryOptions({
    queryKey: ['responsibility', 'rules', filter],
    queryFn: ({ pageParam, signal }) => ask(getRules, { query: { ...filter, limit: 100, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const precedentsQuery = (withdrawn: boolean) =>
  infiniteQueryOptions({
    queryKey: ['responsibility', 'precedents', withdrawn],
    queryFn: ({ pageParam, signal }) =>
      ask(getPrecedents, { query: { withdrawn, limit: 100, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

export const dutiesQuery = queryOptions({
  queryKey: ['responsibility', 'duties'],
  queryFn: async ({ signal }) => (await ask(getDuties, { signal })).items,
})

export const modelQuery = queryOptions({
  queryKey: ['responsibility', 'model'],
  queryFn: async ({ signal }) => (await ask(getModel, { signal })).model,
})

const all = { zh: '全部类别', en: 'All categories' }
const kinds = { c: { zh: '全部部件', en: 'All components' }, m: { zh: '全部事项', en: 'All matters' } }

/** The name of a category or of the beginning of several, in any version of the catalogue. */
export function useCategoryNames(): (prefix: string) => string {
  const { say } = useWords()
  const current = useQuery(categoriesQuery()).data
  const others = useQueries({ queries: (current?.versions ?? []).filter((each) => each !== current?.version).map((each) => categoriesQuery(each)) })
  const names = new Map<string, string>()
  for (const { data } of [{ data: current }, ...others]) {
    for (const { id, name, major } of data?.items ?? []) {
      names.set(id, say(name))
      names.set(major.id, say(major.name))
    }
  }
  return (prefix) => {
    if (prefix === '') return say(all)
    const letter = /^[^.]+\.([cm])\.?$/.exec(prefix)?.[1] as 'c' | 'm' | undefined
    return letter ? say(kinds[letter]) : (names.get(prefix) ?? prefix)
  }
}
