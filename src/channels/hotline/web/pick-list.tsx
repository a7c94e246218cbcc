import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

export interface Pick {
  readonly key: string
  readonly title: ReactNode
  readonly below?: ReactNode
  readonly aside?: ReactNode
}

interface Props {
  label: string
  picks: readonly Pick[]
  chosen?: string | undefined
  /** A digit or Enter. */
  choose: (key: string, at: number) => void
  /** The pick that the arrows stand on, for what shows more of it. */
  onStand?: (key: string | undefined) => void
  id?: string
  none?: string
}

/** A list that fingers on the keyboard choose from: 1 to 9, or arrows and Enter. */
export function PickList({ label, picks, chosen, choose, onStand, id, none }: Props) {
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const stand = Math.min(at, picks.length - 1)
  useEffect(() => setAt(0), [picks[0]?.key])
  useEffect(() => {
    // Only while it is in use: what is being written elsewhere must not make the page jump.
    if (document.activeElement === list.current) list.current?.children[stand]?.scrollIntoView({ block: 'nearest' })
  }, [stand])
  const move = (to: number) => {
    const next = Math.max(0, Math.min(picks.length - 1, to))
    setAt(next)
    onStand?.(picks[next]?.key)
  }
  const hear = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1
    if (digit >= 0 && picks[digit]) choose(picks[digit].key, digit)
    else if (event.key === 'Enter' && picks[stand]) choose(picks[stand].key, stand)
    else if (event.key === 'ArrowDown') move(stand + 1)
    else if (event.key === 'ArrowUp') move(stand - 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <div
        ref={list}
        {...(id && { id })}
        className="pick-list"
        role="listbox"
        aria-label={label}
        tabIndex={picks.length > 0 ? 0 : -1}
        aria-activedescendant={picks[stand] && `${id ?? label}-${stand}`}
        onKeyDown={hear}
        onFocus={() => onStand?.(picks[stand]?.key)}
      >
        {picks.map(({ key, title, below, aside }, index) => (
          <button
            key={key}
            type="button"
            id={`${id ?? label}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={key === chosen}
            data-stands={index === stand || undefined}
            onClick={() => {
              move(index)
              choose(key, index)
            }}
          >
            <kbd aria-hidden="true">{index < 9 ? index + 1 : ''}</kbd>
            <span>
              <b>{title}</b>
              {below && <small>{below}</small>}
            </span>
            {aside && <em>{aside}</em>}
          </button>
        ))}
      </div>
      {picks.length === 0 && none && <p className="muted small">{none}</p>}
    </>
  )
}
