import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ask, useLive, type Box } from '../../kernel/web/index.ts'
import {
  getHazard,
  getHazardFigures,
  getHazardMap,
  getHazards,
  getMatrix,
  getRisk,
  getRiskFigures,
  getRiskMap,
  getRisks,
  getWarnedRisks,
  type HazardFilter,
  type RiskFilter,
} from '../contract.ts'

const ROOT = ['monitoring', 'risks'] as const
const paged = { initialPageParam: '', getNextPageParam: ({ next }: { next: string | null }) => next, placeholderData: keepPreviousData }
const cursorOf = (cursor: string) => (cursor ? { cursor } : {})
const given = <T extends object>(filter: T): T => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')) as T

export interface View {
  readonly box: Box
  readonly zoom: number
}
const viewOf = ({ box, zoom }: View) => ({ box: box.map((edge) => edge.toFixed(5)).join(','), zoom: Math.round(zoom * 10) / 10 })

type Narrow = Pick<RiskFilter, 'field' | 'level'>

export const risksQuery = (filter: RiskFilter) =>
  infiniteQueryOptions({
    queryKey: [...ROOT, 'list', given(filter)],
    queryFn: ({ pageParam, signal }) => ask(getRisks, { query: { ...given(filter), limit: 50, ...cursorOf(pageParam) }, signal }),
    ...paged,
  })

export const riskQuery = (district: string, code: string) =>
  queryOptions({ queryKey: [...ROOT, 'one', district, code], queryFn: ({ signal }) => ask(getRisk, { params: { district, code }, signal }) })

export const riskFiguresQuery = (filter: Narrow) =>
  queryOptions({ queryKey: [...ROOT, 'figures', given(filter)], queryFn: ({ signal }) => ask(getRiskFigures, { query: given(filter), signal }), placeholderData: keepPreviousData })

export const riskMapQuery = (view: View | undefined, filter: Narrow & Pick<RiskFilter, 'review'>) =>
  queryOptions({
    queryKey: [...ROOT, 'map', view && viewOf(view), given(filter)],
    queryFn: ({ signal }) => ask(getRiskMap, { query: { ...viewOf(view!), ...given(filter) }, signal }),
    enabled: view !== undefined,
    placeholderData: keepPreviousData,
  })

export const warnedQuery = (filter: Narrow) =>
  queryOptions({ queryKey: [...ROOT, 'warned', given(filter)], queryFn: ({ signal }) => ask(getWarnedRisks, { query: given(filter), signal }), placeholderData: keepPreviousData })

export const matrixQuery = queryOptions({ queryKey: [...ROOT, 'matrix'], queryFn: ({ signal }) => ask(getMatrix, { signal }), staleTime: 60_000 })

export const hazardsQuery = (filter: HazardFilter) =>
  infiniteQueryOptions({
    queryKey: [...ROOT, 'hazards', given(filter)],
    queryFn: ({ pageParam, signal }) => ask(getHazards, { query: { ...given(filter), limit: 50, ...cursorOf(pageParam) }, signal }),
    ...paged,
  })

export const hazardQuery = (district: string, code: string) =>
  queryOptions({ queryKey: [...ROOT, 'hazard', district, code], queryFn: ({ signal }) => ask(getHazard, { params: { district, code }, signal }) })

export const hazardFiguresQuery = (filter: Pick<HazardFilter, 'field' | 'grade'>) =>
  queryOptions({ queryKey: [...ROOT, 'hazard-figures', given(filter)], queryFn: ({ signal }) => ask(getHazardFigures, { query: given(filter), signal }), placeholderData: keepPreviousData })

export const hazardMapQuery = (view: View | undefined, filter: Pick<HazardFilter, 'field' | 'grade' | 'stage' | 'late'>, wanted: boolean) =>
  queryOptions({
    queryKey: [...ROOT, 'hazard-map', view && viewOf(view), given(filter)],
    queryFn: ({ signal }) => ask(getHazardMap, { query: { ...viewOf(view!), ...given(filter) }, signal }),
    enabled: view !== undefined && wanted,
    placeholderData: keepPreviousData,
  })

/** What is chosen, in the address: its district and its code. */
export const keyText = ({ district, code }: { district: string; code: string }): string => `${district}-${code}`
export const keyOfText = (text: string | undefined): { district: string; code: string } | undefined =>
  text && /^\d{6}-./.test(text) ? { district: text.slice(0, 6), code: text.slice(7) } : undefined

const WITHIN_MS = 500
const AGAIN_MS = 100

/** Fetches anew what the page shows of risks and hazards when they, or alarms, change; at most twice a second. */
export function useLiveRisks(): void {
  const queries = useQueryClient()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refresh = () => {
    waiting.current = undefined
    // What is being fetched for the first time is not fetched anew, and may have been read before: it is waited for.
    if (queries.isFetching({ queryKey: ROOT }) > 0) waiting.current = setTimeout(refresh, AGAIN_MS)
    else void queries.invalidateQueries({ queryKey: ROOT })
  }
  useLive(['monitoring.alarm-changed', 'monitoring.risks-changed', 'monitoring.hazard-changed'], () => {
    waiting.current ??= setTimeout(refresh, WITHIN_MS)
  })
  useEffect(() => () => clearTimeout(waiting.current), [])
}
