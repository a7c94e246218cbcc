import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { listQuery, proceedingsQuery, useLiveCases } from '../../cases/web/index.ts'
import type { CaseBrief } from '../../cases/contract.ts'
import { ask, Countdown, EmptyState, ErrorState, Icon, Lamp, LAMPS, lampWords, Loading, sayCount, sayNear, useMe, useNow, useWords } from '../../kernel/web/index.ts'
import { getOverview } from '../contract.ts'
import { OrderCard } from './order-card.tsx'
import { OrderSheet } from './order-sheet.tsx'
import { usePull } from './use-pull.ts'
import './leader.css'

const words = {
  title: { zh: '领导督办', en: 'Supervision' },
  today: { zh: '今日', en: 'Today' },
  reported: { zh: '上报', en: 'Reported' },
  closed: { zh: '结案', en: 'Closed' },
  inTime: { zh: '按期结案率', en: 'In time' },
  open: { zh: '在办', en: 'Open' },
  red: { zh: '超时案件', en: 'Overdue' },
  orders: { zh: '督办中', en: 'Orders' },
  none: { zh: '没有超时案件。', en: 'Nothing is overdue.' },
  noOrders: { zh: '没有在办的督办。', en: 'No orders are under way.' },
  noUnit: { zh: '尚未派遣', en: 'Not dispatched' },
  supervise: { zh: '督办', en: 'Order' },
  ordered: { zh: '已督办', en: 'Ordered' },
  all: { zh: '查看全部', en: 'See all' },
  refresh: { zh: '刷新', en: 'Refresh' },
  release: { zh: '松开刷新', en: 'Release to refresh' },
  desk: { zh: '工作台', en: 'Workbench' },
  parts: { zh: '内容', en: 'Parts' },
}

const RED_SHOWN = 100

/** What needs a leader, on a phone: what is overdue and with whom, one's orders, and the figures of today. */
export default function LeaderPage() {
  const { say, language, setLanguage } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  useLiveCases()
  const [part, setPart] = useState<'red' | 'orders'>('red')
  const [chosen, setChosen] = useState<CaseBrief>()
  const red = useInfiniteQuery(listQuery({ open: true, lamp: 'red' }))
  const orders = useInfiniteQuery(proceedingsQuery({ kind: 'supervise', state: 'open' }))
  const refresh = () => queries.invalidateQueries()
  const pull = usePull(refresh)
  const cases = (red.data?.pages.flatMap(({ items }) => items) ?? []).slice(0, RED_SHOWN)
  const open = orders.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="phone leader" {...pull.handlers}>
      <header className="bar">
        <h1>{say(words.title)}</h1>
        <button type="button" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {language === 'zh' ? 'English' : '中文'}
        </button>
        <Link to={'/cases' as never}>{say(words.desk)}</Link>
        <button type="button" onClick={() => void refresh()} aria-label={say(words.refresh)}>
          <Icon name="refresh" size={20} />
        </button>
      </header>
      {pull.pulled > 0 && (
        <p className="pull" style={{ height: pull.pulled }}>
          {pull.ready ? say(words.release) : '↓'}
        </p>
      )}
      <main>
        <Today />
        <div className="tabs-two" role="tablist" aria-label={say(words.parts)}>
          <button type="button" role="tab" aria-selected={part === 'red'} onClick={() => setPart('red')}>
            {say(words.red)} <b>{`${sayCount(cases.length)}${red.hasNextPage ? '+' : ''}`}</b>
          </button>
          <button type="button" role="tab" aria-selected={part === 'orders'} onClick={() => setPart('orders')}>
            {say(words.orders)} <b>{`${sayCount(open.length)}${orders.hasNextPage ? '+' : ''}`}</b>
          </button>
        </div>
        {part === 'red' ? (
          <>
            {red.isPending && <Loading lines={8} />}
            {red.isError && <ErrorState error={red.error} retry={() => void red.refetch()} />}
            {red.isSuccess && cases.length === 0 && <EmptyState why={say(words.none)} />}
            {byUnit(cases).map(([path, list]) => (
              <Unit key={path} list={list} choose={setChosen} />
            ))}
          </>
        ) : (
          <>
            {orders.isPending && <Loading lines={8} />}
            {orders.isError && <ErrorState error={orders.error} retry={() => void orders.refetch()} />}
            {orders.isSuccess && open.length === 0 && <EmptyState why={say(words.noOrders)} />}
            <ul className="orders">
              {open.map((order) => (
                <OrderCard key={order.id} order={order} mine={order.openedBy === me?.name} />
              ))}
            </ul>
          </>
        )}
      </main>
      {chosen && <OrderSheet item={chosen} close={() => setChosen(undefined)} done={() => setPart('orders')} />}
    </div>
  )
}

