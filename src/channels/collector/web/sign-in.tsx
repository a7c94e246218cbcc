import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { postSignIn } from '../../../kernel/access/contract.ts'
import { ask, Mark, Refused, useWords } from '../../../kernel/web/index.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { T } from './texts.ts'

export function SignIn({ done, wrong }: { done: () => void; wrong: boolean }) {
  const { say } = useWords()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({ mutationFn: () => ask(postSignIn, { body: { account: account.trim(), password } }), onSuccess: done })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate()
  }
  const message = enter.error
    ? enter.error instanceof Refused
      ? enter.error.message
      : String(enter.error)
    : wrong
      ? say(T.notCollector)
      : undefined
  return (
    <div className="phone collector">
      <form className="door" onSubmit={submit}>
        <div className="mark">
          <Mark size={40} />
          <h1>
            {say(T.name)} · {say(T.app)}
          </h1>
        </div>
        {message && (
          <p className="faults" role="alert">
            {message}
          </p>
        )}
        <div className="field">
          <label htmlFor="account">{say(T.account)}</label>
          <input
            id="account"
            autoComplete="username"
            autoCapitalize="none"
            required
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="password">{say(T.password)}</label>
          <input
            id="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <button type="submit" className="button" disabled={enter.isPending}>
          {say(enter.isPending ? T.signingIn : T.signIn)}
        </button>
        <LanguageSwitch look="link" />
      </form>
    </div>
  )
}
