import { Select } from 'antd'

interface PickProps {
  readonly label: string
  readonly value: string | undefined
  readonly set: (value: string | undefined) => void
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly fixed?: boolean
}

/** One filter of a list. */
export function Pick({ label, value, set, options, fixed = false }: PickProps) {
  return (
    <Select
      style={{ width: 150 }}
      allowClear={!fixed}
      placeholder={label}
      aria-label={label}
      value={value ?? null}
      onChange={(next: string | null) => set(next ?? undefined)}
      options={options.map(([each, name]) => ({ value: each, label: name }))}
    />
  )
}
