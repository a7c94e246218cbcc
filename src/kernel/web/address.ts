import { useNavigate, useSearch } from '@tanstack/react-router'

/** What a page keeps in the address, so that it can be sent to a colleague or opened again: short texts by name. */
export function useAddress<T extends Record<string, string | undefined>>(): [T, (change: Partial<T>, how?: { replace?: boolean }) => void] {
  const search = useSearch({ strict: false }) as T
  const go = useNavigate()
  return [
    search,
    (change, how = {}) =>
      void go({
        to: '.',
        search: (old: Record<string, unknown>) =>
          Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== undefined && value !== '')),
        replace: how.replace ?? true,
      } as never),
  ]
}
