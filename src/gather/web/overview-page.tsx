import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useEffect, useRef } from 'react'
import { useDivisions } from '../../atlas/web/index.ts'
import { casesChanged } from '../../cases/web/index.ts'
import { ask, ErrorState, Loading, sayMoment, useAddress, useLive, useWords } from '../../kernel/web/index.ts'
import { categoriesQuery } from '../../registry/web/index.ts'
import { getOverview, PERIODS, type Overview, type Period } from '../contract.ts'
import { Areas } from './areas.tsx'
import { Daily } from './daily.tsx'
import { Figures } from './figures.tsx'
import { Ranks, Sources } from './shares.tsx'
import { Standing } from './standing.tsx'
import { SumOfOutcomes } from './sum-of-outcomes.tsx'
import './overview.css'

const words = {
  title: { zh: '统计概览', en: 'Overview' },
  period: { zh: '时段', en: 'Period' },
  wholeCity: { zh: '全部区域', en: 'All areas' },
  allCategories: { zh: '全部类别', en: 'All categories' },
  area: { zh: '区域', en: 'Area' },
  category: { zh: '类别', en: 'Category' },
  print: { zh: '打印', en: 'Print' },
  recount: { zh: '可由历史复算', en: 'can be recounted from history' },
}

const periodWords: Record<Period, { zh: string; en: string }> = {
  today: { zh: '今日', en: 'Today' },
  week: { zh: '本周', en: 'Week' },
  month: { zh: '本月', en: 'Month' },
  quarter: { zh: '本季', en: 'Quarter' },
  year: { zh: '本年', en: 'Year' },
}

export default function OverviewPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<{ period?: Period; region?: string; category?: string }>()
  const period = address.period ?? 'month'
  const overview = useQuery({
    queryKey: ['gather', 'overview', period, address.region, address.category],
    queryFn: ({ signal }) =>
      ask(getOverview, {
        query: { period, ...(address.region && { region: address.region }), ...(address.category && { category: address.category }) },
        signal,
      }),
    placeholderData: (old) => old,
    refetchInterval: 60_000,
  })
  useFresh()
  return (
    <div className="page overview">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          {overview.data && <Freshness overview={overview.data} />}
        </div>
        <div>
          <div className="segments solid" role="group" aria-label={say(words.period)}>
            {PERIODS.map((each) => (
              <button key={each} type="button" aria-pressed={each === period} onClick={() => setAddress({ period: each })}>
                {say(periodWords[each])}
              </button>
            ))}
          </div>
          <AreaChoice value={address.region} change={(region) => setAddress({ region })} />
          <MajorChoice value={address.category} change={(category) => setAddress({ category })} />
          <Button onClick={() => print()}>{say(words.print)}</Button>
        </div>
      </header>
      {overview.isError && !overview.data && <ErrorState error={overview.error} retry={() => void overview.refetch()} />}
      {overview.isPending && <Loading lines={16} />}
      {overview.data && <Shown overview={overview.data} period={period} dim={overview.isPlaceholderData} />}
    </div>
  )
}

function Shown({ overview, period, dim }: { overview: Overview; period: Period; dim: boolean }) {
  return (
    <div className="overview-body" data-dim={dim || undefined}>
      <Figures overview={overview} period={period} />
      <SumOfOutcomes overview={overview} />
      <div className="two">
        <Daily overview={overview} />
        <Standing overview={overview} />
      </div>
      <div className="two">
        <div className="column">
          <Areas overview={overview} />
          <Sources overview={overview} />
        </div>
        <div className="column">
          <Ranks overview={overview} of="categories" />
          <Ranks overview={overview} of="units" />
        </div>
      </div>
    </div>
  )
}

/** The figures follow the cases within a second or two, however many of them change. */
function useFresh(): void {
  const queries = useQueryClient()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useLive(casesChanged, () => {
    waiting.current ??= setTimeout(() => {
      waiting.current = undefined
      void queries.invalidateQueries({ queryKey: ['gather'] })
    }, 2000)
  })
  useEffect(() => () => clearTimeout(waiting.current), [])
}

function Freshness({ overview }: { overview: Overview }) {
  const { say, language } = useWords()
  const { period, asOf, lagMs } = overview
  const until = period.running ? sayMoment(asOf) : period.to
  const same = period.from.slice(0, 5) === until.slice(0, 5)
  const lag = (lagMs / 1000).toFixed(1)
  return (
    <p className="muted small">
      {language === 'zh'
        ? `${period.from} 至 ${same ? until.slice(5) : until} · 数据延迟 ${lag} 秒`
        : `${period.from} to ${until} · ${lag} s behind`}{' '}
      · {say(words.recount)}
    </p>
  )
}

function AreaChoice({ value, change }: { value: string | undefined; change: (region: string | undefined) => void }) {
  const { say } = useWords()
  const { items } = useDivisions()
  const options = items
    .filter(({ level }) => level === 'district' || level === 'street')
    .toSorted((a, b) => a.code.localeCompare(b.code))
    .map(({ code, name, level }) => ({ value: code, label: level === 'street' ? `　${say(name)}` : say(name) }))
  return (
    <Select
      value={value ?? ''}
      onChange={(code: string) => change(code || undefined)}
      options={[{ value: '', label: say(words.wholeCity) }, ...options]}
      aria-label={say(words.area)}
      popupMatchSelectWidth={180}
      style={{ minWidth: 116 }}
    />
  )
}

function MajorChoice({ value, change }: { value: string | undefined; change: (category: string | undefined) => void }) {
  const { say } = useWords()
  const items = useQuery(categoriesQuery()).data?.items ?? []
  const majors = new Map(items.map(({ major }) => [major.id, major.name]))
  return (
    <Select
      value={value ?? ''}
      onChange={(id: string) => change(id || undefined)}
      options={[{ value: '', label: say(words.allCategories) }, ...[...majors].map(([id, name]) => ({ value: id, label: say(name) }))]}
      aria-label={say(words.category)}
      popupMatchSelectWidth={200}
      style={{ minWidth: 116 }}
    />
  )
}
