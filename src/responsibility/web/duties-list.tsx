import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, Icon, Loading, Refused, tell, useAct, useMay, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { putDuty, readHours, sayHours, type DutyShown } from '../contract.ts'
import { dutiesQuery } from './queries.ts'
import { sayFaults } from './say-faults.ts'

const words = {
  lead: { zh: '未列出的单位随时可派。', en: 'Units that are not listed can be asked at any time.' },
  add: { zh: '新增值守时间', en: 'Set hours of duty' },
  title: { zh: '值守时间', en: 'Hours of duty' },
  unit: { zh: '单位', en: 'Unit' },
  hours: { zh: '值守时段', en: 'Times of duty' },
  hoursHelp: { zh: '如 work 08:00-18:00; rest 09:00-17:00', en: 'Such as work 08:00-18:00; rest 09:00-17:00' },
  hoursFault: { zh: '看不懂这个时段', en: 'These times cannot be read' },
  deputy: { zh: '其余时间由谁代办', en: 'Who stands in at other times' },
  nobody: { zh: '无人代办', en: 'Nobody' },
  note: { zh: '备注', en: 'Remark' },
  edit: { zh: '修改', en: 'Change' },
  remove: { zh: '移除', en: 'Remove' },
  removeAsk: { zh: '移除后该单位随时可派。', en: 'The unit can then be asked at any time.' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '值守时间已保存', en: 'The hours of duty are saved' },
  refused: { zh: '没有保存', en: 'Not saved' },
  needed: { zh: '请填写', en: 'Please fill this in' },
  none: { zh: '所有单位随时可派。', en: 'All units can be asked at any time.' },
  close: { zh: '关闭', en: 'Close' },
}

function useSaveDuty(close?: () => void) {
  const { say } = useWords()
  const queries = useQueryClient()
  return useAct(putDuty, {
    quiet: close !== undefined,
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['responsibility'] })
      close?.()
    },
  })
}

/** Units that are not always to be reached, and who stands in for them. */
export function DutiesList({ edit }: { edit: (unit: string) => void }) {
  const { say } = useWords()
  const mayEdit = useMay()('responsibility.edit')
  const duties = useQuery(dutiesQuery)
  const remove = useSaveDuty()
  return (
    <>
      <div className="rule-filter">
        <span className="muted small">{say(words.lead)}</span>
        <span className="end">
          {mayEdit && (
            <Button type="primary" icon={<Icon name="plus" />} onClick={() => edit('new')}>
              {say(words.add)}
            </Button>
          )}
        </span>
      </div>
      <div className="rule-rows">
        {duties.isError ? (
          <ErrorState error={duties.error} retry={() => void duties.refetch()} />
        ) : duties.isPending ? (
          <Loading lines={6} />
        ) : duties.data.length === 0 ? (
          <EmptyState why={say(words.none)} />
        ) : (
          <table>
            <thead>
              <tr>
                {[words.unit, words.hours, words.deputy, words.note].map((head) => (
                  <th key={head.en} scope="col">
                    {say(head)}
                  </th>
                ))}
                <th />
              </tr>
            </thead>
            <tbody>
              {duties.data.map(({ unit, hours, deputy, note }) => (
                <tr key={unit.code}>
                  <td>{say(unit.name)}</td>
                  <td>{say(sayHours(readHours(hours) ?? []))}</td>
                  <td>{deputy ? say(deputy.name) : <span className="muted">{say(words.nobody)}</span>}</td>
                  <td>{note}</td>
                  <td style={{ whiteSpace: 'nowrap' }}>
                    {mayEdit && (
                      <>
                        <button type="button" className="link" onClick={() => edit(unit.code)}>
                          {say(words.edit)}
                        </button>{' '}
                        <Popconfirm
                          title={say(words.removeAsk)}
                          okText={say(words.remove)}
                          onConfirm={() => remove.mutate({ params: { unit: unit.code }, body: { hours: '', deputy: null, note: null } })}
                        >
                          <button type="button" className="link">
                            {say(words.remove)}
                          </button>
                        </Popconfirm>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  )
}

interface Fields {
  unit: string
  hours: string
  deputy?: string
  note?: string
}

export function DutyForm({ duty, close }: { duty?: DutyShown | undefined; close: () => void }) {
  const { say, language } = useWords()
  const [form] = Form.useForm<Fields>()
  const [refused, setRefused] = useState<string>()
  const hours = Form.useWatch('hours', form) ?? duty?.hours ?? ''
  const read = readHours(hours)
  const save = useSaveDuty(close)
  return (
    <>
      <header>
        <h2>{say(words.title)}</h2>
        <button type="button" className="bare" aria-label={say(words.close)} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <Form<Fields>
        form={form}
        key={duty?.unit.code ?? 'new'}
        layout="vertical"
        requiredMark={false}
        className="rule-form"
        initialValues={{ unit: duty?.unit.code, hours: duty?.hours ?? 'work 08:00-18:00', deputy: duty?.deputy?.code, note: duty?.note ?? '' }}
        onFinish={({ unit, deputy, note, hours: text }) => {
          setRefused(undefined)
          save.mutate(
            { params: { unit }, body: { hours: text, deputy: deputy ?? null, note: note?.trim() || null } },
            { onError: (error) => setRefused(error instanceof Refused ? sayFaults(error, language) : String(error)) },
          )
        }}
      >
        {refused && <Alert type="error" showIcon title={say(words.refused)} description={refused} role="alert" style={{ marginBottom: 12 }} />}
        <Form.Item name="unit" label={say(words.unit)} rules={[{ required: true, message: say(words.needed) }]}>
          <UnitField name={duty && say(duty.unit.name)} />
        </Form.Item>
        <Form.Item
          name="hours"
          label={say(words.hours)}
          rules={[{ required: true, message: say(words.needed) }]}
          extra={read && read.length > 0 ? say(sayHours(read)) : say(words.hoursHelp)}
          validateStatus={read ? '' : 'error'}
          {...(!read && { help: say(words.hoursFault) })}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="deputy" label={say(words.deputy)}>
          <UnitField placeholder={say(words.nobody)} name={duty?.deputy ? say(duty.deputy.name) : undefined} />
        </Form.Item>
        <Form.Item name="note" label={say(words.note)}>
          <Input maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!read}>
          {say(words.save)}
        </Button>
      </Form>
    </>
  )
}
