import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { useWords } from '../../kernel/web/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { CategoryField, conditionsQuery } from '../../registry/web/index.ts'
import type { CaseBrief, Need, OpenStep } from '../contract.ts'
import { CaseField, CostField, LimitField, UnitsField } from './act-fields.tsx'
import { Choice } from './choice.tsx'
import { PhotoField } from './photo-field.tsx'
import { sayLimit } from './say-limit.ts'
import { UntilField } from './until-field.tsx'
import { UnitChoice } from './unit-choice.tsx'
import type { FormActs } from './use-acts.ts'

const titles: Record<Need, Words> = {
  unit: { zh: '派给单位', en: 'Dispatch to' },
  condition: { zh: '立案条件', en: 'Filing condition' },
  reason: { zh: '理由', en: 'Reason' },
  collector: { zh: '采集员', en: 'Collector' },
  photo: { zh: '照片', en: 'Photos' },
  note: { zh: '说明', en: 'Note' },
  category: { zh: '类别', en: 'Category' },
  target: { zh: '合并到', en: 'Merge into' },
  until: { zh: '截止时间', en: 'Until' },
  helpers: { zh: '协办单位', en: 'Assisting units' },
  units: { zh: '会商单位', en: 'Units to confer' },
  limit: { zh: '内部时限', en: 'Inner limit' },
  cost: { zh: '费用（元）', en: 'Cost in yuan' },
  outside: { zh: '转办单位与文号', en: 'Passed to, and their number' },
}

const lacking: Record<Need, Words> = {
  unit: { zh: '请选择单位', en: 'Choose a unit' },
  condition: { zh: '请选择立案条件', en: 'Choose a filing condition' },
  reason: { zh: '请选择理由', en: 'Choose a reason' },
  collector: { zh: '请选择采集员', en: 'Choose a collector' },
  photo: { zh: '请添加照片', en: 'Add a photo' },
  note: { zh: '请填写说明', en: 'Write a note' },
  category: { zh: '请选择类别', en: 'Choose a category' },
  target: { zh: '请填写案件号', en: 'Give the number of a case' },
  until: { zh: '请选择时间', en: 'Choose a time' },
  helpers: { zh: '请选择协办单位', en: 'Choose the assisting units' },
  units: { zh: '请选择会商单位', en: 'Choose the units' },
  limit: { zh: '请填写内部时限', en: 'Give an inner limit' },
  cost: { zh: '请填写费用', en: 'Give the cost' },
  outside: { zh: '请填写转办单位', en: 'Say whom it is passed to' },
}

const words = {
  outside: { zh: '如：省公路局第二养护中心，文号可一并写上', en: 'Such as: Highway Bureau, their number 2026-118' },
  optional: { zh: '可不填', en: 'optional' },
  nearest: { zh: '由平台派给最近的在岗采集员', en: 'The nearest collector on duty' },
  offDuty: { zh: '不在岗', en: 'off duty' },
  closing: { zh: '结案条件', en: 'Closed when' },
  change: { zh: '改类别', en: 'Change the category' },
  basis: { zh: '先属主后属地，或先属地后属主', en: 'by owner, then by locality, or the reverse' },
  proposals: { zh: '确责建议', en: 'Who is responsible' },
  none: { zh: '没有可选的立案条件，请先改类别。', en: 'This category has no filing condition; change the category first.' },
}

// The order in which one decides; what a step does not need or take is not shown.
const ORDER: readonly Need[] = [
  'category',
  'condition',
  'unit',
  'helpers',
  'units',
  'target',
  'collector',
  'outside',
  'reason',
  'until',
  'limit',
  'cost',
  'photo',
  'note',
]

/** The form of one step: exactly what it needs and what it may take. `asked`: in the dialog of the step itself. */
export function ActForm({ acts, brief, asked = false }: { acts: FormActs; brief: CaseBrief; asked?: boolean }) {
  const { say } = useWords()
  const step = asked ? acts.step : acts.inline
  if (!step || (asked && acts.confirming !== 'direct') || (!asked && acts.confirming === 'direct')) return null
  const shown = ORDER.filter((need) => step.needs.includes(need) || step.takes.includes(need))
  return (
    <div className="act-form">
      {shown.map((need) => (
        <section key={need} data-need={need} className={need === 'category' ? 'slim' : ''}>
          {need !== 'category' && (
            <h3>
              {say(need === 'unit' && step.primary ? words.proposals : titles[need])}
              {!step.needs.includes(need) && <small>{say(words.optional)}</small>}
            </h3>
          )}
          <Field need={need} step={step} acts={acts} brief={brief} />
          {acts.missing.includes(need) && (
            <p className="fault" role="alert">
              {say(lacking[need])}
            </p>
          )}
        </section>
      ))}
    </div>
  )
}

interface FieldProps {
  step: OpenStep
  acts: FormActs
  brief: CaseBrief
}

