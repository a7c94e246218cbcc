import { useEffect, useRef } from 'react'
import { createStore } from './store.ts'

// Single keys act only outside of fields and can be switched off altogether (WCAG 2.1.4).
const KEY = 'chengyun.keys'
const on = createStore(localStorage.getItem(KEY) !== 'off')

export const useKeysOn = on.use
export function setKeysOn(wanted: boolean): void {
  localStorage.setItem(KEY, wanted ? 'on' : 'off')
  on.set(wanted)
}

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

// While a dialog is open, the page behind it hears nothing; an open list of choices takes the keys for itself.
const covered = () => document.querySelector('[aria-modal="true"], .ant-modal-wrap:not([style*="display: none"])') !== null

export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Calls `map[key]` for single keys (`j`, `/`, `Enter`, `?`), outside of fields and dialogs. */
export function useKeys(map: KeyMap): void {
  const held = useRef(map)
  held.current = map
  const enabled = on.use()
  useEffect(() => {
    if (!enabled) return
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || inField(event.target) || covered()) return
      const onButton = event.target instanceof HTMLElement && event.target.closest('button, a, [role=radio], [role=menuitem]') !== null
      if (onButton && (event.key === 'Enter' || event.key === ' ')) return
      const act = held.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!act) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [enabled])
}
