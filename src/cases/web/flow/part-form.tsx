import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Words } from '../../../kernel/contract.ts'
import { Icon, useWords } from '../../../kernel/web/index.ts'
import type { Flow } from '../../flow.ts'
import { PERMITS } from '../../permits.ts'
import { unitWords, type Field } from './part-fields.ts'

const words = {
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
  more: { zh: '更多', en: 'More' },
  times: { zh: '次', en: 'times' },
  perCase: { zh: '每案', en: 'a case' },
  perUnit: { zh: '每单位', en: 'a unit' },
  granted: { zh: '只计同意的', en: 'granted only' },
}

interface Props {
  flow: Flow
  fields: readonly Field[]
  part: object
  /** The states of the procedure that the part belongs to. */
  points?: Readonly<Record<string, { readonly words: Words }>>
  /** Sentences of faults by the field they stand at. */
  faults: ReadonlyMap<string, readonly string[]>
  disabled: boolean
  change: (field: string, value: unknown) => void
}

/** The form of one part; faults stand under the field that they are about. */
export function PartForm(props: Props) {
  const { say } = useWords()
  const { fields, part, faults } = props
  const values = part as Record<string, unknown>
  const isUsed = ({ name }: Field) => values[name] !== undefined || faults.has(name)
  const rare = fields.filter((field) => field.rare && !isUsed(field))
  const [all, setAll] = useState(false)
  const shown = fields.filter((field) => !field.rare || isUsed(field) || all)
  return (
    <div className="part-form">
      {shown.map((field) => (
        <FieldRow key={field.name} field={field} {...props} />
      ))}
      {rare.length > 0 && !all && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          <Icon name="down" size={14} /> {say(words.more)} ({rare.length})
        </button>
      )}
    </div>
  )
}

function FieldRow({ field, ...props }: Props & { field: Field }) {
  const { say } = useWords()
  const faults = props.faults.get(field.name) ?? []
  const id = `part-${field.name}`
  const isFlag = field.kind === 'flag' || field.kind === 'closed'
  return (
    <div className="part-field" data-faulty={faults.length > 0 || undefined} data-field={field.name}>
      {!isFlag && (
        <label htmlFor={field.kind === 'words' ? `${id}-zh` : id}>{say(field.label)}</label>
      )}
      <FieldInput id={id} field={field} {...props} />
      {field.help && <p className="muted small">{say(field.help)}</p>}
      {faults.map((fault) => (
        <p key={fault} className="fault" role="alert">
          {fault}
        </p>
      ))}
    </div>
  )
}

type Options = { value: string | number; label: string }[]

