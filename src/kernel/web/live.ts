import { useEffect, useRef } from 'react'
import { serverNow } from './clock.ts'
import { createStore } from './store.ts'

// One stream a page, however many parts of it listen: the browser reconnects by itself and sends the last id it saw.

export interface LiveState {
  up: boolean
  /** Since when the line is down, in server time. */
  since: number
}

type Hear = (body: unknown, name: string) => void

const state = createStore<LiveState>({ up: true, since: 0 })
const wanted = new Map<string, Set<Hear>>()
let source: EventSource | undefined
const attached = new Set<string>()

export const useLiveState = state.use

function open(): EventSource {
  if (source) return source
  source = new EventSource('/events')
  attached.clear()
  source.addEventListener('open', () => state.set({ up: true, since: 0 }))
  source.addEventListener('error', () => {
    if (state.get().up) state.set({ up: false, since: serverNow() })
    if (source?.readyState !== EventSource.CLOSED) return
    // The server refused the stream (signed out, or starting): the browser has given up, so we try again.
    source = undefined
    setTimeout(() => wanted.size > 0 && attachAll(), 5000)
  })
  return source
}

function attachAll(): void {
  const opened = open()
  for (const name of [...wanted.keys(), 'reset']) {
    if (attached.has(name)) continue
    attached.add(name)
    opened.addEventListener(name, (event) => {
      const body: unknown = event.data ? JSON.parse(event.data as string) : undefined
      // After too long a gap the log is not replayed: everyone fetches anew.
      for (const [each, hearers] of wanted) if (name === 'reset' || each === name) for (const hear of hearers) hear(body, name)
    })
  }
}

/** Hears named events of the server's log while the component lives. `hear` gets little and fetches what it needs. */
export function useLive(names: readonly string[], hear: Hear): void {
  const held = useRef(hear)
  held.current = hear
  const key = names.join(' ')
  useEffect(() => {
    const call: Hear = (body, name) => held.current(body, name)
    for (const name of key.split(' ')) {
      const hearers = wanted.get(name) ?? new Set()
      wanted.set(name, hearers.add(call))
    }
    attachAll()
    return () => {
      for (const name of key.split(' ')) {
        const hearers = wanted.get(name)
        hearers?.delete(call)
        if (hearers?.size === 0) wanted.delete(name)
      }
      if (wanted.size > 0) return
      source?.close()
      source = undefined
    }
  }, [key])
}
