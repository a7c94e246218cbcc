import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { addDays, ask, EmptyState, ErrorState, groupNumber, Loading, sayCount, sayDuration, sayMoment, sayRate, startOfDay, useAddress, useWords } from '../../../kernel/web/index.ts'
import { CALL_RESULTS, getCallFigures, getCalls, RESULT_WORDS, type Call, type CallResult, type Figures } from '../contract.ts'
import './desk.css'

const words = {
  title: { zh: '通话记录', en: 'Calls' },
  lead: { zh: '号码已隐去中间几位；接通以 15 秒内为及时', en: 'Numbers are covered in the middle; a call is answered in time within 15 seconds' },
  result: { zh: '结果', en: 'Result' },
  operator: { zh: '受理员', en: 'Operator' },
  rang: { zh: '来电', en: 'Rang' },
  number: { zh: '号码', en: 'Number' },
  wait: { zh: '等待', en: 'Waited' },
  talk: { zh: '通话', en: 'Talked' },
  case: { zh: '案件', en: 'Case' },
  note: { zh: '备注', en: 'Note' },
  none: { zh: '这段时间没有通话。', en: 'No calls in this time.' },
  more: { zh: '更多', en: 'More' },
  calls: { zh: '来电', en: 'Calls' },
  answered: { zh: '接通率', en: 'Answered' },
  inTime: { zh: '15 秒接通率', en: 'Within 15 s' },
  meanWait: { zh: '平均等待', en: 'Mean wait' },
  meanTalk: { zh: '平均通话', en: 'Mean talk' },
  atOnce: { zh: '一次解决', en: 'Settled at once' },
  list: { zh: '通话列表', en: 'List of calls' },
  now: { zh: '进行中', en: 'On the line' },
}

type Address = { result?: string; operator?: string; from?: string; to?: string } & Record<string, string | undefined>

export default function CallsPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<Address>()
  const { from, to } = address
  const figures = useQuery({
    queryKey: ['hotline', 'figures', from, to],
    queryFn: ({ signal }) => ask(getCallFigures, { query: { ...(from && { from }), ...(to && { to }) }, signal }),
    placeholderData: (old) => old,
  })
  const filter = {
    ...(address.result && { result: address.result as CallResult }),
    ...(address.operator && { operator: address.operator }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: startOfDay(addDays(to, 1)) }),
  }
  const list = useInfiniteQuery({
    queryKey: ['hotline', 'calls', filter],
    queryFn: ({ pageParam, signal }) => ask(getCalls, { query: { ...filter, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="hotline-list">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      <div className="filter-line" role="search">
        <Select
          style={{ width: 140 }}
          allowClear
          placeholder={say(words.result)}
          aria-label={say(words.result)}
          value={address.result ?? null}
          onChange={(result: string | null) => setAddress({ result: result ?? undefined })}
          options={CALL_RESULTS.map((result) => ({ value: result, label: say(RESULT_WORDS[result]) }))}
        />
        <Input.Search
          style={{ width: 160 }}
          allowClear
          placeholder={say(words.operator)}
          aria-label={say(words.operator)}
          defaultValue={address.operator ?? ''}
          onSearch={(operator) => setAddress({ operator: operator.trim() || undefined })}
          maxLength={60}
        />
        <DatePicker.RangePicker
          style={{ width: 240 }}
          value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
          allowEmpty={[true, true]}
          onChange={(days) => setAddress({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })}
        />
      </div>
      {figures.data && <DeskFigures figures={figures.data.total} />}
      <div className="hotline-rows" tabIndex={0} role="region" aria-label={say(words.list)}>
        <table>
          <thead>
            <tr>
              {[words.rang, words.number, words.result, words.operator].map((head) => (
                <th key={head.zh} scope="col">
                  {say(head)}
                </th>
              ))}
              <th scope="col" className="right">
                {say(words.wait)}
              </th>
              <th scope="col" className="right">
                {say(words.talk)}
              </th>
              <th scope="col">{say(words.case)}</th>
              <th scope="col">{say(words.note)}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((call) => (
              <Row key={call.id} call={call} />
            ))}
          </tbody>
        </table>
        {list.isPending && <Loading lines={12} />}
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && <EmptyState why={say(words.none)} />}
        {list.hasNextPage && (
          <p style={{ textAlign: 'center', padding: 14 }}>
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {say(words.more)}
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}

function Row({ call }: { call: Call }) {
  const { say, language } = useWords()
  const between = (from: string | null, to: string | null) => (from && to ? sayDuration(Date.parse(to) - Date.parse(from), language) : '—')
  return (
    <tr>
      <td className="number">{sayMoment(call.rangAt)}</td>
      <td className="number">{call.masked ?? '—'}</td>
      <td>
        <span className={`tag ${call.result === 'abandoned' || call.result === 'nuisance' ? 'orange' : call.result ? '' : 'brand'}`}>
          {say(call.result ? RESULT_WORDS[call.result] : words.now)}
        </span>
      </td>
      <td>{call.operator ?? '—'}</td>
      <td className="right number">{between(call.rangAt, call.answeredAt ?? call.endedAt)}</td>
      <td className="right number">{between(call.answeredAt, call.endedAt)}</td>
      <td className="number">{call.number ? <Link to={`/cases/${call.number}` as never}>{groupNumber(call.number)}</Link> : '—'}</td>
      <td>{call.note}</td>
    </tr>
  )
}

/** Each rate with what it is made of. */
function DeskFigures({ figures: { rang, answered, inTime, waitMs, talkMs, results } }: { figures: Figures }) {
  const { say, language } = useWords()
  const mean = (ms: number) => (answered > 0 ? sayDuration(ms / answered, language) : '—')
  const atOnce = results.answered
  const ended = CALL_RESULTS.filter((result) => result !== 'abandoned').reduce((sum, result) => sum + results[result], 0)
  const shown = [
    { name: words.calls, value: sayCount(rang), below: `${say(RESULT_WORDS.case)} ${results.case} · ${say(RESULT_WORDS.joined)} ${results.joined} · ${say(RESULT_WORDS.abandoned)} ${results.abandoned}` },
    { name: words.answered, value: `${sayRate(answered, rang, 2)}%`, below: `${answered} / ${rang}` },
    { name: words.inTime, value: `${sayRate(inTime, answered, 2)}%`, below: `${inTime} / ${answered}` },
    { name: words.meanWait, value: mean(waitMs), below: `${answered}` },
    { name: words.meanTalk, value: mean(talkMs), below: `${answered}` },
    { name: words.atOnce, value: `${sayRate(atOnce, ended, 2)}%`, below: `${atOnce} / ${ended}` },
  ]
  return (
    <section className="call-figures">
      {shown.map(({ name, value, below }) => (
        <div key={name.zh}>
          <p>{say(name)}</p>
          <b>{value}</b>
          <small>{below}</small>
        </div>
      ))}
    </section>
  )
}
