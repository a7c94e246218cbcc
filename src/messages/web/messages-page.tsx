import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Input, Segmented } from 'antd'
import { useState, type FormEvent } from 'react'
import { EmptyState, ErrorState, groupNumber, Loading, sayNear, serverNow, tell, useAct, useAddress, useWords } from '../../kernel/web/index.ts'
import { postRead, putContact, type ContactBody, type MessageShown } from '../contract.ts'
import { contactQuery, messagesQuery, unreadQuery } from './queries.ts'
import { CHANNEL_WORDS } from './texts.ts'
import './messages.css'

const words = {
  title: { zh: '消息', en: 'Messages' },
  lead: { zh: '派遣、督办、催办、临期与超时，新的在前', en: 'What was sent to you, urged, ordered, or is nearly due; the newest first' },
  all: { zh: '全部', en: 'All' },
  unread: { zh: '未读', en: 'Unread' },
  readAll: { zh: '全部标为已读', en: 'Mark all as read' },
  urgent: { zh: '紧急', en: 'Urgent' },
  none: { zh: '没有消息。有派遣、督办或临期案件时会出现在这里。', en: 'No messages. What is sent to you, ordered or nearly due will stand here.' },
  noneUnread: { zh: '没有未读消息。', en: 'Nothing is unread.' },
  more: { zh: '更早的消息', en: 'Earlier messages' },
  contact: { zh: '我的接收方式', en: 'How I am told' },
  phone: { zh: '手机（由管理员维护）', en: 'Telephone (kept by the administrator)' },
  email: { zh: '邮箱', en: 'E-mail' },
  wecom: { zh: '企业微信账号', en: 'WeCom account' },
  muted: { zh: '不紧急时不要用', en: 'Unless it is urgent, not by' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '已保存', en: 'Saved' },
  list: { zh: '消息列表', en: 'Messages' },
}

export default function MessagesPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<{ unread?: string }>()
  const only = address.unread === '1'
  const queries = useQueryClient()
  const unread = useQuery(unreadQuery).data?.unread ?? 0
  const list = useInfiniteQuery(messagesQuery(only))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const read = useAct(postRead, { quiet: true, done: () => void queries.invalidateQueries({ queryKey: ['messages'] }) })
  const newest = items[0]?.at
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div>
          <Segmented
            value={only ? '1' : ''}
            onChange={(value) => setAddress({ unread: value || undefined })}
            options={[
              { value: '', label: say(words.all) },
              { value: '1', label: `${say(words.unread)} ${unread >= 1000 ? '999+' : unread}` },
            ]}
          />
          <Button disabled={unread === 0 || !newest} onClick={() => newest && read.mutate({ body: { until: newest } })}>
            {say(words.readAll)}
          </Button>
        </div>
      </header>
      <div className="inbox">
        <section className="card" aria-label={say(words.list)}>
          {list.isPending && <Loading lines={10} />}
          {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
          {list.isSuccess && items.length === 0 && <EmptyState why={say(only ? words.noneUnread : words.none)} />}
          <ul>
            {items.map((item) => (
              <Line key={item.id} item={item} read={() => item.readAt === null && read.mutate({ body: { ids: [item.id] } })} />
            ))}
          </ul>
          {list.hasNextPage && (
            <p className="more-line">
              <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
                {say(words.more)}
              </Button>
            </p>
          )}
        </section>
        <Contact />
      </div>
    </div>
  )
}

function Line({ item, read }: { item: MessageShown; read: () => void }) {
  const { say, language } = useWords()
  const { subject, body } = item.words[language]
  return (
    <li className={item.readAt === null ? 'unread' : ''}>
      <i title={item.readAt === null ? say(words.unread) : undefined} />
      <span>
        {item.number ? (
          <Link to={`/cases/${item.number}` as never} onClick={read}>
            <b>{subject || body}</b>
          </Link>
        ) : item.kind === 'flood' ? (
          <Link to={'/flood-duty' as never} onClick={read}>
            <b>{subject || body}</b>
          </Link>
        ) : (
          <b>{subject || body}</b>
        )}{' '}
        {item.urgent && <span className="tag red">{say(words.urgent)}</span>}
      </span>
      <time dateTime={item.at}>{sayNear(item.at, serverNow())}</time>
      {subject && <p className="small">{body}</p>}
      {item.number && <p className="small muted number">{groupNumber(item.number)}</p>}
    </li>
  )
}

const MUTABLE = ['sms', 'email', 'wecom', 'dingtalk'] as const

function Contact() {
  const { say } = useWords()
  const queries = useQueryClient()
  const contact = useQuery(contactQuery)
  const [draft, setDraft] = useState<ContactBody>()
  const save = useAct(putContact, {
    done: () => {
      tell(say(words.saved))
      setDraft(undefined)
      void queries.invalidateQueries({ queryKey: ['messages', 'contact'] })
    },
  })
  if (!contact.data) return null
  const { phone, ...kept } = contact.data
  const now = draft ?? kept
  const send = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ body: { email: now.email || null, wecom: now.wecom || null, muted: now.muted } })
  }
  return (
    <section className="card pad">
      <h2>{say(words.contact)}</h2>
      <form onSubmit={send}>
        <label>
          <span className="small muted">{say(words.phone)}</span>
          <Input value={phone ?? '—'} disabled />
        </label>
        <label>
          <span className="small muted">{say(words.email)}</span>
          <Input type="email" maxLength={120} value={now.email ?? ''} onChange={(event) => setDraft({ ...now, email: event.target.value })} />
        </label>
        <label>
          <span className="small muted">{say(words.wecom)}</span>
          <Input maxLength={64} value={now.wecom ?? ''} onChange={(event) => setDraft({ ...now, wecom: event.target.value })} />
        </label>
        <div>
          <p className="small muted">{say(words.muted)}</p>
          <Checkbox.Group
            value={now.muted}
            onChange={(muted) => setDraft({ ...now, muted })}
            options={MUTABLE.map((value) => ({ value, label: say(CHANNEL_WORDS[value]!) }))}
          />
        </div>
        <div>
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!draft}>
            {say(words.save)}
          </Button>
        </div>
      </form>
    </section>
  )
}
