import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import {
  getAccount,
  getAccounts,
  getAccountSessions,
  getAudit,
  getKeys,
  getPermits,
  getRoles,
  type GrantShown,
} from '../../kernel/access/contract.ts'
import { useDivisions } from '../../atlas/web/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { ask, useMay, useWords } from '../../kernel/web/index.ts'
import { getPeople, getUnits, type Unit } from '../contract.ts'
import { categoriesQuery } from './look-up.ts'

export interface AccountFilter {
  text?: string
  role?: string
  state?: 'active' | 'disabled' | 'locked'
}

const paged = { initialPageParam: '', getNextPageParam: ({ next }: { next: string | null }) => next, placeholderData: <T>(old: T) => old }
const cursorOf = (pageParam: string) => (pageParam ? { cursor: pageParam } : {})

export const accountsQuery = (filter: AccountFilter) =>
  infiniteQueryOptions({
    queryKey: ['accounts', 'list', filter],
    queryFn: ({ pageParam, signal }) => ask(getAccounts, { query: { ...filter, limit: 50, ...cursorOf(pageParam) }, signal }),
    ...paged,
  })

export const peopleQuery = (unit: string, text: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['people', unit, text],
    queryFn: ({ pageParam, signal }) =>
      ask(getPeople, { query: { unit, limit: 50, ...(text && { text }), ...cursorOf(pageParam) }, signal }),
    ...paged,
  })

export const accountQuery = (id: string) =>
  queryOptions({ queryKey: ['accounts', 'one', id], queryFn: ({ signal }) => ask(getAccount, { params: { id }, signal }) })

export const accountSessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['accounts', 'sessions', id],
    queryFn: async ({ signal }) => (await ask(getAccountSessions, { params: { id }, signal })).items,
  })

export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: async ({ signal }) => (await ask(getRoles, { signal })).items })
export const permitsQuery = queryOptions({
  queryKey: ['permits'],
  queryFn: async ({ signal }) => (await ask(getPermits, { signal })).items,
  staleTime: 3_600_000,
})

export const unitsQuery = (parent: string | undefined) =>
  queryOptions({
    queryKey: ['units', 'under', parent ?? ''],
    queryFn: async ({ signal }) => (await ask(getUnits, { query: { limit: 200, ...(parent ? { parent } : { level: 1 }) }, signal })).items,
    staleTime: 60_000,
  })

export const keysQuery = infiniteQueryOptions({
  queryKey: ['keys'],
  queryFn: ({ pageParam, signal }) => ask(getKeys, { query: { limit: 50, ...cursorOf(pageParam) }, signal }),
  ...paged,
})

export interface AuditFilter {
  actor?: string
  act?: string
  subject?: string
  from?: string
  to?: string
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => ask(getAudit, { query: { ...filter, limit: 100, ...cursorOf(pageParam) }, signal }),
    ...paged,
  })

const MOST_PAGES = 25

/** The names of all units by their code: a city has some thousands at most, and an administrator's pages name any of them. */
const unitNamesQuery = queryOptions({
  queryKey: ['units', 'names'],
  queryFn: async ({ signal }) => {
    const names = new Map<string, Words>()
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null && pages < MOST_PAGES; pages++) {
      const { items, next }: { items: Unit[]; next: string | null } = await ask(getUnits, {
        query: { limit: 200, ...cursorOf(cursor) },
        signal,
      })
      for (const { code, name } of items) names.set(code, name)
      cursor = next
    }
    return names
  },
  staleTime: 600_000,
})

/** Where a grant reaches, in words: “清河区 · 全部单位 · 全部类别”; in brief without what is not limited. */
export function useReach(): (grant: Pick<GrantShown, 'region' | 'unit' | 'category'>, brief?: boolean) => string {
  const { say, language } = useWords()
  const divisions = useDivisions()
  const categories = useQuery(categoriesQuery()).data?.items ?? []
  const may = useMay()
  const units = useQuery({ ...unitNamesQuery, enabled: may('registry.read') }).data
  const zh = language === 'zh'
  return ({ region, unit, category }, brief = false) => {
    const unitCode = unit.split('/').findLast(Boolean)
    const unitName =
      unit === '' ? (zh ? '全部单位' : 'all units') : (units?.get(unitCode ?? '')?.[language] ?? `${zh ? '单位 ' : 'unit '}${unitCode}`)
    const found = categories.find(({ id, major }) => id === category || major.id === category)
    const categoryName =
      category === '' ? (zh ? '全部类别' : 'all categories') : found ? say(found.id === category ? found.name : found.major.name) : category
    const parts = [divisions.scope(region), !(brief && unit === '') && unitName, !(brief && category === '') && categoryName]
    return parts.filter(Boolean).join(' · ')
  }
}
