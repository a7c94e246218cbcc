import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Popconfirm, Table } from 'antd'
import { useDivisions } from '../../atlas/web/index.ts'
import { deleteSession, getSessions, putPassword, type SessionShown } from '../../kernel/access/contract.ts'
import { ask, ErrorState, sayMoment, tell, useAct, useMe, useWords } from '../../kernel/web/index.ts'
import { PasswordField } from './password-field.tsx'

const words = {
  title: { zh: '我的账号', en: 'My account' },
  account: { zh: '账号', en: 'Account' },
  posts: { zh: '岗位', en: 'Posts' },
  last: { zh: '上次登录', en: 'Sign-in before this' },
  firstTime: { zh: '这是第一次登录', en: 'This is the first' },
  idle: { zh: '无操作自动退出', en: 'Signed out when idle' },
  password: { zh: '修改密码', en: 'Change the password' },
  must: { zh: '这是一次性密码，请先修改，再使用其他页面。', en: 'This password was made for one sign-in. Change it before you go on.' },
  current: { zh: '现在的密码', en: 'Present password' },
  next: { zh: '新密码', en: 'New password' },
  needed: { zh: '请输入现在的密码', en: 'Enter your present password' },
  save: { zh: '修改密码', en: 'Change the password' },
  changed: { zh: '密码已修改，其他会话已失效', en: 'The password is changed; your other sessions have ended' },
  sessions: { zh: '我的会话', en: 'My sessions' },
  device: { zh: '设备', en: 'Device' },
  from: { zh: '来自', en: 'From' },
  began: { zh: '登录于', en: 'Began' },
  seen: { zh: '最近活动', en: 'Last seen' },
  here: { zh: '本会话', en: 'This one' },
  end: { zh: '结束', en: 'End' },
  endIt: { zh: '结束这个会话？那台设备须重新登录。', en: 'End this session? That device must sign in again.' },
  ended: { zh: '会话已结束', en: 'The session has ended' },
}

export default function MePage() {
  const me = useMe()
  const { say, language } = useWords()
  const divisions = useDivisions()
  if (!me) return null
  const facts: [string, string][] = [
    [say(words.account), `${me.name} · ${me.account}`],
    [say(words.posts), me.grants.map((grant) => `${say(grant.roleName)} · ${divisions.scope(grant.region)}`).join(language === 'zh' ? '；' : '; ') || '—'],
    [say(words.last), me.lastSignIn ? `${sayMoment(me.lastSignIn.at)} · ${me.lastSignIn.address}` : say(words.firstTime)],
    [say(words.idle), language === 'zh' ? `${me.idleMinutes} 分钟` : `${me.idleMinutes} min`],
  ]
  return (
    <div className="page narrow">
      <header className="page-head">
        <h1>{say(words.title)}</h1>
      </header>
      <section className="card pad">
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Password account={me.account} must={me.mustChangePassword} />
      {!me.mustChangePassword && <Sessions />}
    </div>
  )
}

function Password({ account, must }: { account: string; must: boolean }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [form] = Form.useForm<{ current: string; next: string }>()
  const change = useAct(putPassword, {
    done: () => {
      form.resetFields()
      tell(say(words.changed))
      void queries.invalidateQueries()
    },
  })
  return (
    <section className="card pad">
      <h2>{say(words.password)}</h2>
      {must && <Alert type="warning" showIcon title={say(words.must)} style={{ marginTop: 12 }} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 420, marginTop: 12 }}
        onFinish={(body) => change.mutate({ body })}
      >
        <input type="text" autoComplete="username" value={account} readOnly hidden />
        <Form.Item name="current" label={say(words.current)} rules={[{ required: true, message: say(words.needed) }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <PasswordField name="next" label={say(words.next)} account={() => account} />
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {say(words.save)}
        </Button>
      </Form>
    </section>
  )
}

/** “Chrome 140 · Windows” is what a person knows a device by; the whole line stays in the title. */
function deviceOf(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(agent)
  const names: Record<string, string> = { Edg: 'Edge', Version: 'Safari' }
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0]
  if (!browser && !system) return agent.slice(0, 40) || '—'
  return [browser && `${names[browser[1]!] ?? browser[1]} ${browser[2]}`, system?.replace('Mac OS X', 'macOS')].filter(Boolean).join(' · ')
}

function Sessions() {
  const { say } = useWords()
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => ask(getSessions, { signal }) })
  const end = useAct(deleteSession, {
    done: () => {
      tell(say(words.ended))
      void sessions.refetch()
    },
  })
  if (sessions.isError) return <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />
  return (
    <section className="card pad">
      <h2>{say(words.sessions)}</h2>
      <Table<SessionShown>
        size="small"
        rowKey="id"
        pagination={false}
        loading={sessions.isPending}
        dataSource={sessions.data?.items ?? []}
        style={{ marginTop: 12 }}
        columns={[
          { title: say(words.device), render: (_, row) => <span title={row.agent}>{deviceOf(row.agent)}</span> },
          { title: say(words.from), dataIndex: 'address' },
          { title: say(words.began), render: (_, row) => sayMoment(row.startedAt) },
          { title: say(words.seen), render: (_, row) => sayMoment(row.seenAt) },
          {
            align: 'right',
            render: (_, row) =>
              row.here ? (
                <span className="tag brand">{say(words.here)}</span>
              ) : (
                <Popconfirm title={say(words.endIt)} okText={say(words.end)} onConfirm={() => end.mutate({ params: { id: row.id } })}>
                  <Button size="small">{say(words.end)}</Button>
                </Popconfirm>
              ),
          },
        ]}
      />
    </section>
  )
}
