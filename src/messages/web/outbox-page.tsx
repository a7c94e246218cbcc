import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, groupNumber, Loading, sayCount, sayMoment, tell, useAct, useAddress, useWords } from '../../kernel/web/index.ts'
import { postResend, type OutboxLine, type OutboxQuery } from '../contract.ts'
import { outboxCountsQuery, outboxQuery, rulesQuery } from './queries.ts'
import { CHANNEL_WORDS, STATE_TAGS, STATE_WORDS } from './texts.ts'
import './messages.css'

const words = {
  title: { zh: '发件箱', en: 'Outbox' },
  lead: { zh: '发给谁、何时、经何渠道、结果如何；号码与查询码已遮盖', en: 'To whom, when, by which channel, and what became of it; numbers and query words are covered' },
  at: { zh: '时间', en: 'Time' },
  to: { zh: '接收人', en: 'Receiver' },
  channel: { zh: '渠道', en: 'Channel' },
  text: { zh: '内容', en: 'Text' },
  state: { zh: '状态', en: 'State' },
  number: { zh: '案件号', en: 'Case number' },
  resend: { zh: '重发', en: 'Send again' },
  resent: { zh: '已重新排队', en: 'Queued again' },
  tries: { zh: '次', en: 'tries' },
  due: { zh: '计划', en: 'planned' },
  none: { zh: '没有符合的消息。', en: 'No message fits.' },
  more: { zh: '更早的消息', en: 'Earlier messages' },
  pick: { zh: '选择', en: 'Select' },
  push: { zh: '推送', en: 'Push' },
  list: { zh: '发件列表', en: 'Messages' },
}

interface Address extends Record<string, string | undefined> {
  state?: string
  channel?: string
  number?: string
}

export default function OutboxPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<Address>()
  const [number, setNumber] = useState(address.number ?? '')
  const [picked, setPicked] = useState<readonly string[]>([])
  const queries = useQueryClient()
  const list = useInfiniteQuery(outboxQuery(address as OutboxQuery))
  const counts = useQuery(outboxCountsQuery).data?.items ?? []
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const resend = useAct(postResend, {
    done: ({ done }) => {
      tell(`${say(words.resent)} ${done}`)
      setPicked([])
      void queries.invalidateQueries({ queryKey: ['messages'] })
    },
  })
  const sum = (state: string) => counts.filter((each) => each.state === state).reduce((total, { n }) => total + n, 0)
  return (
    <div className="outbox">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div>
          <Button type="primary" disabled={picked.length === 0} loading={resend.isPending} onClick={() => resend.mutate({ body: { ids: [...picked] } })}>
            {say(words.resend)} {picked.length > 0 && picked.length}
          </Button>
        </div>
      </header>
      <div className="filter-line">
        {['dead', 'held', 'waiting'].map((state) => (
          <Button key={state} type={address.state === state ? 'primary' : 'default'} onClick={() => setAddress({ state: address.state === state ? undefined : state })}>
            {say(STATE_WORDS[state]!)} {sayCount(sum(state))}
          </Button>
        ))}
        <Select
          style={{ width: 130 }}
          allowClear
          placeholder={say(words.state)}
          aria-label={say(words.state)}
          value={address.state ?? null}
          onChange={(state: string | null) => setAddress({ state: state ?? undefined })}
          options={Object.entries(STATE_WORDS).map(([value, name]) => ({ value, label: say(name) }))}
        />
        <Select
          style={{ width: 130 }}
          allowClear
          placeholder={say(words.channel)}
          aria-label={say(words.channel)}
          value={address.channel ?? null}
          onChange={(channel: string | null) => setAddress({ channel: channel ?? undefined })}
          options={Object.entries(CHANNEL_WORDS).map(([value, name]) => ({ value, label: say(name) }))}
        />
        <Input.Search
          style={{ width: 250 }}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          onSearch={(asked) => setAddress({ number: /^\d{20}$/.test(asked.replaceAll(' ', '')) ? asked.replaceAll(' ', '') : undefined })}
          placeholder={say(words.number)}
          aria-label={say(words.number)}
          allowClear
        />
      </div>
      <div className="outbox-rows" tabIndex={0} role="region" aria-label={say(words.list)}>
        <table>
          <thead>
            <tr>
              <th aria-label={say(words.pick)} />
              {[words.at, words.channel, words.to, words.text, words.state].map((head) => (
                <th key={head.zh} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row
                key={item.id}
                item={item}
                picked={picked.includes(item.id)}
                pick={(on) => setPicked(on ? [...picked, item.id] : picked.filter((id) => id !== item.id))}
              />
            ))}
          </tbody>
        </table>
        {list.isPending && <Loading lines={14} />}
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && <EmptyState why={say(words.none)} />}
        {list.hasNextPage && (
          <p className="more-line">
            <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
              {say(words.more)}
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}

function Row({ item, picked, pick }: { item: OutboxLine; picked: boolean; pick: (on: boolean) => void }) {
  const { say, language } = useWords()
  const rules = useQuery({ ...rulesQuery, staleTime: Infinity }).data?.items ?? []
  const rule = rules.find(({ code }) => code === item.rule)
  const waits = item.state === 'waiting' || item.state === 'gathering'
  return (
    <tr>
      <td>
        {(item.state === 'dead' || item.state === 'held') && (
          <Checkbox checked={picked} onChange={(event) => pick(event.target.checked)} aria-label={say(words.pick)} />
        )}
      </td>
      <td className="number">
        {sayMoment(item.at)}
        {waits && (
          <small>
            {say(words.due)} {sayMoment(item.dueAt)}
          </small>
        )}
      </td>
      <td>
        {say(CHANNEL_WORDS[item.channel] ?? { zh: item.channel, en: item.channel })}
        <small>{rule ? say(rule.name) : item.rule}</small>
      </td>
      <td>
        {item.name || '—'}
        <small>{item.address}</small>
      </td>
      <td style={{ width: '44%' }}>
        {item.words ? (
          <>
            {item.words[language].subject && !(item.channel === 'sms' && item.rule.startsWith('reporter-')) && <b>{item.words[language].subject} </b>}
            {item.words[language].body}
          </>
        ) : (
          `${say(words.push)} ${item.about}`
        )}
        {item.number && (
          <small>
            <Link to={`/cases/${item.number}` as never}>{groupNumber(item.number)}</Link>
          </small>
        )}
      </td>
      <td>
        <span className={`tag ${STATE_TAGS[item.state] ?? ''}`}>{say(STATE_WORDS[item.state] ?? { zh: item.state, en: item.state })}</span>
        {item.tries > 0 && (
          <small>
            {item.tries} {say(words.tries)}
          </small>
        )}
        {item.error && <small className="fault">{item.error}</small>}
        {!item.error && item.answer && <small>{item.answer}</small>}
      </td>
    </tr>
  )
}
