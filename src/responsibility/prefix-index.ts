// Finds what speaks of a category in a region among tens of thousands: by the beginnings of both codes, the closest first. Pure.

interface Covering {
  /** Beginning of the categories it covers; '' for all. */
  readonly category: string
  /** Prefix of the regions it covers; '' for all. */
  readonly region: string
}

export interface PrefixIndex<T> {
  readonly size: number
  /** All that cover the question, a longer beginning of the category before a shorter, then a longer region before a shorter. */
  find(category: string, region: string): T[]
}

const descending = (lengths: Iterable<number>) => [...new Set(lengths)].sort((a, b) => b - a)

/** `compare` orders those that cover the same categories and regions. */
export function prefixIndex<T extends Covering>(all: readonly T[], compare: (a: T, b: T) => number): PrefixIndex<T> {
  const places = new Map<string, T[]>()
  for (const one of all) {
    const key = `${one.category}|${one.region}`
    const known = places.get(key)
    if (known) known.push(one)
    else places.set(key, [one])
  }
  for (const list of places.values()) list.sort(compare)
  const categories = descending(all.map(({ category }) => category.length))
  const regions = descending(all.map(({ region }) => region.length))

  return {
    size: all.length,
    find(category, region) {
      const found: T[] = []
      for (const c of categories) {
        if (c > category.length) continue
        for (const r of regions) {
          if (r > region.length) continue
          const list = places.get(`${category.slice(0, c)}|${region.slice(0, r)}`)
          if (list) found.push(...list)
        }
      }
      return found
    },
  }
}
