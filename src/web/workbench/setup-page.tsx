import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { getSetup, postSetup } from '../../kernel/access/contract.ts'
import { ask, ErrorState, Loading, Mark, useAct, useWords } from '../../kernel/web/index.ts'
import { PasswordField } from './password-field.tsx'

const words = {
  title: { zh: '首次设置', en: 'First set-up' },
  lead: {
    zh: '系统管理员、安全管理员、审计管理员须由三人分别担任（三权分立）。提交后此链接失效。',
    en: 'System, security and audit administrators must be three people. The link is spent once you submit.',
  },
  spent: { zh: '此链接无效或已用过。请在服务器上重新生成。', en: 'This link is not valid or has been used. Make a new one on the server.' },
  account: { zh: '账号', en: 'Account' },
  name: { zh: '姓名', en: 'Name' },
  password: { zh: '密码', en: 'Password' },
  needed: { zh: '请填写', en: 'Please fill this in' },
  pattern: { zh: '2 至 64 位字母、数字、汉字或 _ . @ -', en: '2 to 64 letters, digits or _ . @ -' },
  set: { zh: '设立三位管理员', en: 'Set the three administrators' },
  done: { zh: '三位管理员已设立', en: 'The three administrators are set' },
  signIn: { zh: '去登录', en: 'Sign in' },
}

const people = [
  [
    'system',
    { zh: '系统管理员', en: 'System administrator' },
    { zh: '管账号与城市数据，不授权、不看审计', en: 'Keeps accounts and the city’s data; grants nothing, reads no audit' },
  ],
  [
    'security',
    { zh: '安全管理员', en: 'Security administrator' },
    { zh: '管角色与授权，不建账号', en: 'Keeps roles and grants; makes no accounts' },
  ],
  [
    'audit',
    { zh: '审计管理员', en: 'Audit administrator' },
    { zh: '看审计记录，别的都不能做', en: 'Reads the audit trail and does nothing else' },
  ],
] as const

type Form3 = Record<'system' | 'security' | 'audit', { account: string; name: string; password: string }>

export default function SetupPage() {
  const { say } = useWords()
  const { token = '' } = useSearch({ strict: false }) as { token?: string }
  const [form] = Form.useForm<Form3>()
  const link = useQuery({ queryKey: ['setup', token], queryFn: ({ signal }) => ask(getSetup, { query: { token }, signal }), retry: false })
  const set = useAct(postSetup)
  if (link.isPending) return <Loading />
  if (link.isError) return <ErrorState error={link.error} retry={() => void link.refetch()} />
  return (
    <main className="gate wide">
      <section className="card">
        <header>
          <Mark size={40} />
          <div>
            <h1>{say(words.title)}</h1>
            <p className="muted">{say(words.lead)}</p>
          </div>
        </header>
        {set.isSuccess ? (
          <Alert type="success" showIcon title={say(words.done)} action={<Link to="/sign-in">{say(words.signIn)}</Link>} />
        ) : link.data.valid ? (
          <Form form={form} layout="vertical" requiredMark={false} onFinish={(body) => set.mutate({ body: { token, ...body } })}>
            <div className="three">
              {people.map(([key, title, does]) => (
                <fieldset key={key}>
                  <legend>{say(title)}</legend>
                  <p className="muted small">{say(does)}</p>
                  <Form.Item
                    name={[key, 'account']}
                    label={say(words.account)}
                    rules={[
                      { required: true, message: say(words.needed) },
                      { pattern: /^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9_.@\u4e00-\u9fff-]{1,63}$/, message: say(words.pattern) },
                    ]}
                  >
                    <Input autoComplete="off" maxLength={64} />
                  </Form.Item>
                  <Form.Item name={[key, 'name']} label={say(words.name)} rules={[{ required: true, message: say(words.needed) }]}>
                    <Input autoComplete="off" maxLength={100} />
                  </Form.Item>
                  <PasswordField
                    name={[key, 'password']}
                    label={say(words.password)}
                    account={() => String(form.getFieldValue([key, 'account']) ?? '')}
                  />
                </fieldset>
              ))}
            </div>
            <Button type="primary" size="large" htmlType="submit" loading={set.isPending}>
              {say(words.set)}
            </Button>
          </Form>
        ) : (
          <Alert type="error" showIcon title={say(words.spent)} />
        )}
      </section>
    </main>
  )
}
