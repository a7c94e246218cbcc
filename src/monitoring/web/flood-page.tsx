import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { ErrorState, Loading, sayMoment, useAddress, useWords } from '../../kernel/web/index.ts'
import { LEVELS, type FloodShown, type RainEventShown } from '../contract.ts'
import { PointPanel } from './flood-point.tsx'
import { floodMovers, PointsColumn, Ring } from './flood-points.tsx'
import { floodQuery, rainEventsQuery } from './flood-queries.ts'
import { RainColumn } from './flood-rain.tsx'
import { sayCm, sayOutlook } from './flood-words.ts'
import { LevelMark } from './level-mark.tsx'
import './flood.css'

const words = {
  title: { zh: '内涝', en: 'Floods' },
  map: { zh: '积水点；右侧列表是同样的点位', en: 'Flood points; the list beside it holds the same' },
  quiet: { zh: '各点水位均在蓝色以下', en: 'All points are below blue' },
  others: { zh: '其余各点水位均在蓝色以下', en: 'all others are below blue' },
  data: { zh: '数据', en: 'Data' },
  back: { zh: '回看', en: 'Looking back at' },
  now: { zh: '回到现在', en: 'Back to now' },
  slide: { zh: '回看的时刻', en: 'The moment that is shown' },
  normal: { zh: '正常', en: 'Below blue' },
}

const MINUTE_MS = 60_000
const STEP_MS = 5 * MINUTE_MS

export default function FloodPage() {
  const { say } = useWords()
  const [{ at, point }, setAddress] = useAddress<{ at?: string; point?: string }>()
  const found = useQuery(floodQuery(at))
  const flood = found.data
  const chosen = flood?.points.find(({ device }) => device === point) ?? flood?.points[0]
  const movers = useMemo(() => floodMovers(flood?.points ?? [], chosen?.device), [flood?.points, chosen?.device])
  // Where the rain is heaviest, some two fifths into it.
  const showAt = ({ beganAt, endedAt }: RainEventShown) => {
    const [from, to] = [+new Date(beganAt), endedAt ? +new Date(endedAt) : +new Date(flood!.at)]
    setAddress({ at: new Date(Math.round((from + 0.45 * (to - from)) / STEP_MS) * STEP_MS).toISOString(), point: undefined })
  }
  if (found.isError && !flood) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!flood) return <Loading lines={12} />
  return (
    <div className="flood">
      <Band flood={flood} asked={at} show={(moment) => setAddress({ at: moment })} />
      <div className="flood-body">
        <RainColumn flood={flood} showAt={showAt} />
        <div className="flood-middle">
          <div className="card flood-map">
            <CityMap label={say(words.map)} movers={movers} padding={{ left: 0, right: 0, bottom: 52 }} onPick={(device) => setAddress({ point: device })} />
            <div className="card flood-legend small">
              {[4, 3, 2, 1].map((level) => (
                <LevelMark key={level} level={level} size={16} label />
              ))}
              <span>
                <Ring /> {say(words.normal)}
              </span>
            </div>
          </div>
          {chosen && <PointPanel device={chosen.device} at={at} />}
        </div>
        <PointsColumn points={flood.points} chosen={chosen?.device} choose={(device) => setAddress({ point: device })} />
      </div>
    </div>
  )
}

interface BandProps {
  readonly flood: FloodShown
  readonly asked: string | undefined
  readonly show: (moment: string | undefined) => void
}

function Band({ flood, asked, show }: BandProps) {
  const { say, language } = useWords()
  const worst = flood.points.find(({ silent }) => !silent)
  const state = worst?.state ?? 0
  const silent = flood.points.filter((point) => point.silent).length
  const count = flood.points.filter(({ state: each }) => each > 0).length
  return (
    <header className="flood-band" data-state={state}>
      {state > 0 && <LevelMark level={state} size={26} />}
      <h1>{say(words.title)}</h1>
      {worst && state > 0 ? (
        <p>
          <b>{say(LEVELS[state - 1]!.words)}</b> {language === 'zh' ? `${count} 处积水，最重 ${worst.name} ${sayCm(worst.level)} 厘米，` : `Water at ${count} points, the worst ${worst.name} with ${sayCm(worst.level)} cm, `}
          {sayOutlook(worst, language).text}
        </p>
      ) : (
        <p>{flood.points.length > 0 && (silent === 0 ? say(words.quiet) : [language === 'zh' ? `${silent} 处没有新读数` : `${silent} points are silent`, ...(worst ? [say(words.others)] : [])].join(language === 'zh' ? '，' : ', '))}</p>
      )}
      {asked ? <Back asked={asked} flood={flood} show={show} /> : <span className="number small right">{`${say(words.data)} ${sayMoment(flood.at)}`}</span>}
    </header>
  )
}

/** Steps through a rain of the past. */
function Back({ asked, flood, show }: BandProps & { asked: string }) {
  const { say } = useWords()
  const events = useQuery(rainEventsQuery).data?.items ?? []
  const at = +new Date(asked)
  const event = events.find(({ beganAt, endedAt }) => at >= +new Date(beganAt) - 60 * MINUTE_MS && at <= (endedAt ? +new Date(endedAt) + 180 * MINUTE_MS : Infinity))
  const from = event ? +new Date(event.beganAt) - 30 * MINUTE_MS : at - 120 * MINUTE_MS
  const to = Math.max(at, event?.endedAt ? +new Date(event.endedAt) + 120 * MINUTE_MS : at + 60 * MINUTE_MS)
  return (
    <div className="flood-back">
      <span className="number">
        {say(words.back)} <b>{sayMoment(flood.at).slice(0, 16)}</b>
      </span>
      <input
        type="range"
        min={from}
        max={to}
        step={STEP_MS}
        value={at}
        aria-label={say(words.slide)}
        aria-valuetext={sayMoment(at)}
        onChange={(event_) => show(new Date(Number(event_.target.value)).toISOString())}
      />
      <Button size="small" type="primary" onClick={() => show(undefined)}>
        {say(words.now)}
      </Button>
    </div>
  )
}
