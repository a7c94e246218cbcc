import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ask, useWords } from '../../kernel/web/index.ts'
import { getCity, getDivisions, regionCode, type City, type Division } from '../contract.ts'

const HOUR = 3_600_000

export const cityQuery = queryOptions({ queryKey: ['city'], queryFn: ({ signal }) => ask(getCity, { signal }), staleTime: HOUR })
export const useCity = (): City | undefined => useQuery(cityQuery).data

export const divisionsQuery = queryOptions({
  queryKey: ['divisions'],
  queryFn: async ({ signal }) => (await ask(getDivisions, { signal })).items,
  staleTime: HOUR,
})

export interface Divisions {
  items: readonly Division[]
  /** The name of one division; '' where it is not known. */
  name: (code: string) => string
  /** “清河区 老城街道”, from the district down to the code. */
  within: (code: string) => string
  /** The name of a scope, which is a prefix: '' is the whole city. */
  scope: (prefix: string) => string
}

export function useDivisions(): Divisions {
  const { say } = useWords()
  const items = useQuery(divisionsQuery).data ?? []
  const names = new Map(items.map((each) => [each.code, say(each.name)]))
  const name = (code: string) => names.get(code) ?? ''
  const city = items.find(({ level }) => level === 'city')
  return {
    items,
    name,
    within: (code) =>
      [6, 9, 12]
        .filter((length) => length <= code.length)
        .map((length) => name(code.slice(0, length)))
        .filter(Boolean)
        .join(' '),
    scope: (prefix) => name(regionCode(prefix)) || (prefix === '' && city ? say(city.name) : prefix),
  }
}

/** The names of divisions as points of a map. */
export function useDivisionNames(): GeoJSON.FeatureCollection {
  const { say, language } = useWords()
  const items = useQuery(divisionsQuery).data
  return useMemo(
    () => ({
      type: 'FeatureCollection',
      features: (items ?? []).flatMap(({ name, level, center }) =>
        center
          ? [
              {
                type: 'Feature' as const,
                properties: { name: say(name), level },
                geometry: { type: 'Point' as const, coordinates: [...center] },
              },
            ]
          : [],
      ),
    }),
    [items, language],
  )
}
