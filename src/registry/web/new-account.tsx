import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { postAccount, postReset } from '../../kernel/access/contract.ts'
import { ask, Icon, sayLabelled, tell, tellFailure, useAddress, useWords } from '../../kernel/web/index.ts'
import { postPerson } from '../contract.ts'
import { OncePassword } from './once-password.tsx'
import { UnitField } from './unit-field.tsx'

const words = {
  title: { zh: '新建账号', en: 'New account' },
  close: { zh: '关闭', en: 'Close' },
  account: { zh: '账号', en: 'Account' },
  pattern: { zh: '2 至 64 位字母、数字、汉字或 _ . @ -', en: '2 to 64 letters, digits or _ . @ -' },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '电话（可不填）', en: 'Phone (optional)' },
  unit: { zh: '单位（可不填）', en: 'Unit (optional)' },
  unitHelp: {
    zh: '有单位的人才能派遣、处置、上岗；岗位由安全管理员另行授予。',
    en: 'Only people of a unit dispatch, dispose or go on duty. Posts are given by the security administrator.',
  },
  needed: { zh: '请填写', en: 'Please fill this in' },
  make: { zh: '新建账号', en: 'Make the account' },
  made: { zh: '账号已建立', en: 'The account is made' },
  see: { zh: '查看账号', en: 'See the account' },
}

interface Fields {
  account: string
  name: string
  phone?: string
  unit?: string
}

/** A person of a unit, or a bare account; either way with a password for one sign-in. */
export function NewAccount({ close }: { close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [, setAddress] = useAddress<{ account?: string }>()
  const [made, setMade] = useState<{ id: string; password: string | null }>()
  const [busy, setBusy] = useState(false)
  const make = async ({ account, name, phone, unit }: Fields) => {
    setBusy(true)
    try {
      if (unit) {
        const person = await ask(postPerson, { body: { account, name, unit, ...(phone && { phone }) } })
        const reply = await ask(postReset, { params: { id: person.id } })
        setMade({ id: person.id, password: reply.password })
      } else {
        const reply = await ask(postAccount, { body: { account, name, region: '' } })
        setMade({ id: reply.account.id, password: reply.password })
      }
      tell(sayLabelled(name, say(words.made), language))
      void queries.invalidateQueries({ queryKey: ['accounts'] })
      void queries.invalidateQueries({ queryKey: ['people'] })
    } catch (error) {
      tellFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="account">
      <header>
        <h2>{say(words.title)}</h2>
        <button type="button" className="bare" onClick={close} aria-label={say(words.close)}>
          <Icon name="close" size={14} />
        </button>
      </header>
      {made ? (
        <>
          {made.password && <OncePassword password={made.password} />}
          <Button onClick={() => setAddress({ account: made.id })}>{say(words.see)}</Button>
        </>
      ) : (
        <Form layout="vertical" requiredMark={false} onFinish={(fields: Fields) => void make(fields)}>
          <Form.Item
            name="account"
            label={say(words.account)}
            rules={[
              { required: true, message: say(words.needed) },
              { pattern: /^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9_.@\u4e00-\u9fff-]{1,63}$/, message: say(words.pattern) },
            ]}
          >
            <Input maxLength={64} autoFocus autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label={say(words.name)} rules={[{ required: true, message: say(words.needed) }]}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="unit" label={say(words.unit)} extra={say(words.unitHelp)}>
            <UnitField />
          </Form.Item>
          <Form.Item name="phone" label={say(words.phone)}>
            <Input maxLength={30} autoComplete="off" inputMode="tel" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {say(words.make)}
          </Button>
        </Form>
      )}
    </div>
  )
}
