import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useCity } from '../../atlas/web/index.ts'
import { postSignIn } from '../../kernel/access/contract.ts'
import { Mark, Refused, setLanguage, useAct, useWords } from '../../kernel/web/index.ts'

const words = {
  title: { zh: '登录', en: 'Sign in' },
  name: { zh: '城运', en: 'Chengyun' },
  platform: { zh: '城市运行管理服务平台', en: 'operations platform' },
  account: { zh: '账号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  enter: { zh: '登录', en: 'Sign in' },
  accountNeeded: { zh: '请输入账号', en: 'Enter your account' },
  passwordNeeded: { zh: '请输入密码', en: 'Enter your password' },
  language: { zh: 'English', en: '中文' },
  rule: {
    zh: '连续 5 次失败将锁定 15 分钟；本次登录会记入审计记录。',
    en: 'Five failures lock the account for 15 minutes; this sign-in is audited.',
  },
  portal: { zh: '市民请到公众服务页', en: 'For citizens: the public page' },
  collector: { zh: '采集员手机页', en: "The collector's page" },
}

export default function SignInPage() {
  const { say, language } = useWords()
  const city = useCity()
  const queries = useQueryClient()
  const go = useNavigate()
  const { back } = useSearch({ strict: false }) as { back?: string }
  const [refused, setRefused] = useState<string>()
  const signIn = useAct(postSignIn, {
    quiet: true,
    done: (me) => {
      queries.clear()
      queries.setQueryData(['me'], me)
      // Only a path of the workbench itself: an address from outside must not lead elsewhere.
      const safe = back && /^\/(?!\/)/.test(back) && !back.startsWith('/sign-in') ? back : '/'
      void go({ to: safe as never })
    },
  })
  useEffect(() => {
    document.title = say({ zh: '登录 · 城运', en: 'Sign in · Chengyun' })
  }, [say])
  const platform = city ? `${say(city.name)}${language === 'zh' ? '' : ' '}${say(words.platform)}` : say(words.platform)
  return (
    <main className="gate">
      <section className="card">
        <header>
          <Mark size={40} />
          <div>
            <h1>{platform}</h1>
            <p className="muted">{say(words.name)}</p>
          </div>
        </header>
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={(body: { account: string; password: string }) => {
            setRefused(undefined)
            signIn.mutate({ body: { account: body.account.trim(), password: body.password } } as never, {
              onError: (error) => setRefused(error instanceof Refused ? error.message : String(error)),
            })
          }}
        >
          {refused && <Alert type="error" showIcon title={refused} role="alert" style={{ marginBottom: 16 }} />}
          <Form.Item name="account" label={say(words.account)} rules={[{ required: true, message: say(words.accountNeeded) }]}>
            <Input size="large" autoComplete="username" autoFocus maxLength={64} />
          </Form.Item>
          <Form.Item name="password" label={say(words.password)} rules={[{ required: true, message: say(words.passwordNeeded) }]}>
            <Input.Password size="large" autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
            {say(words.enter)}
          </Button>
        </Form>
        <p className="muted small">{say(words.rule)}</p>
      </section>
      <footer className="small">
        <a href="/">{say(words.portal)}</a>
        <a href="/collector">{say(words.collector)}</a>
        <button
          type="button"
          className="bare"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {say(words.language)}
        </button>
      </footer>
    </main>
  )
}
