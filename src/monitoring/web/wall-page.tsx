import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { ask, ErrorState, LEVEL_TONES, Loading, sayCount, sayWeekday, setLanguage, useNow, useWords, wallTime } from '../../kernel/web/index.ts'
import { getWall, LEVELS, type AlarmShown, type FloodPointShown } from '../contract.ts'
import { alarmCountsQuery, alarmsQuery, useLiveAlarms } from './alarm-queries.ts'
import { floodQuery } from './flood-queries.ts'
import { Ring } from './flood-points.tsx'
import { LevelMark } from './level-mark.tsx'
import { Alarms, Intake, Points, Products, Rain } from './wall-columns.tsx'
import './wall.css'

const words = {
  title: { zh: '城市运行监测', en: 'City monitoring' },
  calm: { zh: '各项监测正常', en: 'Nothing rings' },
  data: { zh: '数据', en: 'Data' },
  stale: { zh: '数据已断开', en: 'No fresh data' },
  desk: { zh: '返回工作台', en: 'To the workbench' },
  language: { zh: 'English', en: '中文' },
  switchLanguage: { zh: 'Switch to English', en: '切换到中文' },
  figures: { zh: '要数', en: 'Figures' },
  open: { zh: '正在告警', en: 'Alarms open' },
  ringing: { zh: '待确认', en: 'ringing' },
  high: { zh: '红色、橙色', en: 'Red and orange' },
  red: { zh: '红', en: 'red' },
  raised: { zh: '今日告警', en: 'Alarms today' },
  becameCases: { zh: '转案件', en: 'became cases' },
  online: { zh: '设备在线', en: 'Devices heard' },
  of: { zh: '在用', en: 'in service' },
  silent: { zh: '静默', en: 'silent' },
  water: { zh: '积水点', en: 'Points flooding' },
  ofPoints: { zh: '共', en: 'of' },
  map: { zh: '告警与积水点；两侧列表是同样的内容', en: 'Alarms and flood points; the lists beside hold the same' },
  normal: { zh: '积水点正常', en: 'Point below blue' },
}

const LOOK_AGAIN_MS = 10_000
const STALE_MS = 60_000

const wallQuery = { queryKey: ['monitoring', 'wall'], queryFn: ({ signal }: { signal: AbortSignal }) => ask(getWall, { signal }), refetchInterval: LOOK_AGAIN_MS }