function Field({ need, ...props }: FieldProps & { need: Need }): ReactNode {
  const { say, language } = useWords()
  const { step, acts } = props
  const failed = acts.missing.includes(need)
  switch (need) {
    case 'unit':
      return <UnitChoice key={props.brief.number} {...props} />
    case 'condition':
      return <ConditionChoice {...props} />
    case 'category':
      return <CategoryChange {...props} />
    case 'reason':
      return (
        <Choice
          label={say(titles.reason)}
          value={acts.draft.reason}
          choose={(reason) => acts.set({ reason })}
          options={(step.reasons ?? []).map((reason) => ({ value: reason.code, title: say(reason.words) }))}
          tight
        />
      )
    case 'collector':
      return (
        <Choice
          label={say(titles.collector)}
          value={acts.draft.collector ?? ''}
          choose={(collector) => acts.set({ collector: collector || undefined })}
          options={[
            ...(step.needs.includes('collector') ? [] : [{ value: '', title: say(words.nearest) }]),
            ...(step.collectors ?? []).slice(0, 5).map(({ id, name, metres, onDuty }) => ({
              value: id,
              title: name,
              aside: metres === null ? '' : language === 'zh' ? `${sayMetres(metres)}` : sayMetres(metres, 'en'),
              ...(!onDuty && { why: say(words.offDuty) }),
            })),
          ]}
          tight
        />
      )
    case 'photo':
      return <PhotoField value={acts.draft.files} onChange={(files) => acts.set({ files })} failed={failed} />
    case 'until':
      return <UntilField value={acts.draft.until} onChange={(until) => acts.set({ until })} longestDays={step.longestDays} failed={failed} />
    case 'helpers':
    case 'units':
      return <UnitsField value={acts.draft[need]} onChange={(list) => acts.set({ [need]: list })} label={say(titles[need])} failed={failed} />
    case 'limit':
      return <LimitField value={acts.draft.limit} onChange={(limit) => acts.set({ limit })} />
    case 'cost':
      return <CostField value={acts.draft.cost} onChange={(cost) => acts.set({ cost })} label={say(titles.cost)} failed={failed} />
    case 'target':
      return <CaseField value={acts.draft.target} onChange={(target) => acts.set({ target })} not={props.brief.number} failed={failed} />
    case 'outside':
      return (
        <Input
          value={acts.draft.outside ?? ''}
          onChange={(event) => acts.set({ outside: event.target.value })}
          maxLength={200}
          placeholder={say(words.outside)}
          aria-label={say(titles.outside)}
          {...(failed && { status: 'error' as const })}
        />
      )
    case 'note':
      return (
        <Input.TextArea
          value={acts.draft.note ?? ''}
          onChange={(event) => acts.set({ note: event.target.value })}
          rows={2}
          maxLength={1000}
          aria-label={say(titles.note)}
          {...(failed && { status: 'error' as const })}
        />
      )
  }
}

export const sayMetres = (metres: number, language: 'zh' | 'en' = 'zh'): string => {
  const far = metres >= 1000
  const n = far ? (metres / 1000).toFixed(1) : String(Math.round(metres))
  return language === 'zh' ? `${n} ${far ? '公里' : '米'}` : `${n} ${far ? 'km' : 'm'}`
}

function ConditionChoice({ step, acts, brief }: FieldProps) {
  const { say, language } = useWords()
  const changed = acts.draft.category !== undefined && acts.draft.category !== brief.category.id
  // A new category has conditions of its own; the grade of the area decides among its limits when the server takes the step.
  const others = useQuery(conditionsQuery(changed ? acts.draft.category : undefined)).data
  const options = changed
    ? (others ?? []).map(({ id, condition, closing, limits }) => ({
        value: id,
        title: say(condition),
        aside: [...new Set([limits.A, limits.B, limits.C].map(({ amount, unit }) => sayLimit(amount, unit, language)))].join(' / '),
        why: `${say(words.closing)}${language === 'zh' ? '：' : ': '}${say(closing)}`,
      }))
    : (step.conditions ?? []).map(({ id, words: name, limit, closing }) => ({
        value: id,
        title: say(name),
        aside: sayLimit(limit.amount, limit.unit, language),
        ...(closing && { why: `${say(words.closing)}${language === 'zh' ? '：' : ': '}${say(closing)}` }),
      }))
  if (options.length === 0) return <p className="muted small">{say(words.none)}</p>
  return (
    <Choice label={say(titles.condition)} value={acts.draft.condition} choose={(condition) => acts.set({ condition })} options={options} />
  )
}

function CategoryChange({ acts, brief }: FieldProps) {
  const { say } = useWords()
  const [open, setOpen] = useState(false)
  useResetOn(brief.number, () => setOpen(false))
  if (!open) {
    return (
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {say(words.change)}
      </button>
    )
  }
  return (
    <CategoryField
      version={brief.category.id.split('.')[0]}
      value={acts.draft.category ?? brief.category.id}
      onChange={(category) => acts.set({ category, condition: undefined })}
    />
  )
}

function useResetOn(key: string, reset: () => void): void {
  const [seen, setSeen] = useState(key)
  if (seen === key) return
  setSeen(key)
  reset()
}
