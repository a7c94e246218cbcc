import { useEffect, useRef } from 'react'

interface Keys {
  answer: () => void
  accept: () => void
  /** Whether a call is at hand. */
  busy: boolean
}

const PLACES: Readonly<Record<string, string>> = { F3: 'desk-description', F4: 'desk-answers', F7: 'desk-alike', F8: 'desk-end', F9: 'desk-name' }

/**
 * The keys of the desk act wherever the focus stands, fields among them, and so are keys that write nothing: F2 answers, F3 F4 F7 F8 F9
 * go to a part of the page, Ctrl+Enter accepts, Esc goes back to the description.
 */
export function useDeskKeys(keys: Keys): void {
  const held = useRef(keys)
  held.current = keys
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { answer, accept, busy } = held.current
      if (event.key === 'Enter' && event.ctrlKey && busy) accept()
      else if (event.ctrlKey || event.altKey || event.metaKey) return
      else if (event.key === 'F2') answer()
      else if (event.key === 'Escape' && busy) document.getElementById('desk-description')?.focus()
      else if (busy && PLACES[event.key]) document.getElementById(PLACES[event.key]!)?.focus()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
