import { useQuery } from '@tanstack/react-query'
import { InputNumber, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { CLOCKS } from '../../kernel/contract.ts'
import { ask, groupNumber, useWords } from '../../kernel/web/index.ts'
import { getUnits } from '../../registry/contract.ts'
import { getCases } from '../contract.ts'
import type { Draft } from './draft.ts'
import { clockUnitWords } from './say-limit.ts'

const words = {
  units: { zh: '输入单位名称，可选多个', en: 'Names of units, several at once' },
  noUnit: { zh: '没有这样的单位', en: 'No such unit' },
  amount: { zh: '数量', en: 'Amount' },
  clock: { zh: '单位', en: 'Unit of time' },
  yuan: { zh: '元', en: 'yuan' },
  find: { zh: '案件号或描述中的字', en: 'Number, or words of the description' },
  noCase: { zh: '没有符合的在办案件', en: 'No open case fits' },
  case: { zh: '合并到的案件', en: 'The case to merge into' },
  type: { zh: '请输入至少两个字', en: 'Type at least two characters' },
}

/** Several units by their names; the values are their codes. */
export function UnitsField({
  value = [],
  onChange,
  label,
  failed,
}: {
  value: readonly string[] | undefined
  onChange: (codes: string[]) => void
  label: string
  failed: boolean
}) {
  const { say } = useWords()
  const [text, setText] = useState('')
  // Names of those chosen, which the list of another search does not hold.
  const [names, setNames] = useState<Record<string, string>>({})
  const asked = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['units', asked],
    queryFn: ({ signal }) => ask(getUnits, { query: { limit: 50, ...(asked && { text: asked }) }, signal }),
    staleTime: 60_000,
    placeholderData: (old) => old,
  })
  const listed = (found.data?.items ?? []).filter(({ level }) => level > 1).map((unit) => ({ value: unit.code, label: say(unit.name) }))
  const kept = value.filter((code) => !listed.some((each) => each.value === code)).map((code) => ({ value: code, label: names[code] ?? code }))
  return (
    <Select
      mode="multiple"
      style={{ width: '100%' }}
      value={[...value]}
      onChange={(codes: string[]) => {
        setNames({ ...names, ...Object.fromEntries(listed.map((each) => [each.value, each.label])) })
        setText('')
        onChange(codes)
      }}
      options={[...listed, ...kept]}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      loading={found.isFetching}
      notFoundContent={say(words.noUnit)}
      placeholder={say(words.units)}
      aria-label={label}
      {...(failed && { status: 'error' as const })}
    />
  )
}

/** 内部时限: how much of which clock. */
export function LimitField({ value, onChange }: { value: Draft['limit']; onChange: (limit: Draft['limit']) => void }) {
  const { say } = useWords()
  const unit = value?.unit ?? 'work_hour'
  return (
    <div className="limit-field">
      <InputNumber
        controls={false}
        min={0.5}
        max={1000}
        step={1}
        value={value?.amount ?? null}
        onChange={(amount) => onChange(amount ? { amount, unit } : undefined)}
        aria-label={say(words.amount)}
      />
      <Select
        value={unit}
        onChange={(chosen: NonNullable<Draft['limit']>['unit']) => onChange({ amount: value?.amount ?? 4, unit: chosen })}
        options={CLOCKS.map((clock) => ({ value: clock, label: say(clockUnitWords[clock]!) }))}
        style={{ width: 160 }}
        aria-label={say(words.clock)}
      />
    </div>
  )
}

export function CostField({
  value,
  onChange,
  label,
  failed,
}: {
  value: number | undefined
  onChange: (cost: number | undefined) => void
  label: string
  failed: boolean
}) {
  const { say } = useWords()
  return (
    <InputNumber
      controls={false}
      min={0}
      max={1_000_000_000}
      precision={2}
      style={{ width: 220 }}
      suffix={say(words.yuan)}
      value={value ?? null}
      onChange={(cost) => onChange(cost ?? undefined)}
      aria-label={label}
      {...(failed && { status: 'error' as const })}
    />
  )
}

/** An open case by its number, or the words of its description. */
export function CaseField({
  value,
  onChange,
  not,
  failed,
}: {
  value: string | undefined
  onChange: (number: string | undefined) => void
  /** The case that one stands at. */
  not: string
  failed: boolean
}) {
  const { say } = useWords()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const digits = asked.replaceAll(/[\s-]/g, '')
  const isNumber = /^\d{6,20}$/.test(digits)
  const found = useQuery({
    queryKey: ['cases', 'target', asked],
    queryFn: ({ signal }) => ask(getCases, { query: { open: true, limit: 20, ...(isNumber ? { number: digits } : { text: asked }) }, signal }),
    enabled: asked.length >= 2,
    placeholderData: (old) => old,
  })
  const options = (found.data?.items ?? []).filter(({ number }) => number !== not)
  return (
    <Select
      style={{ width: '100%' }}
      value={value ?? null}
      onChange={(number: string | null) => onChange(number ?? undefined)}
      options={options.map((item) => ({ value: item.number, label: `${groupNumber(item.number)} ${item.description}`, item }))}
      optionRender={({ data }) => (
        <span className="case-option">
          <b>{data.item.description}</b>
          <small>
            {groupNumber(data.item.number)} · {say(data.item.stateWords)} · {data.item.address ?? ''}
          </small>
        </span>
      )}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      notFoundContent={say(asked.length < 2 ? words.type : words.noCase)}
      placeholder={say(words.find)}
      aria-label={say(words.case)}
      allowClear
      {...(failed && { status: 'error' as const })}
    />
  )
}
