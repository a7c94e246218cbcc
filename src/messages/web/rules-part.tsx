import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, InputNumber, Select, Switch, Table } from 'antd'
import { useState } from 'react'
import type { Words } from '../../kernel/contract.ts'
import { EmptyState, ErrorState, Icon, sayList, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { AUDIENCE_CODES, AUDIENCES, CHANNEL_CODES, CHANNELS, deleteRule, putRule, type RuleBody, type RuleShown } from '../contract.ts'
import { EditActs, NameFields, type Edited } from './edit-form.tsx'
import { rulesQuery, templatesQuery } from './queries.ts'
import { UNIT_WORDS } from './texts.ts'

const words = {
  name: { zh: '规则', en: 'Rule' },
  when: { zh: '何时', en: 'When' },
  about: { zh: '步骤、灯或任务', en: 'Steps, lamps or tasks' },
  whom: { zh: '告知谁', en: 'Whom' },
  how: { zh: '渠道', en: 'By' },
  template: { zh: '模板', en: 'Template' },
  after: { zh: '之后', en: 'After' },
  atOnce: { zh: '立即', en: 'at once' },
  on: { zh: '启用', en: 'On' },
  edit: { zh: '修改', en: 'Change' },
  add: { zh: '新增规则', en: 'New rule' },
  saved: { zh: '已保存，下一件即按此告知', en: 'Saved; the next message follows it' },
  changed: { zh: '已改', en: 'Changed' },
  clocks: { zh: '只限这些时限（灯）', en: 'Only of these limits (lamps)' },
  levels: { zh: '只限这些级别的单位', en: 'Only units of these levels' },
  any: { zh: '不限', en: 'any' },
  stops: { zh: '案件有进展即停止', en: 'Ends when the case moves on' },
  urgent: { zh: '紧急：免打扰时段也发', en: 'Urgent: also in quiet hours' },
  digest: { zh: '汇总后发', en: 'Told together in a digest' },
  none: { zh: '没有规则。', en: 'There are no rules.' },
  step: { zh: '步骤', en: 'Step' },
  lamp: { zh: '亮灯', en: 'Lamp' },
  task: { zh: '任务', en: 'Task' },
}

const LAMPS: Readonly<Record<string, Words>> = { yellow: { zh: '黄灯', en: 'Yellow' }, red: { zh: '红灯', en: 'Red' } }
const TASKS: Readonly<Record<string, Words>> = { verify: { zh: '核实', en: 'Verify' }, check: { zh: '核查', en: 'Check' } }

const BLANK: RuleBody = {
  name: { zh: '', en: '' },
  on: 'step',
  about: [],
  clocks: [],
  levels: [],
  sources: [],
  audience: 'unit',
  channels: ['app'],
  template: 'dispatched',
  after: null,
  stops: false,
  urgent: false,
  digest: false,
  enabled: true,
}

function bodyOf(shown: RuleShown): RuleBody {
  const { code: _, shipped: __, changed: ___, ...body } = shown
  return body
}

export function RulesPart() {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const rules = useQuery(rulesQuery)
  const [open, setOpen] = useState<Edited<RuleBody>>()
  const done = () => {
    tell(say(words.saved))
    setOpen(undefined)
    void queries.invalidateQueries({ queryKey: ['messages'] })
  }
  const set = useAct(putRule, { done })
  if (rules.isError) return <ErrorState error={rules.error} retry={() => void rules.refetch()} />
  const aboutOf = (rule: RuleBody) => {
    const names = rule.on === 'lamp' ? LAMPS : rule.on === 'task' ? TASKS : Object.fromEntries((rules.data?.steps ?? []).map((each) => [each.code, each.words]))
    return sayList(rule.about.map((code) => (names[code] ? say(names[code]) : code)), language)
  }
  return (
    <>
      {open && <RuleForm key={open.code ?? ''} of={open} steps={rules.data?.steps ?? []} clocks={rules.data?.clocks ?? []} done={done} close={() => setOpen(undefined)} />}
      <section className="card">
        <Table<RuleShown>
          size="small"
          rowKey="code"
          pagination={false}
          loading={rules.isPending}
          dataSource={rules.data?.items ?? []}
          scroll={{ x: 1000 }}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          title={() => (
            <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen({ code: undefined, body: BLANK, shipped: false, changed: false })}>
              {say(words.add)}
            </Button>
          )}
          columns={[
            {
              title: say(words.name),
              width: 210,
              render: (_, row) => (
                <>
                  {say(row.name)} {row.changed && <span className="tag brand">{say(words.changed)}</span>}
                </>
              ),
            },
            { title: say(words.when), render: (_, row) => <span className="small">{aboutOf(row)}</span> },
            { title: say(words.whom), width: 130, render: (_, row) => say(AUDIENCES[row.audience]) },
            { title: say(words.how), width: 190, render: (_, row) => sayList(row.channels.map((each) => say(CHANNELS[each])), language) },
            {
              title: say(words.after),
              width: 100,
              render: (_, row) => (row.after ? `${row.after.amount} ${say(UNIT_WORDS[row.after.unit]!)}` : say(words.atOnce)),
            },
            {
              title: say(words.on),
              width: 64,
              render: (_, row) => (
                <Switch
                  size="small"
                  checked={row.enabled}
                  aria-label={`${say(words.on)} ${say(row.name)}`}
                  onChange={(enabled) => set.mutate({ params: { code: row.code }, body: { ...bodyOf(row), enabled } })}
                />
              ),
            },
            {
              width: 76,
              align: 'right',
              render: (_, row) => (
                <Button size="small" onClick={() => setOpen({ code: row.code, body: bodyOf(row), shipped: row.shipped, changed: row.changed })}>
                  {say(words.edit)}
                </Button>
              ),
            },
          ]}
        />
      </section>
    </>
  )
}