/** The wall of the duty room: who is heard, what rings, where water stands. It asks for the same figures as the desks. */
export default function WallPage() {
  const { say } = useWords()
  useLiveAlarms()
  const found = useQuery(wallQuery)
  const counts = useQuery({ ...alarmCountsQuery, refetchInterval: LOOK_AGAIN_MS }).data
  const alarms = useInfiniteQuery({ ...alarmsQuery({ state: 'open' }), refetchInterval: LOOK_AGAIN_MS * 3 })
  const flood = useQuery(floodQuery(undefined)).data
  const open = useMemo(() => alarms.data?.pages[0]?.items ?? [], [alarms.data])
  const movers = useMemo(() => moversOf(open, flood?.points ?? []), [open, flood?.points])
  const wall = found.data
  if (found.isError && !wall) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!wall || !counts) return <Loading lines={12} />
  const worst = [4, 3, 2, 1].find((level) => (counts.levels[level - 1] ?? 0) > 0) ?? 0
  const [devices, silent] = wall.products.reduce(([all, quiet], each) => [all + each.devices, quiet + each.silent], [0, 0])
  const points = flood?.points ?? []
  const wet = points.filter(({ state }) => state > 0)
  const unheard = points.filter((point) => point.silent).length
  return (
    <div className="wall" data-theme="wall" data-level={worst}>
      <Head worst={worst} at={wall.at} />
      <main>
        <div className="wall-column">
          <Products products={wall.products} />
          <Intake minutes={wall.minutes} lagMs={wall.lagMs} />
          <Rain gauges={flood?.gauges ?? []} />
        </div>
        <div className="wall-middle">
          <ul className="wall-figures" aria-label={say(words.figures)}>
            <Figure name={say(words.open)} value={counts.ringing + counts.acknowledged} unit={{ zh: '条', en: '' }} below={`${say(words.ringing)} ${counts.ringing}`} />
            <Figure name={say(words.high)} value={(counts.levels[3] ?? 0) + (counts.levels[2] ?? 0)} unit={{ zh: '条', en: '' }} below={`${say(words.red)} ${counts.levels[3] ?? 0}`} />
            <Figure name={say(words.raised)} value={wall.today.raised} unit={{ zh: '条', en: '' }} below={`${say(words.becameCases)} ${sayCount(wall.today.cases)}`} />
            <Figure name={say(words.online)} value={devices - silent} unit={{ zh: '台', en: '' }} below={`${say(words.of)} ${sayCount(devices)}　${say(words.silent)} ${sayCount(silent)}`} />
            <Figure name={say(words.water)} value={wet.length} unit={{ zh: '处', en: '' }} below={`${say(words.ofPoints)} ${sayCount(points.length)}${unheard > 0 ? `　${say(words.silent)} ${sayCount(unheard)}` : ''}`} />
          </ul>
          <div className="wall-map">
            <CityMap label={say(words.map)} ground="wall" movers={movers} tools={false} />
          </div>
          <div className="wall-legend">
            {[4, 3, 2, 1].map((level) => (
              <span key={level}>
                <LevelMark level={level} size={22} label /> <b className="number">{counts.levels[level - 1]}</b>
              </span>
            ))}
            <span>
              <Ring size={20} /> {say(words.normal)} <b className="number">{points.length - wet.length - unheard}</b>
            </span>
          </div>
        </div>
        <div className="wall-column">
          <Alarms alarms={open} total={counts.ringing + counts.acknowledged + counts.shelved} />
          <Points points={points} />
        </div>
      </main>
    </div>
  )
}

function Head({ worst, at }: { worst: number; at: string }) {
  const { say, language } = useWords()
  const now = useNow()
  const { day, time, weekday } = wallTime(now)
  const stale = now - +new Date(at) > STALE_MS
  return (
    <header>
      <p className="wall-clock">
        <b className="number">{time}</b> <span className="number">{day}</span> <span>{sayWeekday(weekday, language)}</span>
      </p>
      <h1>
        {worst > 0 && <LevelMark level={worst} size={38} />} {say(words.title)}
        <small>{worst > 0 ? say(LEVELS[worst - 1]!.words) : say(words.calm)}</small>
      </h1>
      <p className="wall-end">
        <span data-stale={stale || undefined}>
          {say(stale ? words.stale : words.data)} <span className="number">{wallTime(at).time}</span>
        </span>
        <button type="button" className="plain-button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')} aria-label={say(words.switchLanguage)}>
          {say(words.language)}
        </button>
        <a href="/workbench/alarms">{say(words.desk)}</a>
      </p>
    </header>
  )
}

function Figure({ name, value, unit, below }: { name: string; value: number; unit: { zh: string; en: string }; below: string }) {
  const { say } = useWords()
  return (
    <li>
      <span>{name}</span>
      <b>
        <span className="number">{sayCount(value)}</span> <small>{say(unit)}</small>
      </b>
      <span>{below}</span>
    </li>
  )
}

/** Quiet flood points as rings, what rings by its level; names where it is orange or red. */
function moversOf(alarms: readonly AlarmShown[], points: readonly FloodPointShown[]): GeoJSON.FeatureCollection {
  const ringing = new Set(alarms.map(({ device }) => device))
  const feature = (id: string, name: string, position: readonly [number, number], level: number): GeoJSON.Feature => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [...position] },
    properties: { id, name, tone: LEVEL_TONES[level], bearing: 0, chosen: false },
  })
  return {
    type: 'FeatureCollection',
    features: [
      ...points.flatMap(({ device, name, position, state }) => (position && !ringing.has(device) ? [feature(device, state > 2 ? name : '', position, state)] : [])),
      ...alarms.toReversed().flatMap(({ device, deviceName, position, level, peak }) => (position ? [feature(device, (level || peak) > 2 ? deviceName : '', position, level || peak)] : [])),
    ],
  }
}
