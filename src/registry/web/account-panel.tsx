import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { deleteAccountSessions, patchAccount, postReset, type AccountShown } from '../../kernel/access/contract.ts'
import {
  ErrorState,
  Icon,
  Loading,
  sayLabelled,
  sayList,
  sayMoment,
  serverNow,
  tell,
  useAct,
  useMay,
  useMe,
  useWords,
} from '../../kernel/web/index.ts'
import { accountQuery, accountSessionsQuery, permitsQuery, rolesQuery, useReach } from './access-queries.ts'
import { GrantsForm } from './grants-form.tsx'
import { OncePassword } from './once-password.tsx'

const words = {
  close: { zh: '关闭', en: 'Close' },
  account: { zh: '账号', en: 'Account' },
  made: { zh: '建立', en: 'Made' },
  last: { zh: '最近登录', en: 'Last sign-in' },
  never: { zh: '从未登录', en: 'Never' },
  password: { zh: '密码', en: 'Password' },
  once: { zh: '一次性，首次登录须修改', en: 'For one sign-in, then to be changed' },
  own: { zh: '本人已设', en: 'Set by the person' },
  noPassword: { zh: '未设，不能登录', en: 'None: cannot sign in' },
  lockedUntil: { zh: '锁定至', en: 'Locked until' },
  disabled: { zh: '已停用，不能登录', en: 'Disabled: cannot sign in' },
  reset: { zh: '重置密码', en: 'Reset the password' },
  resetAsk: { zh: '生成一次性密码，并结束其全部会话？', en: 'Make a password for one sign-in and end all sessions?' },
  disable: { zh: '停用账号', en: 'Disable' },
  disableAsk: {
    zh: '停用后不能登录，其会话随即结束；历史保留。',
    en: 'The person can no longer sign in and the sessions end; history stays.',
  },
  enable: { zh: '启用账号', en: 'Enable' },
  unlock: { zh: '解除锁定', en: 'Unlock' },
  endAll: { zh: '结束全部会话', en: 'End all sessions' },
  endAsk: { zh: '该账号的设备都须重新登录。', en: 'All devices of this account must sign in again.' },
  done: { zh: '已完成', en: 'Done' },
  sessions: { zh: '会话', en: 'Sessions' },
  noSessions: { zh: '没有会话', en: 'No sessions' },
  posts: { zh: '岗位', en: 'Posts' },
  noPosts: { zh: '没有岗位', en: 'No posts' },
  edit: { zh: '修改岗位', en: 'Change the posts' },
  sees: { zh: '能看什么、能做什么', en: 'What this person may see and do' },
  self: { zh: '自己的账号由另一位管理员办理。', en: 'Another administrator does this for your own account.' },
}

/** One account: its state, its posts, and what they let it see and do, in sentences. */
export function AccountPanel({ id, close }: { id: string; close: () => void }) {
  const { say } = useWords()
  const found = useQuery(accountQuery(id))
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={10} />
  return (
    <div className="account">
      <header>
        <h2>{found.data.name}</h2>
        <button type="button" className="bare" onClick={close} aria-label={say(words.close)}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <Facts account={found.data} />
      <Posts account={found.data} />
      <Sees account={found.data} />
      <Sessions id={id} />
    </div>
  )
}

