import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, DatePicker, Form, Input, Popconfirm, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { RegionField } from '../../atlas/web/index.ts'
import { Icon, Refused, sayMoment, startOfDay, tell, useAct, useMay, useWords } from '../../kernel/web/index.ts'
import { CategoryField, UnitField } from '../../registry/web/index.ts'
import {
  BASES,
  BASIS_NAMES,
  postRule,
  postRuleEnd,
  putRule,
  readHours,
  ROAD_CLASSES,
  ROAD_NAMES,
  sayHours,
  type Basis,
  type RoadClass,
  type RuleBody,
  type RuleShown,
} from '../contract.ts'
import { sayFaults } from './say-faults.ts'

const words = {
  add: { zh: '新增规则', en: 'New rule' },
  category: { zh: '类别', en: 'Category' },
  all: { zh: '全部类别', en: 'All categories' },
  region: { zh: '区域', en: 'Area' },
  whole: { zh: '全市', en: 'The whole city' },
  basis: { zh: '依据', en: 'Ground' },
  unit: { zh: '责任单位', en: 'The unit that answers' },
  needed: { zh: '请选择', en: 'Please choose' },
  roads: { zh: '道路等级（不选为不限）', en: 'Classes of road (none for any place)' },
  hours: { zh: '时段（空为全时段）', en: 'Times (empty for always)' },
  hoursHelp: { zh: '如 work 08:00-18:00; 6-7 09:00-12:00，rest 为休息日，daily 为每天', en: 'Such as work 08:00-18:00; 6-7 09:00-12:00; rest for days off, daily for every day' },
  hoursFault: { zh: '看不懂这个时段', en: 'These times cannot be read' },
  from: { zh: '自', en: 'From' },
  now: { zh: '现在', en: 'Now' },
  to: { zh: '至', en: 'Until' },
  forever: { zh: '不限期', en: 'No end' },
  note: { zh: '文件依据（可不填）', en: 'On what ground (optional)' },
  saveNew: { zh: '保存规则', en: 'Save the rule' },
  saveChange: { zh: '终止旧规则，启用新规则', en: 'End it and begin the new one' },
  changeHelp: { zh: '修改不改写旧规则：旧规则终止，新规则另编号。', en: 'A rule is not rewritten: it ends, and the changed one gets a number of its own.' },
  end: { zh: '终止规则', en: 'End the rule' },
  endAsk: { zh: '终止后它不再参与确责，历史仍可查。', en: 'It is asked no more; what it answered before stays explained.' },
  ended: { zh: '规则已终止', en: 'The rule has ended' },
  added: { zh: '规则已生效，编号', en: 'The rule holds, under the number' },
  refused: { zh: '没有保存', en: 'Not saved' },
  close: { zh: '关闭', en: 'Close' },
  stopped: { zh: '已终止的规则不能修改。', en: 'A rule that has ended cannot be changed.' },
}

interface Fields {
  category?: string
  region?: string
  basis: Basis
  unit: string
  roads: RoadClass[]
  hours: string
  from: Dayjs | null
  to: Dayjs | null
  note: string
}

const dayOf = (moment: string | null) => (moment ? dayjs(sayMoment(moment).slice(0, 10)) : null)
const momentOf = (day: Dayjs | null) => (day ? startOfDay(day.format('YYYY-MM-DD')) : undefined)

