import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { putRole, type RoleShown } from '../../kernel/access/contract.ts'
import {
  ErrorState,
  Icon,
  Loading,
  Refused,
  sayAside,
  sayCount,
  sayList,
  tell,
  useAct,
  useAddress,
  useMay,
  useWords,
} from '../../kernel/web/index.ts'
import { permitsQuery, rolesQuery } from './access-queries.ts'
import './people.css'

const words = {
  title: { zh: '角色与许可', en: 'Roles and permits' },
  lead: {
    zh: '岗位授予角色，角色含许可；不相容的许可不会同授一人',
    en: 'Posts give roles, roles hold permits; permits that must stay apart are never held by one person',
  },
  add: { zh: '新建角色', en: 'New role' },
  shipped: { zh: '出厂', en: 'shipped' },
  holds: { zh: '可以', en: 'May' },
  edit: { zh: '修改', en: 'Change' },
  code: { zh: '代码', en: 'Code' },
  codeRule: { zh: '小写字母开头，字母、数字、短横', en: 'Begins with a small letter; letters, digits, hyphens' },
  zh: { zh: '中文名', en: 'Chinese name' },
  en: { zh: '英文名', en: 'English name' },
  permits: { zh: '许可', en: 'Permits' },
  needed: { zh: '请填写', en: 'Please fill this in' },
  save: { zh: '保存角色', en: 'Save the role' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '角色已保存，持有人即刻生效', en: 'The role is saved and in force at once' },
  refused: { zh: '没有保存', en: 'Not saved' },
}

export default function RolesPage() {
  const { say, language } = useWords()
  const may = useMay()
  const [address, setAddress] = useAddress<{ role?: string }>()
  const roles = useQuery(rolesQuery)
  const permits = useQuery(permitsQuery).data ?? []
  if (roles.isError) return <ErrorState error={roles.error} retry={() => void roles.refetch()} />
  if (!roles.data) return <Loading lines={12} />
  const rooms = [...new Map(permits.map(({ room }) => [room.zh, room])).values()]
  const zh = language === 'zh'
  return (
    <div className="page roles">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div>
          {may('access.grants') && (
            <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAddress({ role: 'new' })}>
              {say(words.add)}
            </Button>
          )}
        </div>
      </header>
      {address.role === 'new' && <RoleForm key="new" close={() => setAddress({ role: undefined })} />}
      {roles.data.map((role) =>
        address.role === role.code ? (
          <RoleForm key={role.code} role={role} close={() => setAddress({ role: undefined })} />
        ) : (
          <section key={role.code} className="card pad role">
            <div className="card-head">
              <h2>
                {say(role.name)} {role.shipped && <span className="tag">{say(words.shipped)}</span>}
              </h2>
              <span className="small muted">
                {zh ? `${sayCount(role.accounts)} 人` : `${sayCount(role.accounts)} people`}
                {may('access.grants') && (
                  <button type="button" className="link" onClick={() => setAddress({ role: role.code })}>
                    {say(words.edit)}
                  </button>
                )}
              </span>
            </div>
            {rooms.map((room) => {
              const held = permits.filter((permit) => permit.room.zh === room.zh && role.permits.includes(permit.code))
              return (
                held.length > 0 && (
                  <p key={room.zh} className="sentence">
                    <span className="muted">{say(room)}</span>
                    {sayList(
                      held.map(({ name }) => say(name)),
                      language,
                    )}
                    {zh ? '。' : '.'}
                  </p>
                )
              )
            })}
          </section>
        ),
      )}
    </div>
  )
}

interface Fields {
  code: string
  zh: string
  en: string
  permits: string[]
}

function RoleForm({ role, close }: { role?: RoleShown; close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const permits = useQuery(permitsQuery).data ?? []
  const rooms = [...new Map(permits.map(({ room }) => [room.zh, room])).values()]
  const [refused, setRefused] = useState<string>()
  const save = useAct(putRole, {
    quiet: true,
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['roles'] })
      close()
    },
  })
  return (
    <section className="card pad role">
      <Form
        layout="vertical"
        requiredMark={false}
        initialValues={{ code: role?.code ?? '', zh: role?.name.zh ?? '', en: role?.name.en ?? '', permits: role?.permits ?? [] }}
        onFinish={(fields: Fields) => {
          setRefused(undefined)
          save.mutate(
            { params: { code: fields.code }, body: { name: { zh: fields.zh, en: fields.en }, permits: fields.permits } },
            { onError: (error) => setRefused(error instanceof Refused ? sayAside(error.message, error.code, language) : String(error)) },
          )
        }}
      >
        {refused && (
          <Alert type="error" showIcon title={say(words.refused)} description={refused} role="alert" style={{ marginBottom: 12 }} />
        )}
        <div className="three-fields">
          <Form.Item
            name="code"
            label={say(words.code)}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9-]*$/, message: say(words.codeRule) }]}
          >
            <Input disabled={role !== undefined} maxLength={60} />
          </Form.Item>
          <Form.Item name="zh" label={say(words.zh)} rules={[{ required: true, message: say(words.needed) }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="en" label={say(words.en)} rules={[{ required: true, message: say(words.needed) }]}>
            <Input maxLength={100} />
          </Form.Item>
        </div>
        <Form.Item name="permits" label={say(words.permits)}>
          <Checkbox.Group className="permit-groups">
            {rooms.map((room) => (
              <fieldset key={room.zh}>
                <legend>{say(room)}</legend>
                {permits
                  .filter((permit) => permit.room.zh === room.zh)
                  .map((permit) => (
                    <Checkbox key={permit.code} value={permit.code}>
                      {say(permit.name)}
                    </Checkbox>
                  ))}
              </fieldset>
            ))}
          </Checkbox.Group>
        </Form.Item>
        <div className="account-acts">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {say(words.save)}
          </Button>
          <Button onClick={close}>{say(words.cancel)}</Button>
        </div>
      </Form>
    </section>
  )
}
