import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { useWords } from '../../kernel/web/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { CategoryField, conditionsQuery, UnitField } from '../../registry/web/index.ts'
import type { CaseBrief, Need, OpenStep } from '../contract.ts'
import { Choice } from './choice.tsx'
import { PhotoField } from './photo-field.tsx'
import { sayLimit } from './say-limit.ts'
import type { Acts } from './use-acts.ts'

const titles: Record<Need, Words> = {
  unit: { zh: '派给单位', en: 'Dispatch to' },
  condition: { zh: '立案条件', en: 'Filing condition' },
  reason: { zh: '理由', en: 'Reason' },
  collector: { zh: '采集员', en: 'Collector' },
  photo: { zh: '照片', en: 'Photos' },
  note: { zh: '说明', en: 'Note' },
  category: { zh: '类别', en: 'Category' },
}

const lacking: Record<Need, Words> = {
  unit: { zh: '请选择单位', en: 'Choose a unit' },
  condition: { zh: '请选择立案条件', en: 'Choose a filing condition' },
  reason: { zh: '请选择理由', en: 'Choose a reason' },
  collector: { zh: '请选择采集员', en: 'Choose a collector' },
  photo: { zh: '请添加照片', en: 'Add a photo' },
  note: { zh: '请填写说明', en: 'Write a note' },
  category: { zh: '请选择类别', en: 'Choose a category' },
}

const words = {
  optional: { zh: '可不填', en: 'optional' },
  other: { zh: '其他单位', en: 'Another unit' },
  nearest: { zh: '由平台派给最近的在岗采集员', en: 'The nearest collector on duty' },
  offDuty: { zh: '不在岗', en: 'off duty' },
  closing: { zh: '结案条件', en: 'Closed when' },
  change: { zh: '改类别', en: 'Change the category' },
  basis: { zh: '先属主后属地，或先属地后属主', en: 'by owner, then by locality, or the reverse' },
  proposals: { zh: '确责建议', en: 'Who is responsible' },
  none: { zh: '没有可选的立案条件，请先改类别。', en: 'This category has no filing condition; change the category first.' },
}

// The order in which one decides; what a step does not need or take is not shown.
const ORDER: readonly Need[] = ['category', 'condition', 'unit', 'collector', 'reason', 'photo', 'note']

/** The form of one step: exactly what it needs and what it may take. `asked`: in the dialog of the step itself. */
export function ActForm({ acts, brief, asked = false }: { acts: Acts; brief: CaseBrief; asked?: boolean }) {
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
              {say(need === 'unit' ? words.proposals : titles[need])}
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
  acts: Acts
  brief: CaseBrief
}

function Field({ need, ...props }: FieldProps & { need: Need }): ReactNode {
  const { say, language } = useWords()
  const { step, acts } = props
  switch (need) {
    case 'unit':
      return <UnitChoice {...props} />
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
      return <PhotoField value={acts.draft.files} onChange={(files) => acts.set({ files })} failed={acts.missing.includes('photo')} />
    case 'note':
      return (
        <Input.TextArea
          value={acts.draft.note ?? ''}
          onChange={(event) => acts.set({ note: event.target.value })}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          aria-label={say(titles.note)}
          {...(acts.missing.includes('note') && { status: 'error' as const })}
        />
      )
  }
}

export const sayMetres = (metres: number, language: 'zh' | 'en' = 'zh'): string => {
  const far = metres >= 1000
  const n = far ? (metres / 1000).toFixed(1) : String(Math.round(metres))
  return language === 'zh' ? `${n} ${far ? '公里' : '米'}` : `${n} ${far ? 'km' : 'm'}`
}

function UnitChoice({ step, acts }: FieldProps) {
  const { say } = useWords()
  const proposed = step.units ?? []
  const chosen = acts.draft.unit
  const [other, setOther] = useState(proposed.length === 0)
  return (
    <>
      <Choice
        label={say(titles.unit)}
        value={other ? '' : chosen}
        choose={(unit) => {
          setOther(unit === '')
          acts.set({ unit: unit || undefined })
        }}
        options={[
          ...proposed.map((unit) => ({ value: unit.unitCode, title: say(unit.name), why: say(unit.words) })),
          { value: '', title: say(words.other) },
        ]}
      />
      {other && <UnitField value={chosen} onChange={(unit) => acts.set({ unit })} status={acts.missing.includes('unit') ? 'error' : ''} />}
    </>
  )
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