function FieldInput({ id, field, flow, part, points = {}, disabled, change }: Props & { id: string; field: Field }): ReactNode {
  const { say } = useWords()
  const value = (part as Record<string, unknown>)[field.name]
  const set = (next: unknown) => change(field.name, next)
  const of = (record: Readonly<Record<string, { readonly words: Words }>>): Options => Object.entries(record).map(([code, { words: name }]) => ({ value: code, label: say(name) || code }))
  const one = (options: Options, clears = true) => (
    <Select id={id} value={value as string | undefined} options={options} onChange={(next: unknown) => set(next)} allowClear={clears} disabled={disabled} placeholder="—" showSearch={{ optionFilterProp: 'label' }} />
  )
  const many = (options: Options) => (
    <Select id={id} mode="multiple" value={(value as string[] | undefined) ?? []} options={options} onChange={set} disabled={disabled} placeholder="—" showSearch={{ optionFilterProp: 'label' }} />
  )
  const named = (record: Readonly<Record<string, Words>> = {}): Options => Object.entries(record).map(([code, name]) => ({ value: code, label: say(name) }))
  switch (field.kind) {
    case 'words':
      return <WordsInput id={id} value={value as Words} set={set} disabled={disabled} />
    case 'permit':
      return (
        <Select
          id={id}
          value={(value as string | null | undefined) ?? undefined}
          options={named(PERMITS)}
          onChange={(next?: string) => set(field.name === 'permit' ? (next ?? null) : next)}
          allowClear
          disabled={disabled}
          placeholder="—"
          showSearch={{ optionFilterProp: 'label' }}
        />
      )
    case 'stage':
      return one(flow.stages.map((stage, i) => ({ value: i + 1, label: `${i + 1} ${say(stage)}` })))
    case 'states':
      return many(of(flow.states))
    case 'state':
      return one(of(flow.states))
    case 'points':
      return many(of(points))
    case 'point':
      return one(of(points))
    case 'clock':
      return one(of(flow.clocks))
    case 'step':
      return one(of(flow.steps))
    case 'procedure':
      return one(of(flow.procedures))
    case 'choice':
      return one(named(field.options), field.name !== 'by' && field.name !== 'unit')
    case 'choices':
      return many(named(field.options))
    case 'code':
      return <Input id={id} value={(value as string | undefined) ?? ''} onChange={(event) => set(event.target.value)} disabled={disabled} maxLength={40} />
    case 'number':
      return <InputNumber controls={false} id={id} value={value as number | undefined} min={field.min ?? 0} onChange={(next) => set(next ?? undefined)} disabled={disabled} style={{ width: '100%' }} />
    case 'limit':
      return <LimitInput id={id} value={value as Limit | undefined} set={set} disabled={disabled} />
    case 'most':
      return <MostInput id={id} value={value as Most | undefined} set={set} disabled={disabled} />
    case 'flag':
      return (
        <Checkbox id={id} checked={value === true} onChange={(event) => set(event.target.checked)} disabled={disabled}>
          {say(field.label)}
        </Checkbox>
      )
    case 'closed':
      return (
        <Checkbox id={id} checked={value === false} onChange={(event) => set(event.target.checked ? false : undefined)} disabled={disabled}>
          {say(field.label)}
        </Checkbox>
      )
  }
}

export function WordsInput({ id, value, set, disabled }: { id: string; value: Words; set: (words: Words) => void; disabled: boolean }) {
  const { say } = useWords()
  return (
    <div className="words-input">
      <Input id={`${id}-zh`} value={value.zh} aria-label={say(words.zh)} onChange={(event) => set({ ...value, zh: event.target.value })} disabled={disabled} maxLength={60} />
      <Input id={`${id}-en`} value={value.en} aria-label={say(words.en)} onChange={(event) => set({ ...value, en: event.target.value })} disabled={disabled} maxLength={80} />
    </div>
  )
}

interface Limit {
  amount: number
  unit: string
}

function LimitInput({ id, value, set, disabled }: { id: string; value: Limit | undefined; set: (limit: Limit | undefined) => void; disabled: boolean }) {
  const { say } = useWords()
  return (
    <div className="words-input">
      <InputNumber controls={false} id={id} value={value?.amount} min={0} placeholder="—" onChange={(amount) => set(amount === null ? undefined : { amount, unit: value?.unit ?? 'work_hour' })} disabled={disabled} />
      <Select
        value={value?.unit ?? 'work_hour'}
        options={Object.entries(unitWords).map(([unit, name]) => ({ value: unit, label: say(name) }))}
        onChange={(unit: string) => value && set({ ...value, unit })}
        disabled={disabled || !value}
      />
    </div>
  )
}

interface Most {
  times: number
  per: 'case' | 'unit'
  counts?: 'opened' | 'granted'
}

function MostInput({ id, value, set, disabled }: { id: string; value: Most | undefined; set: (most: Most | undefined) => void; disabled: boolean }) {
  const { say } = useWords()
  return (
    <div className="words-input">
      <InputNumber controls={false} id={id} value={value?.times} min={1} placeholder="—" suffix={say(words.times)} onChange={(times) => set(times === null ? undefined : { per: 'case', ...value, times })} disabled={disabled} />
      <Select
        value={value?.per ?? 'case'}
        options={[
          { value: 'case', label: say(words.perCase) },
          { value: 'unit', label: say(words.perUnit) },
        ]}
        onChange={(per: Most['per']) => value && set({ ...value, per })}
        disabled={disabled || !value}
      />
      <Checkbox checked={value?.counts === 'granted'} disabled={disabled || !value} onChange={(event) => value && set({ times: value.times, per: value.per, ...(event.target.checked && { counts: 'granted' as const }) })}>
        {say(words.granted)}
      </Checkbox>
    </div>
  )
}
