import { queryOptions, useQuery } from '@tanstack/react-query'
import { getMe, type Me } from '../access/contract.ts'
import { ask, Refused } from './ask.ts'

/** Who is signed in; null for nobody. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await ask(getMe, { signal })
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export function useMe(): Me | null {
  return useQuery(meQuery).data ?? null
}

/** Whether the person holds the permit anywhere; whether over a certain thing is for the server to say. */
export function useMay(): (permit: string) => boolean {
  const me = useMe()
  return (permit) => me?.permits.includes(permit) ?? false
}
