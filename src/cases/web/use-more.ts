import { useEffect, useRef } from 'react'

interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

/** Fetches the next page when the end of the list comes near: put `scroll` on what scrolls and `end` after the last row. */
export function useMore(pages: Pages) {
  const scroll = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const held = useRef(pages)
  held.current = pages
  useEffect(() => {
    if (!end.current) return
    const watcher = new IntersectionObserver(
      ([seen]) => {
        const { hasNextPage, isFetchingNextPage, fetchNextPage } = held.current
        if (seen?.isIntersecting && hasNextPage && !isFetchingNextPage) void fetchNextPage()
      },
      { root: scroll.current, rootMargin: '400px' },
    )
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [pages.hasNextPage])
  return { scroll, end }
}
