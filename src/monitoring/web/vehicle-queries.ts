import { queryOptions } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { addDays, ask, startOfDay } from '../../kernel/web/index.ts'
import { getTrack, getVehicle, getVehicles, type VehicleShown } from '../contract.ts'

/** Positions are no events: the map looks again as long as it is open. */
const LOOK_AGAIN_MS = 5_000
/** Of more vehicles one finds those one wants by words. */
export const VEHICLES_AT_ONCE = 1_000
const PAGE = 200

export const vehiclesQuery = (words: string) =>
  queryOptions({
    queryKey: ['monitoring', 'vehicles', words],
    queryFn: async ({ signal }) => {
      const items: VehicleShown[] = []
      const look = (cursor: string) => ask(getVehicles, { query: { limit: PAGE, ...(words && { words }), ...(cursor && { cursor }) }, signal })
      let page = await look('')
      items.push(...page.items)
      while (page.next !== null && items.length < VEHICLES_AT_ONCE) {
        page = await look(page.next)
        items.push(...page.items)
      }
      return { items, more: page.next !== null }
    },
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: (old) => old,
  })

export const vehicleQuery = (code: string) => queryOptions({ queryKey: ['monitoring', 'vehicle', code], queryFn: ({ signal }) => ask(getVehicle, { params: { code }, signal }) })

/** One day of a vehicle; of today anew each minute. */
export const trackQuery = (code: string, day: string, today: boolean) =>
  queryOptions({
    queryKey: ['monitoring', 'track', code, day],
    queryFn: ({ signal }) => ask(getTrack, { params: { code }, query: { from: startOfDay(day), to: startOfDay(addDays(day, 1)) }, signal }),
    staleTime: today ? 60_000 : 3_600_000,
  })

/** The pages of vehicles stand in the workbench and, for phones, by themselves; each leads to its own kind. */
export const useVehiclesPath = (): '/vehicles' | '/phone/vehicles' => (useLocation({ select: ({ pathname }) => pathname.includes('/phone/') }) ? '/phone/vehicles' : '/vehicles')
