import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import type { Words } from '../../kernel/contract.ts'
import { useWords } from '../../kernel/web/index.ts'

const words = {
  code: { zh: '代码', en: 'Code' },
  nameEn: { zh: '英文名称', en: 'Name in English' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  restore: { zh: '恢复默认', en: 'As it came' },
  remove: { zh: '删除', en: 'Remove' },
}

/** What is being changed: of a new one the code is chosen too. */
export interface Edited<Body> {
  readonly code: string | undefined
  readonly body: Body
  readonly shipped: boolean
  readonly changed: boolean
}

interface NameProps {
  /** Undefined where the code stands already. */
  readonly code: { readonly value: string; readonly change: (code: string) => void } | undefined
  readonly label: string
  readonly name: Words
  readonly change: (name: Words) => void
}

export function NameFields({ code, label, name, change }: NameProps) {
  const { say } = useWords()
  return (
    <>
      {code && (
        <Form.Item label={say(words.code)}>
          <Input value={code.value} maxLength={60} pattern="[a-z][a-z0-9-]+" required onChange={(event) => code.change(event.target.value)} />
        </Form.Item>
      )}
      <Form.Item label={label}>
        <Input value={name.zh} required maxLength={60} onChange={(event) => change({ ...name, zh: event.target.value })} />
      </Form.Item>
      <Form.Item label={say(words.nameEn)}>
        <Input value={name.en} required maxLength={120} onChange={(event) => change({ ...name, en: event.target.value })} />
      </Form.Item>
    </>
  )
}

interface ActsProps {
  readonly of: Omit<Edited<unknown>, 'body'>
  readonly saving: boolean
  readonly unfit: boolean
  readonly drop: (code: string) => void
  readonly close: () => void
  /** Between saving and leaving. */
  readonly children?: ReactNode
}

export function EditActs({ of: { code, shipped, changed }, saving, unfit, drop, close, children }: ActsProps) {
  const { say } = useWords()
  return (
    <div className="acts">
      <Button type="primary" htmlType="submit" loading={saving} disabled={unfit}>
        {say(words.save)}
      </Button>
      {children}
      <Button onClick={close}>{say(words.cancel)}</Button>
      {code !== undefined && changed && (
        <Button danger onClick={() => drop(code)}>
          {say(shipped ? words.restore : words.remove)}
        </Button>
      )}
    </div>
  )
}