function Facts({ account }: { account: AccountShown }) {
  const { say, language } = useWords()
  const may = useMay()
  const me = useMe()
  const queries = useQueryClient()
  const [password, setPassword] = useState<string>()
  const fresh = () => {
    tell(sayLabelled(account.name, say(words.done), language))
    void queries.invalidateQueries({ queryKey: ['accounts'] })
  }
  const change = useAct(patchAccount, { done: fresh })
  const endAll = useAct(deleteAccountSessions, { done: fresh })
  const reset = useAct(postReset, {
    done: (reply) => {
      fresh()
      setPassword(reply.password ?? undefined)
    },
  })
  const locked = account.lockedUntil !== null && Date.parse(account.lockedUntil) > serverNow()
  const facts: [string, string][] = [
    [say(words.account), account.account],
    [say(words.made), sayMoment(account.createdAt)],
    [say(words.last), account.signedInAt ? sayMoment(account.signedInAt) : say(words.never)],
    [say(words.password), say(!account.hasPassword ? words.noPassword : account.mustChangePassword ? words.once : words.own)],
  ]
  const params = { id: account.id }
  return (
    <section>
      {account.state === 'disabled' && <p className="note">{say(words.disabled)}</p>}
      {locked && (
        <p className="note">
          {say(words.lockedUntil)} {sayMoment(account.lockedUntil)}
        </p>
      )}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {password && <OncePassword password={password} />}
      {may('access.accounts') && me?.id === account.id && <p className="muted small">{say(words.self)}</p>}
      {may('access.accounts') && me?.id !== account.id && (
        <div className="account-acts">
          <Popconfirm title={say(words.resetAsk)} okText={say(words.reset)} onConfirm={() => reset.mutate({ params })}>
            <Button loading={reset.isPending}>{say(words.reset)}</Button>
          </Popconfirm>
          {locked && <Button onClick={() => change.mutate({ params, body: { unlock: true } })}>{say(words.unlock)}</Button>}
          <Popconfirm title={say(words.endAsk)} okText={say(words.endAll)} onConfirm={() => endAll.mutate({ params })}>
            <Button>{say(words.endAll)}</Button>
          </Popconfirm>
          {account.state === 'active' ? (
            <Popconfirm
              title={say(words.disableAsk)}
              okText={say(words.disable)}
              okButtonProps={{ danger: true }}
              onConfirm={() => change.mutate({ params, body: { state: 'disabled' } })}
            >
              <Button danger>{say(words.disable)}</Button>
            </Popconfirm>
          ) : (
            <Button onClick={() => change.mutate({ params, body: { state: 'active' } })}>{say(words.enable)}</Button>
          )}
        </div>
      )}
    </section>
  )
}

function Posts({ account }: { account: AccountShown }) {
  const { say } = useWords()
  const may = useMay()
  const me = useMe()
  const reach = useReach()
  const [editing, edit] = useState(false)
  const mayEdit = may('access.grants') && me?.id !== account.id
  return (
    <section>
      <h3>
        {say(words.posts)}
        {mayEdit && !editing && (
          <button type="button" className="link" onClick={() => edit(true)}>
            {say(words.edit)}
          </button>
        )}
      </h3>
      {editing ? (
        <GrantsForm account={account} close={() => edit(false)} />
      ) : (
        <>
          {account.grants.length === 0 && <p className="muted">{say(words.noPosts)}</p>}
          {account.grants.map((grant, index) => (
            <p key={index}>
              <b>{say(grant.roleName)}</b> <span className="muted">{reach(grant)}</span>
            </p>
          ))}
        </>
      )}
    </section>
  )
}

function Sees({ account }: { account: AccountShown }) {
  const { say, language } = useWords()
  const reach = useReach()
  const roles = useQuery(rolesQuery).data ?? []
  const permits = useQuery(permitsQuery).data ?? []
  if (account.grants.length === 0) return null
  const nameOf = (code: string) => {
    const found = permits.find((permit) => permit.code === code)
    return found ? say(found.name) : code
  }
  return (
    <section>
      <h3>{say(words.sees)}</h3>
      {account.grants.map((grant, index) => {
        const held = roles.find(({ code }) => code === grant.role)?.permits ?? []
        const names = sayList(held.map(nameOf), language)
        return (
          <p key={index} className="sentence">
            {language === 'zh' ? `在 ${reach(grant)} 的范围内，可以：${names}。` : `Within ${reach(grant)} may: ${names}.`}
          </p>
        )
      })}
    </section>
  )
}

function Sessions({ id }: { id: string }) {
  const { say } = useWords()
  const may = useMay()
  const sessions = useQuery({ ...accountSessionsQuery(id), enabled: may('access.accounts') }).data
  if (!sessions) return null
  return (
    <section>
      <h3>{say(words.sessions)}</h3>
      {sessions.length === 0 && <p className="muted">{say(words.noSessions)}</p>}
      {sessions.map((session) => (
        <p key={session.id} className="small" title={session.agent}>
          {session.address} <span className="muted">{sayMoment(session.seenAt)}</span>
        </p>
      ))}
    </section>
  )
}
