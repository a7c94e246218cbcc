import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { createStore } from '../store.ts'

// The phones' pages are few and flat: the address itself is the router.
const here = () => location.pathname + location.search
const path = createStore(here())
window.addEventListener('popstate', () => path.set(here()))
let steps = 0

export function go(to: string, { replace = false } = {}): void {
  if (to === path.get()) return
  history[replace ? 'replaceState' : 'pushState'](null, '', to)
  if (!replace) steps++
  path.set(here())
  window.scrollTo(0, 0)
}

/** Back to where the reader came from within the app; to `home` where the page was opened from outside. */
export function goBack(home: string): void {
  if (steps === 0) return go(home, { replace: true })
  steps--
  history.back()
}

/** Parts of the path and the query of the page that is open. */
export function usePath(): { path: string; parts: string[]; query: URLSearchParams } {
  const [name = '', search = ''] = path.use().split('?')
  return { path: name, parts: name.split('/').filter(Boolean), query: new URLSearchParams(search) }
}

/** A link within the app: opened in place, but still a link for a long press or a new tab. */
export function To({ href, onClick, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(href)
  }
  return (
    <a href={href} onClick={open} {...rest}>
      {children}
    </a>
  )
}
