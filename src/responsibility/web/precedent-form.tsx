import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { RegionField } from '../../atlas/web/index.ts'
import { Icon, Refused, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { CategoryField, UnitField } from '../../registry/web/index.ts'
import { postPrecedent, type Verdict } from '../contract.ts'
import { sayFaults } from './say-faults.ts'

const words = {
  title: { zh: '新增先例', en: 'New precedent' },
  lead: { zh: '今后同一区域的同类问题先按先例确责。', en: 'From now on the like in the same area is answered by it first.' },
  verdict: { zh: '认定', en: 'Found' },
  ours: { zh: '由其负责', en: 'Its duty' },
  notOurs: { zh: '非其职责', en: 'Not its duty' },
  unit: { zh: '单位', en: 'Unit' },
  category: { zh: '类别', en: 'Category' },
  region: { zh: '区域（区县或其下）', en: 'Area (a district or within one)' },
  component: { zh: '部件标识码（可不填）', en: 'Code of the component (optional)' },
  note: { zh: '依据', en: 'On what ground' },
  needed: { zh: '请填写', en: 'Please fill this in' },
  narrower: { zh: '请选到区县或更小', en: 'Choose a district, or something in it' },
  save: { zh: '保存先例', en: 'Save the precedent' },
  saved: { zh: '先例已生效，编号', en: 'The precedent counts, under the number' },
  refused: { zh: '没有保存', en: 'Not saved' },
  close: { zh: '关闭', en: 'Close' },
}

interface Fields {
  verdict: Verdict
  unit: string
  category: string
  region: string
  component?: string
  note: string
}

/** A precedent by hand, where none came from a case. */
export function PrecedentForm({ close }: { close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [refused, setRefused] = useState<string>()
  const add = useAct(postPrecedent, {
    quiet: true,
    done: ({ number }) => {
      tell(`${say(words.saved)} ${number}`)
      void queries.invalidateQueries({ queryKey: ['responsibility'] })
      close()
    },
  })
  const needed = { required: true, message: say(words.needed) }
  return (
    <>
      <header>
        <h2>{say(words.title)}</h2>
        <button type="button" className="bare" aria-label={say(words.close)} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <p className="try-where">{say(words.lead)}</p>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        className="rule-form"
        initialValues={{ verdict: 'ours' }}
        onFinish={({ component, ...rest }) => {
          setRefused(undefined)
          add.mutate(
            { body: { ...rest, component: component?.trim() || null } },
            { onError: (error) => setRefused(error instanceof Refused ? sayFaults(error, language) : String(error)) },
          )
        }}
      >
        {refused && <Alert type="error" showIcon title={say(words.refused)} description={refused} role="alert" style={{ marginBottom: 12 }} />}
        <Form.Item name="verdict" label={say(words.verdict)}>
          <Radio.Group
            options={[
              { value: 'ours', label: say(words.ours) },
              { value: 'not-ours', label: say(words.notOurs) },
            ]}
          />
        </Form.Item>
        <Form.Item name="unit" label={say(words.unit)} rules={[needed]}>
          <UnitField />
        </Form.Item>
        <Form.Item name="category" label={say(words.category)} rules={[needed]}>
          <CategoryField majors />
        </Form.Item>
        <Form.Item name="region" label={say(words.region)} rules={[needed, { min: 6, message: say(words.narrower) }]}>
          <RegionField />
        </Form.Item>
        <Form.Item name="component" label={say(words.component)}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="note" label={say(words.note)} rules={[needed]}>
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {say(words.save)}
        </Button>
      </Form>
    </>
  )
}
