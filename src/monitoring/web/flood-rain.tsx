import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Chart, EmptyState, sayMoment, useWords, wallTime } from '../../kernel/web/index.ts'
import type { FloodShown, RainEventShown } from '../contract.ts'
import { rainOption, tens } from './flood-chart.ts'
import { rainEventsQuery } from './flood-queries.ts'
import { minutesWords, sayMm, sayYears } from './flood-words.ts'

const words = {
  rain: { zh: '雨情', en: 'Rain' },
  mean: { zh: '平均', en: 'mean of' },
  gauges: { zh: '站', en: 'gauges' },
  hour: { zh: '近 1 小时', en: 'Last hour' },
  since: { zh: '本场累计', en: 'This event' },
  day: { zh: '近 24 小时', en: 'Last 24 h' },
  mm: { zh: '毫米', en: 'mm' },
  bars: { zh: '10 分钟雨量（毫米，各站平均）', en: 'Rain in 10 minutes (mm, mean of the gauges)' },
  time: { zh: '时间', en: 'Time' },
  most: { zh: '最大单站 5 分钟', en: 'Most at one in 5 min' },
  station: { zh: '雨量站', en: 'Gauge' },
  h1: { zh: '1 小时', en: '1 h' },
  h24: { zh: '24 小时', en: '24 h' },
  running: { zh: '正在进行的降雨', en: 'Rain that goes on' },
  resting: { zh: '本场降雨，雨已停歇', en: 'This rain, which has paused' },
  that: { zh: '当场降雨（全程）', en: 'That rain, as a whole' },
  calm: { zh: '现在没有降雨过程。', en: 'It does not rain now.' },
  began: { zh: '开始', en: 'Began' },
  max: { zh: '最大', en: 'most' },
  rarity: { zh: '重现期', en: 'Return period' },
  events: { zh: '历次降雨', en: 'Past rain' },
  noEvents: { zh: '还没有降雨过程。', en: 'No rain has been found yet.' },
  show: { zh: '回看', en: 'Look back' },
  silent: { zh: '静默', en: 'silent' },
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length)

export function RainColumn({ flood, showAt }: { flood: FloodShown; showAt: (event: RainEventShown) => void }) {
  const { say } = useWords()
  const { gauges, rain, event } = flood
  const option = useMemo(() => rainOption(rain), [rain])
  return (
    <section className="card flood-rain" aria-label={say(words.rain)}>
      <h2>
        {say(words.rain)}{' '}
        <span>
          {say(words.mean)} {gauges.length} {say(words.gauges)}
        </span>
      </h2>
      <div className="flood-figures">
        <Figure name={say(words.hour)} mm={meanOf(gauges.map(({ hour }) => hour))} />
        <Figure name={say(words.day)} mm={meanOf(gauges.map(({ day }) => day))} />
      </div>
      <p className="muted small">{say(words.bars)}</p>
      <Chart
        label={say(words.bars)}
        height={150}
        option={option}
        table={{ heads: [say(words.time), say(words.bars), say(words.most)], rows: tens(rain).map(([end, mean, most]) => [sayMoment(end), sayMm(mean), sayMm(most)]) }}
      />
      <Event event={event} past={flood.past} falls={rain.slice(-2).some(([, mm]) => mm > 0)} />
      {!event && <PastRain showAt={showAt} />}
      <table className="flood-table mt">
        <thead>
          <tr>
            <th scope="col">{say(words.station)}</th>
            <th scope="col">{say(words.h1)}</th>
            <th scope="col">{say(words.h24)}</th>
          </tr>
        </thead>
        <tbody>
          {gauges.map(({ device, name, hour, day, silent }) => (
            <tr key={device}>
              <th scope="row">
                <Link to={`/devices/${device}` as never}>{name}</Link> {silent && <span className="tag yellow">{say(words.silent)}</span>}
              </th>
              <td>{sayMm(hour)}</td>
              <td>{sayMm(day)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {event && <PastRain showAt={showAt} />}
    </section>
  )
}

function Figure({ name, mm }: { name: string; mm: number }) {
  const { say } = useWords()
  return (
    <p>
      <span className="muted small">{name}</span>
      <b className="number">{sayMm(mm)}</b> <i>{say(words.mm)}</i>
    </p>
  )
}

function Event({ event, past, falls }: { event: RainEventShown | null; past: boolean; falls: boolean }) {
  const { say, language } = useWords()
  if (!event) return <p className="muted small flood-calm">{say(words.calm)}</p>
  const { rarity } = event
  return (
    <div className="flood-event">
      <b>{say(past || event.endedAt ? words.that : falls ? words.running : words.resting)}</b>
      <span>
        {say(words.began)} {sayMoment(event.beganAt).slice(5, 16)} · {sayMm(event.mean)} {say(words.mm)}
      </span>
      <span>
        {say(words.max)} <Link to={`/devices/${event.most.device}` as never}>{event.most.name}</Link> {sayMm(event.most.total)} {say(words.mm)}
      </span>
      {rarity && (
        <span>
          {say(words.rarity)} {sayYears(rarity, language)} ({minutesWords(rarity.minutes, language)}, <Link to={`/devices/${rarity.device}` as never}>{rarity.name}</Link>)
        </span>
      )}
    </div>
  )
}

function PastRain({ showAt }: { showAt: (event: RainEventShown) => void }) {
  const { say, language } = useWords()
  const found = useQuery(rainEventsQuery)
  const items = found.data?.items ?? []
  return (
    <>
      <h2 className="mt">{say(words.events)}</h2>
      {found.isSuccess && items.length === 0 && <EmptyState why={say(words.noEvents)} />}
      <ol className="flood-events">
        {items.map((event) => (
          <li key={event.beganAt}>
            <button type="button" onClick={() => showAt(event)}>
              <b className="number">{wallTime(event.beganAt).day}</b>
              <span className="number">
                {wallTime(event.beganAt).time.slice(0, 5)}–{event.endedAt ? wallTime(event.endedAt).time.slice(0, 5) : '…'}
              </span>
              <span className="number">
                {sayMm(event.mean)} {say(words.mm)}
              </span>
              <span className="muted small">
                {say(words.max)} {minutesWords(60, language)} {sayMm(event.most60)} · {sayYears(event.rarity, language)}
              </span>
              <span className="small go">{say(words.show)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}