/** Those with the most first. */
function byUnit(cases: readonly CaseBrief[]): [string, CaseBrief[]][] {
  const groups = Map.groupBy(cases, ({ unit }) => unit?.path ?? '')
  return [...groups].toSorted(([, a], [, b]) => b.length - a.length)
}

function Unit({ list, choose }: { list: readonly CaseBrief[]; choose: (item: CaseBrief) => void }) {
  const { say } = useWords()
  const [whole, setWhole] = useState(false)
  const SHOWN = 3
  const unit = list[0]?.unit
  return (
    <section>
      <h2>
        <span>{unit ? say(unit.name) : say(words.noUnit)}</span>
        <span>
          <Lamp colour="red" size={16} /> {sayCount(list.length)}
        </span>
      </h2>
      <ul className="reds">
        {list.slice(0, whole ? undefined : SHOWN).map((item) => (
          <Red key={item.number} item={item} choose={choose} />
        ))}
      </ul>
      {list.length > SHOWN && !whole && (
        <button type="button" className="inline-link" onClick={() => setWhole(true)}>
          {say(words.all)} {list.length}
        </button>
      )}
    </section>
  )
}

function Red({ item, choose }: { item: CaseBrief; choose: (item: CaseBrief) => void }) {
  const { say } = useWords()
  const now = useNow()
  return (
    <li>
      <Link to={`/cases/${item.number}` as never}>
        <b>{item.description}</b>
        <span className="muted">
          {say(item.stateWords)} · {say(item.region.words)} · {sayNear(item.reportedAt, now)}
        </span>
        <Countdown deadline={{ lamp: item.lamp, from: item.clock?.from ?? null, dueAt: item.clock?.dueAt ?? null }} bar={false} />
      </Link>
      <button type="button" className="order-button" onClick={() => choose(item)}>
        {say(item.orders > 0 ? words.ordered : words.supervise)}
        {item.orders > 0 && ` ${item.orders}`}
      </button>
    </li>
  )
}

function Today() {
  const { say } = useWords()
  const overview = useQuery({
    queryKey: ['cases', 'today'],
    queryFn: ({ signal }) => ask(getOverview, { query: { period: 'today' }, signal }),
    placeholderData: (old) => old,
  }).data
  const figure = (key: string) => overview?.figures.find((each) => each.key === key)
  const rate = figure('in-time')
  const closed = overview?.line.at(-1)?.closed
  return (
    <section className="today" aria-label={say(words.today)}>
      <dl>
        <div>
          <dt>
            {say(words.today)}
            {say(words.reported)}
          </dt>
          <dd>{sayCount(figure('reported')?.value)}</dd>
        </div>
        <div>
          <dt>
            {say(words.today)}
            {say(words.closed)}
          </dt>
          <dd>{sayCount(closed)}</dd>
        </div>
        <div>
          <dt>{say(words.inTime)}</dt>
          <dd>{rate?.value === null || rate === undefined ? '—' : `${(rate.value * 100).toFixed(2)}%`}</dd>
          <dd className="small muted">{rate && rate.denominator !== null ? `${sayCount(rate.numerator)} / ${sayCount(rate.denominator)}` : ''}</dd>
        </div>
      </dl>
      <p className="lamps">
        <span>
          {say(words.open)} <b>{sayCount(overview?.standing.open)}</b>
        </span>
        {LAMPS.map((lamp) => (
          <span key={lamp}>
            <Lamp colour={lamp} size={16} label={say(lampWords[lamp])} /> {sayCount(overview?.standing.lamps[lamp])}
          </span>
        ))}
      </p>
    </section>
  )
}
