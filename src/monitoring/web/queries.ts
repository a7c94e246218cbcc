import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { ask } from '../../kernel/web/index.ts'
import { getDevice, getDeviceMap, getDevices, getHealth, getProducts, getQuarantine, getTrend, type DeviceQuery, type QuarantineQuery, type Trade } from '../contract.ts'

const paged = { initialPageParam: '', getNextPageParam: ({ next }: { next: string | null }) => next }
const cursorOf = (cursor: string) => (cursor ? { cursor } : {})
/** Readings are no events: a page looks again as long as it is open. */
const LOOK_AGAIN_MS = 10_000

export const productsQuery = queryOptions({ queryKey: ['monitoring', 'products'], queryFn: ({ signal }) => ask(getProducts, { signal }), staleTime: 60_000 })

export const devicesQuery = (filter: DeviceQuery) =>
  infiniteQueryOptions({
    queryKey: ['monitoring', 'devices', filter],
    queryFn: ({ pageParam, signal }) => ask(getDevices, { query: { ...filter, limit: 50, ...cursorOf(pageParam) }, signal }),
    refetchInterval: LOOK_AGAIN_MS,
    ...paged,
  })

export const deviceQuery = (code: string) =>
  queryOptions({ queryKey: ['monitoring', 'device', code], queryFn: ({ signal }) => ask(getDevice, { params: { code }, signal }), refetchInterval: LOOK_AGAIN_MS })

export interface MapView {
  readonly box: readonly [number, number, number, number]
  readonly zoom: number
}

/** Devices where the map looks. */
export const deviceMapQuery = (view: MapView | undefined, trade: Trade | undefined) =>
  queryOptions({
    queryKey: ['monitoring', 'device-map', view, trade],
    queryFn: ({ signal }) => ask(getDeviceMap, { query: { box: view!.box.map((degrees) => degrees.toFixed(5)).join(','), zoom: Math.round(view!.zoom * 10) / 10, ...(trade && { trade }) }, signal }),
    enabled: view !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  })

export interface FixedSpan {
  readonly from: string
  readonly to: string
}

/** The last hours, or a span that is named. */
export const trendQuery = (code: string, metric: string, span: number | FixedSpan, now: () => number) =>
  queryOptions({
    queryKey: ['monitoring', 'trend', code, metric, span],
    queryFn: ({ signal }) => {
      const end = now() + 60_000
      const { from, to } = typeof span === 'number' ? { from: new Date(end - span * 3_600_000).toISOString(), to: new Date(end).toISOString() } : span
      return ask(getTrend, { params: { code }, query: { metric, from, to, points: 1_000 }, signal })
    },
    refetchInterval: LOOK_AGAIN_MS * 3,
  })

export const quarantineQuery = (filter: QuarantineQuery) =>
  infiniteQueryOptions({
    queryKey: ['monitoring', 'quarantine', filter],
    queryFn: ({ pageParam, signal }) => ask(getQuarantine, { query: { ...filter, limit: 50, ...cursorOf(pageParam) }, signal }),
    ...paged,
  })

export const healthQuery = queryOptions({ queryKey: ['monitoring', 'health'], queryFn: ({ signal }) => ask(getHealth, { signal }), refetchInterval: LOOK_AGAIN_MS })
