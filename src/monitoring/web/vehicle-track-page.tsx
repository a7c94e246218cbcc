import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useMemo, useState } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { addDays, EmptyState, ErrorState, Icon, Loading, sayCount, sayDuration, sayMoment, serverNow, startOfDay, useAddress, useWords, type Box } from '../../kernel/web/index.ts'
import type { TrackShown } from '../contract.ts'
import { linesOf, placeAt } from '../vehicles/replay.ts'
import { VehiclePlayer } from './vehicle-player.tsx'
import { trackQuery, useVehiclesPath, vehicleQuery } from './vehicle-queries.ts'
import { sayKmh, sayWay } from './vehicle-words.ts'
import './vehicles.css'

const words = {
  title: { zh: '轨迹回放', en: 'Replay' },
  vehicles: { zh: '车辆', en: 'Vehicles' },
  map: { zh: '一天的轨迹；旁边的停留表是同样的内容', en: 'The track of a day; the table of stops beside it holds the same' },
  day: { zh: '日期', en: 'Day' },
  before: { zh: '前一天', en: 'The day before' },
  after: { zh: '后一天', en: 'The day after' },
  way: { zh: '里程', en: 'Distance' },
  moving: { zh: '行驶', en: 'Moving' },
  top: { zh: '最高速度', en: 'Top speed' },
  positions: { zh: '位置', en: 'Positions' },
  stops: { zh: '停留', en: 'Stops' },
  from: { zh: '到达', en: 'From' },
  to: { zh: '离开', en: 'To' },
  long: { zh: '时长', en: 'For' },
  none: { zh: '这一天没有位置。换一天看看。', en: 'There are no positions of this day. Try another.' },
  noStops: { zh: '没有 3 分钟以上的停留。', en: 'No stop of 3 minutes or more.' },
  media: { zh: '多媒体事件', en: 'Multimedia events' },
}

const dayOf = (at: number): string => sayMoment(at).slice(0, 10)
const DAY = /^\d{4}-\d\d-\d\d$/

export default function VehicleTrackPage() {
  const { code } = useParams({ strict: false }) as { code: string }
  const { say } = useWords()
  const [address, setAddress] = useAddress<{ day?: string }>()
  const today = dayOf(serverNow())
  const day = DAY.test(address.day ?? '') ? address.day! : today
  const vehicle = useQuery(vehicleQuery(code))
  const track = useQuery(trackQuery(code, day, day === today))
  if (vehicle.isError) return <ErrorState error={vehicle.error} retry={() => void vehicle.refetch()} />
  const go = (next: string) => DAY.test(next) && next <= today && setAddress({ day: next === today ? undefined : next })
  return (
    <div className="track">
      <header className="track-head">
        <Link to={useVehiclesPath() as never} className="small" aria-label={say(words.vehicles)}>
          <Icon name="left" size={14} /> {say(words.vehicles)}
        </Link>
        <h1>
          {vehicle.data?.name ?? '…'} <span className="muted small">{vehicle.data?.plate}</span>
        </h1>
        <div className="track-day">
          <button type="button" aria-label={say(words.before)} onClick={() => go(addDays(day, -1))}>
            <Icon name="left" size={14} />
          </button>
          <DatePicker allowClear={false} aria-label={say(words.day)} value={dayjs(day)} maxDate={dayjs(today)} onChange={(next) => next && go(next.format('YYYY-MM-DD'))} />
          <button type="button" aria-label={say(words.after)} disabled={day === today} onClick={() => go(addDays(day, 1))}>
            <Icon name="right" size={14} />
          </button>
        </div>
      </header>
      {track.isError ? (
        <ErrorState error={track.error} retry={() => void track.refetch()} />
      ) : track.data ? (
        <Replay key={`${code} ${day}`} track={track.data} day={day} name={vehicle.data?.name ?? ''} />
      ) : (
        <Loading />
      )}
    </div>
  )
}

/** The map is drawn so often while it plays; the marker stands where it was to the frame. */
const DRAW_MS = 80

