import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Switch } from 'antd'
import { EmptyState, ErrorState, Loading, sayCount, sayNear, useAddress, useKeys, useNow, useWords } from '../../kernel/web/index.ts'
import { LEVELS, type AlarmQuery, type AlarmShown } from '../contract.ts'
import { AlarmPanel } from './alarm-panel.tsx'
import { alarmCountsQuery, alarmsQuery, useLiveAlarms } from './alarm-queries.ts'
import { LevelMark } from './level-mark.tsx'
import { ALARM_STATE_WORDS, sayNow } from './say-alarm.ts'
import { ring, setSound, useSound } from './sound.ts'
import './alarms.css'

const words = {
  title: { zh: '告警台', en: 'Alarms' },
  order: { zh: '等级高的在前，同级新的在前', en: 'the worst first, then the newest' },
  open: { zh: '未解除', en: 'Open' },
  over: { zh: '已解除', en: 'Over' },
  byState: { zh: '按状态', en: 'By state' },
  byLevel: { zh: '等级及以上', en: 'At least this level' },
  sound: { zh: 'Ⅰ、Ⅱ 级有声提示', en: 'Sound for Ⅰ and Ⅱ' },
  list: { zh: '告警列表', en: 'Alarms' },
  panel: { zh: '告警详情', en: 'The alarm' },
  none: { zh: '没有未解除的告警。新的告警会自动出现在这里。', en: 'No alarm is open. New ones appear here by themselves.' },
  noneOver: { zh: '这一类还没有已解除的告警。', en: 'No alarm of this kind is over yet.' },
  storm: { zh: '成片', en: 'storm' },
  more: { zh: '继续加载', en: 'Load more' },
  children: { zh: '台设备受影响', en: 'devices behind it' },
  all: { zh: '全部', en: 'All' },
  ringing: { zh: '待确认', en: 'ringing' },
  of: { zh: '同类告警', en: 'Alarms of one storm' },
  leave: { zh: '查看全部', en: 'Show all' },
  wall: { zh: '大屏', en: 'Wall' },
  move: { zh: '上下', en: 'move' },
  ack: { zh: '确认', en: 'acknowledge' },
  shelve: { zh: '搁置', en: 'shelve' },
}

export default function AlarmsPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<{ state?: string; level?: string; alarm?: string; storm?: string; parent?: string }>()
  const sound = useSound()
  useLiveAlarms(({ level, what }) => {
    if (what === 'raised' || what === 'escalated') ring(level)
  })
  const filter: AlarmQuery = {
    state: address.state === 'over' ? 'over' : 'open',
    ...(address.level && { level: Number(address.level) }),
    ...(address.storm && { storm: address.storm }),
    ...(address.parent && { parent: address.parent }),
  }
  const found = useInfiniteQuery(alarmsQuery(filter))
  const counts = useQuery(alarmCountsQuery).data
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  const chosen = items.find(({ id }) => id === address.alarm) ?? items[0]
  const choose = (alarm: AlarmShown | undefined) => setAddress({ alarm: alarm?.id })
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, (chosen ? items.indexOf(chosen) : -1) + by))]
    if (!next) return
    choose(next)
    document.getElementById(`alarm-${next.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
  return (
    <div className="alarms">
      <section className="alarm-list" aria-label={say(words.list)}>
        <header>
          <div>
            <h1>{say(words.title)}</h1>
            <p className="muted small">
              {counts && `${sayCount(counts.ringing)} ${say(words.ringing)} · `}
              {say(words.order)}
            </p>
          </div>
          <Link className="small right" to={'/wall/monitoring' as never}>
            {say(words.wall)}
          </Link>
          <label className="small">
            <Switch size="small" checked={sound} onChange={setSound} aria-label={say(words.sound)} /> {say(words.sound)}
          </label>
        </header>
        <div className="alarm-filters">
          <div className="segments" role="group" aria-label={say(words.byState)}>
            {(['open', 'over'] as const).map((state) => (
              <button key={state} type="button" aria-pressed={filter.state === state} onClick={() => setAddress({ state, alarm: undefined })}>
                {say(words[state])}
              </button>
            ))}
          </div>
          <div className="segments" role="group" aria-label={say(words.byLevel)}>
            <button type="button" aria-pressed={!address.level} onClick={() => setAddress({ level: undefined })}>
              {say(words.all)}
            </button>
            {LEVELS.toReversed().map(({ level, words: name }) => (
              <button key={level} type="button" aria-pressed={address.level === String(level)} onClick={() => setAddress({ level: address.level === String(level) ? undefined : String(level) })}>
                <LevelMark level={level} size={16} /> {say(name)} {filter.state === 'open' && <b>{sayCount(counts?.levels[level - 1])}</b>}
              </button>
            ))}
          </div>
        </div>
        {(address.storm ?? address.parent) && (
          <p className="alarm-within small">
            {say(words.of)}{' '}
            <button type="button" className="plain-button" onClick={() => setAddress({ storm: undefined, parent: undefined })}>
              {say(words.leave)}
            </button>
          </p>
        )}
        <div className="alarm-rows">
          {found.isPending && <Loading lines={10} />}
          {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
          {found.isSuccess && items.length === 0 && <EmptyState why={say(filter.state === 'open' ? words.none : words.noneOver)} />}
          <ol>
            {items.map((alarm) => (
              <AlarmRow key={alarm.id} alarm={alarm} chosen={alarm === chosen} choose={choose} within={(storm) => setAddress({ storm })} behind={(parent) => setAddress({ parent })} />
            ))}
          </ol>
          {found.hasNextPage && (
            <p className="alarm-more">
              <Button onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
                {say(words.more)}
              </Button>
            </p>
          )}
        </div>
        <footer className="small muted key-line">
          <kbd>J</kbd> <kbd>K</kbd> {say(words.move)} <kbd>D</kbd> {say(words.ack)} <kbd>S</kbd> {say(words.shelve)}
        </footer>
      </section>
      <aside aria-label={say(words.panel)}>{chosen && <AlarmPanel alarm={chosen} />}</aside>
    </div>
  )
}

interface RowProps {
  alarm: AlarmShown
  chosen: boolean
  choose: (alarm: AlarmShown) => void
  within: (storm: string) => void
  behind: (parent: string) => void
}

function AlarmRow({ alarm, chosen, choose, within, behind }: RowProps) {
  const { say, language } = useWords()
  const now = useNow()
  return (
    <li id={`alarm-${alarm.id}`} data-on={chosen || undefined} data-state={alarm.state} data-marked={alarm.storm !== null || alarm.children > 0 || undefined}>
      <button type="button" onClick={() => choose(alarm)} aria-current={chosen || undefined}>
        <LevelMark level={alarm.level || alarm.peak} size={24} />
        <span className="what">
          <b>{alarm.deviceName}</b>
          <span className="muted small">
            {say(alarm.ruleWords)} · {alarm.device}
          </span>
        </span>
        <span className="number value">{sayNow(alarm, language)}</span>
        <span className="small when">
          <span className="tag">{say(ALARM_STATE_WORDS[alarm.state])}</span>
          <span className="muted">{sayNear(alarm.raisedAt, now)}</span>
        </span>
      </button>
      {(alarm.storm !== null || alarm.children > 0) && (
        <span className="alarm-marks">
          {alarm.storm !== null && (
            <button type="button" className="tag" onClick={() => within(alarm.storm!)}>
              {say(words.storm)}
            </button>
          )}
          {alarm.children > 0 && (
            <button type="button" className="tag" onClick={() => behind(alarm.id)}>
              {alarm.children} {say(words.children)}
            </button>
          )}
        </span>
      )}
    </li>
  )
}
