import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { Fragment, useState } from 'react'
import type { AuditEntryShown } from '../../kernel/access/contract.ts'
import type { Words } from '../../kernel/contract.ts'
import {
  addDays,
  EmptyState,
  ErrorState,
  groupNumber,
  Icon,
  Loading,
  sayCount,
  sayLabelled,
  sayMoment,
  startOfDay,
  useAddress,
  useWords,
} from '../../kernel/web/index.ts'
import { accountQuery, auditQuery } from './access-queries.ts'
import { actWords, sayAct } from './audit-acts.ts'
import './people.css'

const words = {
  title: { zh: '审计记录', en: 'Audit trail' },
  lead: {
    zh: '只增不改，逐批以国密摘要相链；改动一个字节即可查出',
    en: 'Only ever added to, chained by digests; a single changed byte is found',
  },
  at: { zh: '时间', en: 'Time' },
  who: { zh: '何人', en: 'Who' },
  act: { zh: '何事', en: 'What' },
  subject: { zh: '对象', en: 'Of what' },
  from: { zh: '来自', en: 'From' },
  detail: { zh: '详情', en: 'Details' },
  show: { zh: '展开详情', en: 'Show the details' },
  clear: { zh: '清除筛选', en: 'Clear' },
  only: { zh: '只看此人', en: 'Only this person' },
  since: { zh: '自', en: 'From' },
  until: { zh: '至', en: 'to' },
  none: { zh: '没有符合的记录。', en: 'No entry fits.' },
  more: { zh: '更早的记录', en: 'Earlier entries' },
  request: { zh: '请求号', en: 'Request' },
  list: { zh: '审计记录列表', en: 'Entries' },
}

interface Address extends Record<string, string | undefined> {
  actor?: string
  who?: string
  act?: string
  subject?: string
  from?: string
  to?: string
}

export default function AuditPage() {
  const { say, language } = useWords()
  const [address, setAddress] = useAddress<Address>()
  const [subject, setSubject] = useState(address.subject ?? '')
  const [open, setOpen] = useState<string>()
  const audit = useInfiniteQuery(
    auditQuery({
      ...(address.actor && { actor: address.actor }),
      ...(address.act && { act: address.act }),
      ...(address.subject && { subject: address.subject }),
      ...(address.from && { from: startOfDay(address.from) }),
      ...(address.to && { to: startOfDay(addDays(address.to, 1)) }),
    }),
  )
  const items = audit.data?.pages.flatMap((page) => page.items) ?? []
  const filtered = Boolean(address.actor ?? address.act ?? address.subject ?? address.from ?? address.to)
  return (
    <div className="audit">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <p className="muted small">{language === 'zh' ? `已列出 ${sayCount(items.length)} 条` : `${sayCount(items.length)} listed`}</p>
      </header>
      <div className="filter-line">
        {address.actor && (
          <span className="tag brand chosen-actor">
            {sayLabelled(say(words.who), address.who ?? address.actor, language)}
            <button
              type="button"
              className="bare"
              aria-label={say(words.clear)}
              onClick={() => setAddress({ actor: undefined, who: undefined })}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        )}
        <Select
          style={{ width: 190 }}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={say(words.act)}
          aria-label={say(words.act)}
          value={address.act ?? null}
          onChange={(act: string | null) => setAddress({ act: act ?? undefined })}
          options={Object.entries(actWords).map(([act, name]) => ({ value: act, label: say(name) }))}
        />
        <Input.Search
          style={{ width: 240 }}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
          onSearch={(asked) => setAddress({ subject: asked.trim() || undefined })}
          placeholder={say(words.subject)}
          aria-label={say(words.subject)}
          allowClear
        />
        <DatePicker.RangePicker
          value={[address.from ? dayjs(address.from) : null, address.to ? dayjs(address.to) : null]}
          onChange={(days) => setAddress({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })}
          allowEmpty={[true, true]}
          placeholder={[say(words.since), say(words.until)]}
        />
        {filtered && (
          <button
            type="button"
            className="link"
            onClick={() => {
              setSubject('')
              setAddress({ actor: undefined, who: undefined, act: undefined, subject: undefined, from: undefined, to: undefined })
            }}
          >
            {say(words.clear)}
          </button>
        )}
      </div>
      <div className="people-rows" tabIndex={0} role="region" aria-label={say(words.list)}>
        <table>
          <thead>
            <tr>
              {[words.at, words.who, words.act, words.subject, words.from].map((head) => (
                <th key={head.zh} scope="col">
                  {say(head)}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {items.map((entry) => (
              <Fragment key={entry.position}>
                <tr>
                  <td className="number">{sayMoment(entry.at)}</td>
                  <td>
                    <button
                      type="button"
                      className="link"
                      title={say(words.only)}
                      onClick={() => setAddress({ actor: entry.actorId, who: sayActor(entry, say) })}
                    >
                      {sayActor(entry, say)}
                    </button>
                  </td>
                  <td>{sayAct(entry.act, say)}</td>
                  <td className="subject">
                    <Subject act={entry.act} subject={entry.subject} />
                  </td>
                  <td className="muted">{entry.address}</td>
                  <td>
                    <button
                      type="button"
                      className="bare"
                      aria-expanded={open === entry.position}
                      aria-label={say(words.show)}
                      onClick={() => setOpen(open === entry.position ? undefined : entry.position)}
                    >
                      <Icon name={open === entry.position ? 'down' : 'right'} size={12} />
                    </button>
                  </td>
                </tr>
                {open === entry.position && <Detail entry={entry} />}
              </Fragment>
            ))}
          </tbody>
        </table>
        {audit.isPending && <Loading lines={14} />}
        {audit.isError && <ErrorState error={audit.error} retry={() => void audit.refetch()} />}
        {audit.isSuccess && items.length === 0 && <EmptyState why={say(words.none)} />}
        {audit.hasNextPage && (
          <p className="more-line">
            <Button onClick={() => void audit.fetchNextPage()} loading={audit.isFetchingNextPage}>
              {say(words.more)}
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}

const nameless: Record<string, Words> = {
  public: { zh: '未登录者', en: 'Not signed in' },
  system: { zh: '平台', en: 'The platform' },
}

const sayActor = ({ actorId, actorName }: AuditEntryShown, say: (words: Words) => string): string =>
  nameless[actorId] ? say(nameless[actorId]) : actorName || actorId

const ACCOUNT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An account is shown by its name; case numbers in their groups; anything else as it was recorded. */
function Subject({ act, subject }: { act: string; subject: string }) {
  const isAccount = act.startsWith('access.') && !act.startsWith('access.key-') && ACCOUNT.test(subject)
  const account = useQuery({ ...accountQuery(subject), enabled: isAccount, retry: false, staleTime: Infinity }).data
  if (!isAccount) return <>{groupNumber(subject)}</>
  return account ? (
    <span title={subject}>
      {account.name} <span className="muted">{account.account}</span>
    </span>
  ) : (
    <>{subject}</>
  )
}

/** What was changed, as it was recorded: evidence is not reworded. */
function Detail({ entry }: { entry: AuditEntryShown }) {
  const { say } = useWords()
  return (
    <tr className="entry-detail">
      <td colSpan={6}>
        <p className="small muted">
          {entry.act} · {say(words.request)} {entry.requestId} · {entry.position}
        </p>
        <pre>{JSON.stringify(entry.detail, null, 2)}</pre>
      </td>
    </tr>
  )
}
