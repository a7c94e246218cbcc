import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { ask, useClear, useWords } from '../../kernel/web/index.ts'
import { getUnits } from '../contract.ts'

const words = {
  unit: { zh: '单位', en: 'Unit' },
  level: { zh: '级', en: 'level ' },
  none: { zh: '没有这样的单位', en: 'No such unit' },
}

/** Finds a unit by its name. `by`: whether the value is its code or, for filters and scopes, its path. */
export function UnitField({
  value,
  onChange,
  by = 'code',
  id,
  status,
  name,
  width = '100%',
  placeholder,
}: {
  value?: string | undefined
  onChange?: (value: string | undefined) => void
  by?: 'code' | 'path'
  id?: string
  status?: 'error' | ''
  /** The name of the value as it stands, where the list has not been fetched yet. */
  name?: string | undefined
  width?: number | string
  placeholder?: string
}) {
  const { say, language } = useWords()
  const clear = useClear()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['units', asked],
    queryFn: ({ signal }) => ask(getUnits, { query: { limit: 50, ...(asked && { text: asked }) }, signal }),
    staleTime: 60_000,
    placeholderData: (old) => old,
  })
  const options = (found.data?.items ?? []).map((unit) => ({
    value: by === 'code' ? unit.code : unit.path,
    label: say(unit.name),
    level: language === 'zh' ? `${'一二三四'[unit.level - 1]}${say(words.level)}` : `${say(words.level)}${unit.level}`,
  }))
  if (value && !options.some((each) => each.value === value)) options.unshift({ value, label: name ?? value, level: '' })
  return (
    <Select
      {...(id && { id })}
      {...(status && { status })}
      style={{ width }}
      value={value ?? null}
      onChange={(chosen: string | null) => onChange?.(chosen ?? undefined)}
      options={options}
      showSearch={{ filterOption: false, onSearch: setText }}
      optionRender={({ label, data }) => (
        <span style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
          {label}
          <span className="muted small">{data.level}</span>
        </span>
      )}
      loading={found.isFetching}
      notFoundContent={say(words.none)}
      allowClear={clear}
      placeholder={placeholder ?? say(words.unit)}
      aria-label={say(words.unit)}
      popupMatchSelectWidth={300}
    />
  )
}
