import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ask, useLive } from '../../kernel/web/index.ts'
import { getAlarm, getAlarmCounts, getAlarms, getRules, getTrend, type AlarmQuery } from '../contract.ts'

export const alarmsQuery = (filter: AlarmQuery) =>
  infiniteQueryOptions({
    queryKey: ['alarms', 'list', filter],
    queryFn: ({ pageParam, signal }) => ask(getAlarms, { query: { ...filter, limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })

/** Readings are no events: the latest is looked at again as long as the alarm is open on the page. */
const LATEST_AGAIN_MS = 15_000

export const alarmQuery = (district: string, id: string) =>
  queryOptions({ queryKey: ['alarms', 'one', id], queryFn: ({ signal }) => ask(getAlarm, { params: { district, id }, signal }), placeholderData: (old) => old, refetchInterval: LATEST_AGAIN_MS })

export const alarmCountsQuery = queryOptions({ queryKey: ['alarms', 'counts'], queryFn: ({ signal }) => ask(getAlarmCounts, { signal }) })

export const rulesQuery = queryOptions({ queryKey: ['alarms', 'rules'], queryFn: ({ signal }) => ask(getRules, { signal }) })

/** What the sensor measured around an alarm. */
export const alarmTrendQuery = (device: string, metric: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['monitoring', 'alarm-trend', device, metric, from, to],
    queryFn: ({ signal }) => ask(getTrend, { params: { code: device }, query: { metric, from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 400 }, signal }),
    placeholderData: (old) => old,
  })

/** Fetches anew what the page shows of alarms when one changes, at most once a second; `hear` gets each as it comes. */
export function useLiveAlarms(hear?: (told: { level: number; what: string }) => void): void {
  const queries = useQueryClient()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const held = useRef(hear)
  held.current = hear
  const refresh = () => {
    waiting.current = undefined
    if (queries.isFetching({ queryKey: ['alarms'] }) > 0) waiting.current = setTimeout(refresh, 100)
    else void queries.invalidateQueries({ queryKey: ['alarms'] })
  }
  useLive(['monitoring.alarm-changed'], (body) => {
    if (body) held.current?.(body as { level: number; what: string })
    waiting.current ??= setTimeout(refresh, 100)
  })
  useEffect(() => () => clearTimeout(waiting.current), [])
}
