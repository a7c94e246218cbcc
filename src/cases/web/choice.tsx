import { useId, type ReactNode } from 'react'

interface Option {
  value: string
  title: string
  why?: ReactNode
  aside?: ReactNode
}

interface Props {
  label: string
  value: string | undefined
  options: readonly Option[]
  choose: (value: string) => void
  /** Short options side by side. */
  tight?: boolean
}

/** One of several, each with its reason in words under it. */
export function Choice({ label, value, options, choose, tight = false }: Props) {
  const name = useId()
  return (
    <div className={`choice ${tight ? 'tight' : ''}`} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} data-on={option.value === value || undefined}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => choose(option.value)} />
          <span>
            <b>{option.title}</b>
            {option.why && <small>{option.why}</small>}
          </span>
          {option.aside && <em>{option.aside}</em>}
        </label>
      ))}
    </div>
  )
}
