import { useSyncExternalStore } from 'react'

/** A value outside React that many places watch: the language, who is signed in, whether the line is up. */
export function createStore<T>(first: T) {
  let value = first
  const watchers = new Set<() => void>()
  const watch = (watcher: () => void) => {
    watchers.add(watcher)
    return () => void watchers.delete(watcher)
  }
  const get = () => value
  const set = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const watcher of watchers) watcher()
  }
  return { get, set, watch, use: () => useSyncExternalStore(watch, get) }
}
