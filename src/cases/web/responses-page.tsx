import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { addDays, EmptyState, ErrorState, Loading, sayDuration, startOfDay, useAddress, useNow, useWords, wallTime } from '../../kernel/web/index.ts'
import type { MarkFigures } from '../contract.ts'
import { MyOrders } from './my-orders.tsx'
import { ResponseCard } from './response-card.tsx'
import { figuresQuery, pastQuery, runningQuery, useLiveResponses } from './response-queries.ts'

const words = {
  title: { zh: '应急响应', en: 'Emergency responses' },
  lead: {
    zh: '以设备回执和进入案件 50 米范围为准；点击只作补充，并标明',
    en: 'Measured by the receipt of the device and by coming within 50 m of the case; a tap is a fallback and marked so',
  },
  running: { zh: '进行中', en: 'Running' },
  none: { zh: '没有进行中的应急响应。在案件页可以发起。', en: 'No response is running. One is started on the page of a case.' },
  figures: { zh: '时效统计', en: 'How long it took' },
  past: { zh: '已结束', en: 'Ended' },
  noPast: { zh: '这段时间没有应急响应。', en: 'No responses in this time.' },
  days: { 7: { zh: '7 天', en: '7 days' }, 30: { zh: '30 天', en: '30 days' }, 90: { zh: '90 天', en: '90 days' } },
  period: { zh: '统计时段', en: 'Period' },
  profile: { zh: '时限', en: 'Clock' },
  mark: { zh: '节点', en: 'Mark' },
  limit: { zh: '限', en: 'Limit' },
  came: { zh: '完成 / 派出', en: 'Came / sent' },
  inTime: { zh: '按时', en: 'In time' },
  measured: { zh: '实测', en: 'Measured' },
  half: { zh: '中位', en: 'Half within' },
  most: { zh: '九成', en: '90 % within' },
  more: { zh: '更多', en: 'More' },
}
const SPANS = [7, 30, 90] as const

export default function ResponsesPage() {
  const { say } = useWords()
  const now = useNow()
  useLiveResponses()
  const [address, setAddress] = useAddress<{ days?: string }>()
  const days = SPANS.find((span) => String(span) === address.days) ?? 30
  const from = startOfDay(addDays(wallTime(now).day, 1 - days))
  const running = useQuery(runningQuery)
  return (
    <div className="page responses-page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <Segmented
          aria-label={say(words.period)}
          value={days}
          options={SPANS.map((span) => ({ value: span, label: say(words.days[span]) }))}
          onChange={(span) => setAddress({ days: String(span) })}
        />
      </header>
      <MyOrders />
      <section className="card pad responses">
        <h2>
          {say(words.running)} {running.data && <span className="number">{running.data.items.length}</span>}
        </h2>
        {running.isError && <ErrorState error={running.error} retry={() => void running.refetch()} />}
        {running.isPending && <Loading lines={4} />}
        {running.data?.items.length === 0 && <EmptyState why={say(words.none)} />}
        {running.data?.items.map((response) => (
          <ResponseCard key={response.id} response={response} withCase />
        ))}
      </section>
      <Figures from={from} />
      <Past from={from} />
    </div>
  )
}

const share = (part: number, whole: number) => (whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} %`)

function Figures({ from }: { from: string }) {
  const { say, language } = useWords()
  const { data, error, refetch } = useQuery(figuresQuery(from))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  if (data.items.length === 0) return null
  const took = (ms: number | null) => (ms === null ? '—' : sayDuration(ms, language))
  const told = ({ came, minutes }: MarkFigures) => minutes !== null || came > 0
  return (
    <section className="card pad">
      <h2>{say(words.figures)}</h2>
      <table className="response-figures">
        <thead>
          <tr>
            {[words.profile, words.mark, words.limit, words.came, words.inTime, words.measured, words.half, words.most].map((head) => (
              <th key={head.zh} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.flatMap(({ profile, words: name, responses, marks }) =>
            marks.filter(told).map((figures, i) => (
              <tr key={`${profile} ${figures.mark}`} {...(i === 0 && { className: 'first' })}>
                <th scope="row">{i === 0 ? say(name) : ''}</th>
                <td>{say(figures.words)}</td>
                <td>{figures.minutes === null ? '—' : sayDuration(figures.minutes * 60_000, language)}</td>
                <td>
                  {figures.came} / {responses}
                </td>
                <td title={`${figures.decided - figures.late} / ${figures.decided}`}>{figures.minutes === null ? '—' : share(figures.decided - figures.late, figures.decided)}</td>
                <td title={`${figures.measured} / ${figures.came}`}>{share(figures.measured, figures.came)}</td>
                <td>{took(figures.p50Ms)}</td>
                <td>{took(figures.p90Ms)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  )
}

function Past({ from }: { from: string }) {
  const { say } = useWords()
  const past = useInfiniteQuery(pastQuery(from))
  const items = past.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="card pad responses">
      <h2>{say(words.past)}</h2>
      {past.isError && <ErrorState error={past.error} retry={() => void past.refetch()} />}
      {past.isSuccess && items.length === 0 && <EmptyState why={say(words.noPast)} />}
      {items.map((response) => (
        <ResponseCard key={response.id} response={response} withCase />
      ))}
      {past.hasNextPage && (
        <p className="more-line">
          <Button onClick={() => void past.fetchNextPage()} loading={past.isFetchingNextPage}>
            {say(words.more)}
          </Button>
        </p>
      )}
    </section>
  )
}
