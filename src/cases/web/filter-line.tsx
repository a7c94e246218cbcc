import { useQuery } from '@tanstack/react-query'
import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useLayoutEffect, useState } from 'react'
import { RegionField } from '../../atlas/web/index.ts'
import { LAMPS, lampWords, useMay, useWords } from '../../kernel/web/index.ts'
import { CategoryField, UnitField } from '../../registry/web/index.ts'
import { SOURCES } from '../../registry/contract.ts'
import type { FilterAddress } from './case-filter.ts'
import { flowQuery } from './queries.ts'

const words = {
  text: { zh: '描述、地点、部件', en: 'Words, place, component' },
  find: { zh: '全文查找', en: 'Find words' },
  state: { zh: '状态', en: 'State' },
  lamp: { zh: '时限', en: 'Time left' },
  source: { zh: '来源', en: 'Source' },
  from: { zh: '上报自', en: 'Reported from' },
  to: { zh: '至', en: 'to' },
}

interface Props {
  value: FilterAddress
  change: (change: FilterAddress) => void
}

const listOf = (text: string | undefined) => (text ? text.split(',') : [])
const textOf = (list: readonly string[]) => (list.length > 0 ? list.join(',') : undefined)

/** All filters in one line; each change is at once in the address. */
export function FilterLine({ value, change }: Props) {
  const { say } = useWords()
  const may = useMay()
  const flow = useQuery(flowQuery).data
  const several = { mode: 'multiple' as const, maxTagCount: 'responsive' as const, allowClear: true }
  return (
    <div className="case-filters" role="search">
      <TextFilter value={value.text ?? value.number ?? ''} change={change} />
      <Select
        {...several}
        style={{ width: 132 }}
        placeholder={say(words.state)}
        aria-label={say(words.state)}
        value={listOf(value.state)}
        onChange={(list: string[]) => change({ state: textOf(list), open: undefined })}
        options={Object.entries(flow?.states ?? {}).map(([state, { words: name }]) => ({ value: state, label: say(name) }))}
        popupMatchSelectWidth={160}
      />
      <Select
        {...several}
        style={{ width: 108 }}
        placeholder={say(words.lamp)}
        aria-label={say(words.lamp)}
        value={listOf(value.lamp)}
        onChange={(list: string[]) => change({ lamp: textOf(list) })}
        options={LAMPS.map((lamp) => ({ value: lamp, label: say(lampWords[lamp]) }))}
        popupMatchSelectWidth={130}
      />
      <Select
        {...several}
        style={{ width: 116 }}
        placeholder={say(words.source)}
        aria-label={say(words.source)}
        value={listOf(value.source)}
        onChange={(list: string[]) => change({ source: textOf(list) })}
        options={Object.entries(SOURCES).map(([code, name]) => ({ value: code, label: say(name) }))}
        popupMatchSelectWidth={160}
      />
      <CategoryField majors width={132} value={value.category} onChange={(category) => change({ category })} />
      <RegionField width={120} value={value.region} onChange={(region) => change({ region })} />
      {may('registry.read') && <UnitField by="path" width={132} value={value.unit} onChange={(unit) => change({ unit })} />}
      <DatePicker.RangePicker
        style={{ width: 226 }}
        value={[value.from ? dayjs(value.from) : null, value.to ? dayjs(value.to) : null]}
        onChange={(days) => change({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })}
        allowEmpty={[true, true]}
        placeholder={[say(words.from), say(words.to)]}
      />
    </div>
  )
}

function TextFilter({ value, change }: { value: string; change: Props['change'] }) {
  const { say } = useWords()
  const [text, setText] = useState(value)
  useLayoutEffect(() => setText(value), [value])
  const seek = (asked: string) => {
    const digits = asked.replace(/[\s-]/g, '')
    const isNumber = /^\d{6,20}$/.test(digits)
    change({ text: isNumber ? undefined : asked.trim() || undefined, number: isNumber ? digits : undefined })
  }
  return (
    <Input.Search
      style={{ width: 190 }}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={seek}
      placeholder={say(words.text)}
      aria-label={say(words.find)}
      allowClear
      maxLength={100}
    />
  )
}