interface Named {
  code: string
  words: Words
}

interface FormProps {
  of: Edited<RuleBody>
  steps: readonly Named[]
  clocks: readonly Named[]
  done: () => void
  close: () => void
}

function RuleForm({ of, steps, clocks, done, close }: FormProps) {
  const { say } = useWords()
  const [now, setNow] = useState(of.body)
  const [name, setName] = useState(of.code ?? '')
  const templates = useQuery(templatesQuery).data?.items ?? []
  const save = useAct(putRule, { done })
  const drop = useAct(deleteRule, { done })
  const change = (part: Partial<RuleBody>) => setNow({ ...now, ...part })
  const choices = now.on === 'step' ? steps : Object.entries(now.on === 'lamp' ? LAMPS : TASKS).map(([each, text]) => ({ code: each, words: text }))
  const readers = templates.filter(({ reader }) => (reader === 'reporter') === (now.audience === 'reporter'))
  return (
    <section className="card pad">
      <Form layout="vertical" requiredMark={false} onFinish={() => save.mutate({ params: { code: name }, body: now })}>
        <div className="two">
          <div>
            <NameFields
              code={of.code === undefined ? { value: name, change: setName } : undefined}
              label={say(words.name)}
              name={now.name}
              change={(named) => change({ name: named })}
            />
            <Form.Item label={say(words.when)}>
              <Select
                value={now.on}
                onChange={(on) => change({ on, about: [], clocks: [] })}
                options={(['step', 'lamp', 'task'] as const).map((value) => ({ value, label: say(words[value]) }))}
              />
            </Form.Item>
            <Form.Item label={say(words.about)}>
              <Select
                mode="multiple"
                showSearch={{ optionFilterProp: 'label' }}
                value={now.about}
                onChange={(about) => change({ about })}
                options={choices.map((each) => ({ value: each.code, label: say(each.words) }))}
              />
            </Form.Item>
            {now.on === 'lamp' && (
              <Form.Item label={say(words.clocks)}>
                <Select
                  mode="multiple"
                  placeholder={say(words.any)}
                  value={now.clocks}
                  onChange={(list) => change({ clocks: list })}
                  options={clocks.map((each) => ({ value: each.code, label: say(each.words) }))}
                />
              </Form.Item>
            )}
          </div>
          <div>
            <Form.Item label={say(words.whom)}>
              <Select value={now.audience} onChange={(audience) => change({ audience })} options={AUDIENCE_CODES.map((value) => ({ value, label: say(AUDIENCES[value]) }))} />
            </Form.Item>
            <Form.Item label={say(words.how)}>
              <Checkbox.Group
                value={now.channels}
                onChange={(channels) => change({ channels })}
                options={CHANNEL_CODES.map((value) => ({ value, label: say(CHANNELS[value]) }))}
              />
            </Form.Item>
            <Form.Item label={say(words.template)}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                value={now.template}
                onChange={(template) => change({ template })}
                options={readers.map((each) => ({ value: each.code, label: say(each.name) || each.code }))}
              />
            </Form.Item>
            <Form.Item label={say(words.after)}>
              <InputNumber
                controls={false}
                min={0}
                max={1000}
                value={now.after?.amount ?? 0}
                onChange={(amount) => change({ after: amount ? { amount, unit: now.after?.unit ?? 'work_hour' } : null })}
              />{' '}
              <Select
                style={{ width: 150 }}
                disabled={!now.after}
                value={now.after?.unit ?? 'work_hour'}
                onChange={(unit) => now.after && change({ after: { ...now.after, unit } })}
                options={Object.entries(UNIT_WORDS).map(([value, text]) => ({ value, label: say(text) }))}
              />
            </Form.Item>
            <Form.Item label={say(words.levels)}>
              <Select
                mode="multiple"
                placeholder={say(words.any)}
                value={now.levels}
                onChange={(levels) => change({ levels })}
                options={[1, 2, 3, 4].map((value) => ({ value, label: String(value) }))}
              />
            </Form.Item>
            {(['stops', 'urgent', 'digest'] as const).map((each) => (
              <div key={each}>
                <Checkbox checked={now[each]} onChange={(event) => change({ [each]: event.target.checked })}>
                  {say(words[each])}
                </Checkbox>
              </div>
            ))}
          </div>
        </div>
        <EditActs
          of={of}
          saving={save.isPending}
          unfit={now.about.length === 0 || now.channels.length === 0}
          drop={(code) => drop.mutate({ params: { code } })}
          close={close}
        />
      </Form>
    </section>
  )
}
