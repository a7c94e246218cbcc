import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { EmptyState, ErrorState, Loading, sayCount, sayNear, useAddress, useNow, useWords } from '../../../kernel/web/index.ts'
import type { StormBrief } from '../../contract.ts'
import { flat } from '../queries.ts'
import { stormsQuery, useLiveStorms, type StormState } from './queries.ts'
import './incident.css'

const words = {
  title: { zh: '同源事件', en: 'Report storms' },
  lead: {
    zh: '同一原因引起的集中反映；由系统发现并提示，是否合并由人决定',
    en: 'One cause, many reports: seen and proposed by the platform, merged only by people',
  },
  state: { zh: '状态', en: 'State' },
  states: { open: { zh: '进行中', en: 'Running' }, over: { zh: '已平息', en: 'Over' }, dismissed: { zh: '已排除', en: 'Dismissed' } },
  none: {
    open: { zh: '现在没有同源事件。反映突然集中时会自动出现在这里。', en: 'No storm now. It appears here by itself when reports crowd.' },
    over: { zh: '没有已平息的同源事件。', en: 'No storm has been.' },
    dismissed: { zh: '没有被排除的提示。', en: 'None was dismissed.' },
  },
  event: { zh: '事件', en: 'Storm' },
  reports: { zh: '反映', en: 'Reports' },
  usual: { zh: '平常', en: 'Usual' },
  merged: { zh: '已合并', en: 'Merged' },
  since: { zh: '开始', en: 'Since' },
  last: { zh: '最近一件', en: 'Last report' },
  area: { zh: '范围', en: 'Area' },
  wide: { zh: '全区', en: 'All over the district' },
  more: { zh: '更多', en: 'More' },
}
const STATES: readonly StormState[] = ['open', 'over', 'dismissed']

export default function StormsPage() {
  const { say } = useWords()
  useLiveStorms()
  const [address, setAddress] = useAddress<{ state?: string }>()
  const state = STATES.find((each) => each === address.state) ?? 'open'
  const list = useInfiniteQuery(stormsQuery(state))
  const items = flat(list.data)
  return (
    <div className="page storms-page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <Segmented
          aria-label={say(words.state)}
          value={state}
          options={STATES.map((each) => ({ value: each, label: say(words.states[each]) }))}
          onChange={(each) => setAddress({ state: each })}
        />
      </header>
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.isSuccess && items.length === 0 && <EmptyState why={say(words.none[state])} />}
      {items.length > 0 && (
        <table className="card storms">
          <thead>
            <tr>
              {([words.event, words.reports, words.usual, words.merged, words.area, words.since, words.last] as const).map((head) => (
                <th key={head.en} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((storm) => (
              <Row key={storm.id} storm={storm} />
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>{say(words.more)}</Button>}
    </div>
  )
}

function Row({ storm }: { storm: StormBrief }) {
  const { say, language } = useWords()
  const now = useNow()
  return (
    <tr>
      <th scope="row">
        <Link to={`/storms/${storm.district}/${storm.id}` as never}>{say(storm.words)}</Link>
        <small>{say(storm.region)}</small>
      </th>
      <td>
        <b className="number">{sayCount(storm.reports)}</b>
      </td>
      <td className="muted number">{storm.usual}</td>
      <td className="number">{storm.root ? sayCount(storm.merged) : '—'}</td>
      <td>{storm.wide ? say(words.wide) : `${storm.metres} ${language === 'zh' ? '米' : 'm'}`}</td>
      <td>{sayNear(storm.since, now)}</td>
      <td>{sayNear(storm.lastAt, now)}</td>
    </tr>
  )
}