/** A new rule, or one that stands, to be changed or ended. */
export function RuleForm({ rule, ended, close, show }: { rule?: RuleShown | undefined; ended: boolean; close: () => void; show: (number: string) => void }) {
  const { say, language } = useWords()
  const may = useMay()
  const queries = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const [refused, setRefused] = useState<string>()
  const hours = Form.useWatch('hours', form) ?? rule?.hours ?? ''
  const read = readHours(hours)
  const done = (text: string) => {
    tell(text)
    void queries.invalidateQueries({ queryKey: ['responsibility'] })
  }
  const saved = ({ number }: RuleShown) => {
    done(`${say(words.added)} ${number}`)
    show(number)
  }
  const add = useAct(postRule, { quiet: true, done: saved })
  const change = useAct(putRule, { quiet: true, done: saved })
  const stop = useAct(postRuleEnd, { done: () => (done(say(words.ended)), close()) })
  const failed = (error: unknown) => setRefused(error instanceof Refused ? sayFaults(error, language) : String(error))

  const save = (fields: Fields) => {
    setRefused(undefined)
    const from = momentOf(fields.from)
    const body: RuleBody = {
      category: fields.category ?? '',
      region: fields.region ?? '',
      basis: fields.basis,
      unit: fields.unit,
      roads: fields.roads ?? [],
      hours: fields.hours?.trim() ?? '',
      note: fields.note?.trim() || null,
      to: momentOf(fields.to) ?? null,
      ...(from && !rule && { from }),
    }
    if (rule) change.mutate({ params: { rule: rule.number }, body }, { onError: failed })
    else add.mutate({ body }, { onError: failed })
  }
  const mayEdit = may('responsibility.edit') && !ended
  return (
    <>
      <header>
        <h2>{rule ? <span className="number">{rule.number}</span> : say(words.add)}</h2>
        <button type="button" className="bare" aria-label={say(words.close)} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {rule && <p className="try-where">{say(ended ? words.stopped : words.changeHelp)}</p>}
      <Form<Fields>
        form={form}
        key={rule?.number ?? 'new'}
        layout="vertical"
        requiredMark={false}
        className="rule-form"
        disabled={!mayEdit}
        initialValues={{
          category: rule?.category || undefined,
          region: rule?.region || undefined,
          basis: rule?.basis ?? 'locality',
          unit: rule?.unit.code,
          roads: rule?.roads ?? [],
          hours: rule?.hours ?? '',
          from: null,
          to: dayOf(rule?.to ?? null),
          note: rule?.note ?? '',
        }}
        onFinish={save}
      >
        {refused && <Alert type="error" showIcon title={say(words.refused)} description={refused} role="alert" style={{ marginBottom: 12 }} />}
        <Form.Item name="category" label={say(words.category)}>
          <CategoryField majors whole={say(words.all)} version={rule?.category.split('.')[0] || undefined} />
        </Form.Item>
        <Form.Item name="region" label={say(words.region)}>
          <RegionField whole={say(words.whole)} />
        </Form.Item>
        <Form.Item name="basis" label={say(words.basis)}>
          <Radio.Group options={BASES.map((basis) => ({ value: basis, label: say(BASIS_NAMES[basis]) }))} />
        </Form.Item>
        <Form.Item name="unit" label={say(words.unit)} rules={[{ required: true, message: say(words.needed) }]}>
          <UnitField name={rule && say(rule.unit.name)} />
        </Form.Item>
        <Form.Item name="roads" label={say(words.roads)}>
          <Checkbox.Group options={ROAD_CLASSES.map((road) => ({ value: road, label: say(ROAD_NAMES[road]) }))} />
        </Form.Item>
        <Form.Item
          name="hours"
          label={say(words.hours)}
          extra={read && read.length > 0 ? say(sayHours(read)) : say(words.hoursHelp)}
          validateStatus={read ? '' : 'error'}
          {...(!read && { help: say(words.hoursFault) })}
        >
          <Input maxLength={200} />
        </Form.Item>
        <div className="two">
          {!rule && (
            <Form.Item name="from" label={say(words.from)}>
              <DatePicker placeholder={say(words.now)} style={{ width: '100%' }} />
            </Form.Item>
          )}
          <Form.Item name="to" label={say(words.to)}>
            <DatePicker placeholder={say(words.forever)} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        <Form.Item name="note" label={say(words.note)}>
          <Input.TextArea maxLength={200} rows={1} />
        </Form.Item>
        {mayEdit && (
          <div className="rule-acts">
            <Button type="primary" htmlType="submit" loading={add.isPending || change.isPending} disabled={!read}>
              {say(rule ? words.saveChange : words.saveNew)}
            </Button>
            {rule && (
              <Popconfirm
                title={say(words.endAsk)}
                okText={say(words.end)}
                okButtonProps={{ danger: true }}
                onConfirm={() => stop.mutate({ params: { rule: rule.number }, body: {} })}
              >
                <Button danger loading={stop.isPending}>
                  {say(words.end)}
                </Button>
              </Popconfirm>
            )}
          </div>
        )}
      </Form>
    </>
  )
}

