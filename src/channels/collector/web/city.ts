import { useQuery } from '@tanstack/react-query'
import { getCity } from '../../../atlas/contract.ts'
import { ask, setZone } from '../../../kernel/web/index.ts'

/** The city in which the collector works; undefined until it is known. */
export function useCity() {
  const { data } = useQuery({
    queryKey: ['city'],
    queryFn: async ({ signal }) => {
      const city = await ask(getCity, { signal })
      setZone(city.zone)
      return city
    },
    staleTime: Infinity,
  })
  return data
}
