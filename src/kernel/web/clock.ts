import { useSyncExternalStore } from 'react'

// Countdowns run on the server's time: a desk whose own clock is wrong must not show a case as late. One timer drives the whole page.
let offsetMs = 0
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const watchers = new Set<() => void>()

/** Learns the server's time from the `Date` of a reply, which is cut to the second, and half the way there and back. */
export function learnServerTime(date: string | null, askedAt: number, heardAt: number): void {
  if (!date || heardAt - askedAt > 2000) return
  const measured = Date.parse(date) + 500 - (askedAt + heardAt) / 2
  if (!Number.isFinite(measured)) return
  if (Math.abs(measured - offsetMs) > 1500) offsetMs = measured
}

export const serverNow = (): number => Date.now() + offsetMs

function watch(watcher: () => void) {
  watchers.add(watcher)
  timer ??= setInterval(() => {
    now = serverNow()
    for (const each of watchers) each()
  }, 1000)
  now = serverNow()
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Server time in milliseconds, anew each second. */
export const useNow = (): number => useSyncExternalStore(watch, () => now)
