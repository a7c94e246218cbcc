import { useState } from 'react'

/** Rows that were ticked, by their keys; those that are no longer listed are left out by themselves. */
export function useSelection(keys: readonly string[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const chosen = keys.filter((key) => ticked.has(key))
  const all = keys.length > 0 && chosen.length === keys.length
  return {
    chosen,
    all,
    some: chosen.length > 0 && !all,
    has: (key: string) => ticked.has(key),
    toggle: (key: string) => {
      const next = new Set(chosen)
      if (!next.delete(key)) next.add(key)
      setTicked(next)
    },
    toggleAll: () => setTicked(all ? new Set() : new Set(keys)),
    set: (some: readonly string[]) => setTicked(new Set(some)),
    clear: () => setTicked(new Set()),
  }
}

export type Selection = ReturnType<typeof useSelection>