function Replay({ track, day, name }: { track: TrackShown; day: string; name: string }) {
  const { say } = useWords()
  const { points, stops } = track
  const begin = points[0]?.[0] ?? Date.parse(startOfDay(day))
  const end = points.at(-1)?.[0] ?? begin
  // Nobody wants to watch the night before the first way.
  const first = stops[0] && Date.parse(stops[0].from) === begin ? Date.parse(stops[0].to) : begin
  const [at, setAt] = useState(first)
  const [playing, setPlaying] = useState(false)
  const [rate, setRate] = useState(60)

  useEffect(() => {
    if (!playing) return
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      const passed = (now - last) * rate
      last = now
      setAt((before) => Math.min(end, before + passed))
    }, DRAW_MS)
    return () => clearInterval(timer)
  }, [playing, rate, end])
  useEffect(() => void (at >= end && setPlaying(false)), [at, end])

  const placed = useMemo(() => placeAt(points, at), [points, at])
  const whole = useMemo(() => linesOf(points), [points])
  const fit = useMemo(() => boxOf(points), [points])
  const index = placed?.index ?? 0
  const ways = useMemo(() => waysOf(whole, linesOf(points, 0, index)), [whole, points, index])
  const movers = useMemo(() => moverOf(placed, name, at > begin && at < end), [placed, name, at, begin, end])
  const dots = useMemo(() => dotsOf(stops), [stops])
  const stop = stops.findIndex(({ from, to }) => at >= Date.parse(from) && at <= Date.parse(to))
  if (points.length === 0) return <EmptyState why={say(words.none)} />
  return (
    <div className="track-body">
      <div className="track-map">
        <CityMap label={say(words.map)} ways={ways} movers={movers} dots={dots} fit={fit} padding={{ left: 24, right: 24, bottom: 96 }} />
        <VehiclePlayer
          at={at}
          begin={begin}
          end={end}
          kmh={stop >= 0 ? 0 : (placed?.kmh ?? 0)}
          stops={stops.map(({ from, to }) => [Date.parse(from), Date.parse(to)])}
          playing={playing}
          rate={rate}
          setRate={setRate}
          seek={(to) => setAt(Math.max(begin, Math.min(end, to)))}
          toggle={() => {
            if (!playing && at >= end) setAt(first)
            setPlaying(!playing)
          }}
        />
      </div>
      <Side track={track} stop={stop} seek={setAt} />
    </div>
  )
}

function Side({ track, stop, seek }: { track: TrackShown; stop: number; seek: (at: number) => void }) {
  const { say, language } = useWords()
  const { stops, positions, metres, movingMs, topKmh, media } = track
  const figures = [
    [words.way, sayWay(metres, language)],
    [words.moving, sayDuration(movingMs, language)],
    [words.top, sayKmh(topKmh)],
    [words.positions, sayCount(positions)],
  ] as const
  return (
    <aside className="track-side">
      <dl className="track-figures">
        {figures.map(([label, value]) => (
          <div key={label.en}>
            <dt>{say(label)}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
      <h2>
        {say(words.stops)} <span className="muted">{sayCount(stops.length)}</span>
      </h2>
      {stops.length === 0 ? (
        <p className="muted small">{say(words.noStops)}</p>
      ) : (
        <div className="track-stops">
          <table>
            <thead>
              <tr>
                <th>#</th>
                <th>{say(words.from)}</th>
                <th>{say(words.to)}</th>
                <th>{say(words.long)}</th>
              </tr>
            </thead>
            <tbody>
              {stops.map(({ from, to }, i) => (
                <tr key={from} {...(i === stop && { className: 'on' })}>
                  <td>
                    <button type="button" aria-pressed={i === stop} onClick={() => seek(Date.parse(from))}>
                      {i + 1}
                    </button>
                  </td>
                  <td className="number">{sayMoment(from).slice(11)}</td>
                  <td className="number">{sayMoment(to).slice(11)}</td>
                  <td className="number">{sayDuration(Date.parse(to) - Date.parse(from), language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {media.length > 0 && (
        <p className="muted small">
          {say(words.media)} {media.map((each) => sayMoment(each.at).slice(11)).join(' · ')}
        </p>
      )}
    </aside>
  )
}

type Lines = readonly (readonly (readonly [number, number])[])[]

const wayOf = (tone: 'ahead' | 'done', lines: Lines): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { tone },
  geometry: { type: 'MultiLineString', coordinates: lines.map((line) => line.map(([lng, lat]) => [lng, lat])) },
})

const waysOf = (whole: Lines, done: Lines): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features: [wayOf('ahead', whole), wayOf('done', done)] })

const moverOf = (placed: ReturnType<typeof placeAt>, name: string, going: boolean): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: placed
    ? [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: placed.position },
          properties: { id: '', name, bearing: placed.bearing, tone: going && placed.kmh > 0 ? 'moving' : 'still' },
        },
      ]
    : [],
})

const dotsOf = (stops: TrackShown['stops']): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: stops.map(({ position }, i) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [...position] }, properties: { name: String(i + 1) } })),
})

function boxOf(points: TrackShown['points']): Box | undefined {
  if (points.length === 0) return undefined
  const lngs = points.map(([, lng]) => lng)
  const lats = points.map(([, , lat]) => lat)
  const least = (values: number[]) => values.reduce((one, other) => Math.min(one, other))
  const most = (values: number[]) => values.reduce((one, other) => Math.max(one, other))
  return [least(lngs), least(lats), most(lngs), most(lats)]
}
