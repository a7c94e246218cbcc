import { useRef, useState, type TouchEvent } from 'react'

const FAR = 72
const MOST = 96

/** Pulling the page down from its top fetches it anew. */
export function usePull(refresh: () => unknown) {
  const from = useRef<number>(undefined)
  const [pulled, setPulled] = useState(0)
  const end = () => {
    if (pulled >= FAR) void refresh()
    from.current = undefined
    setPulled(0)
  }
  return {
    pulled,
    ready: pulled >= FAR,
    handlers: {
      onTouchStart: ({ touches }: TouchEvent) => void (from.current = window.scrollY === 0 ? touches[0]?.clientY : undefined),
      onTouchMove: ({ touches }: TouchEvent) => {
        if (from.current === undefined) return
        setPulled(Math.max(0, Math.min(MOST, ((touches[0]?.clientY ?? 0) - from.current) / 2)))
      },
      onTouchEnd: end,
      onTouchCancel: end,
    },
  }
}
