import { Icon, sayMoment, useWords } from '../../kernel/web/index.ts'
import { sayKmh } from './vehicle-words.ts'

const words = {
  player: { zh: '回放', en: 'Replay' },
  play: { zh: '播放', en: 'Play' },
  pause: { zh: '暂停', en: 'Pause' },
  time: { zh: '时刻', en: 'Time' },
  rate: { zh: '倍速', en: 'Speed of the replay' },
}

const RATES = [10, 60, 300, 1200] as const
const STEP_MS = 1000

interface Props {
  readonly at: number
  readonly begin: number
  readonly end: number
  readonly kmh: number
  /** Beginnings and ends, drawn on the bar. */
  readonly stops: readonly (readonly number[])[]
  readonly playing: boolean
  readonly rate: number
  readonly setRate: (rate: number) => void
  readonly seek: (at: number) => void
  readonly toggle: () => void
}

/** Plays a day: a bar with its stops, the time, and how quickly it goes. */
export function VehiclePlayer({ at, begin, end, kmh, stops, playing, rate, setRate, seek, toggle }: Props) {
  const { say } = useWords()
  const share = (time: number) => `${((time - begin) / Math.max(1, end - begin)) * 100}%`
  const label = say(playing ? words.pause : words.play)
  return (
    <section className="card player" aria-label={say(words.player)}>
      <button type="button" className="player-go" aria-label={label} title={label} onClick={toggle}>
        <Icon name={playing ? 'pause' : 'play'} size={20} />
      </button>
      <div className="player-time">
        <b className="number">{sayMoment(at).slice(11)}</b>
        <span className="number muted small">{sayKmh(kmh)}</span>
      </div>
      <div className="player-bar">
        <div className="player-stops" aria-hidden="true">
          {stops.map(([from, to]) => (
            <i key={from} style={{ left: share(from!), width: `calc(${share(to!)} - ${share(from!)})` }} />
          ))}
        </div>
        <input
          type="range"
          aria-label={say(words.time)}
          aria-valuetext={sayMoment(at).slice(11)}
          min={begin}
          max={end}
          step={STEP_MS}
          value={at}
          onChange={(event) => seek(Number(event.target.value))}
        />
        <div className="player-ends number muted small">
          <span>{sayMoment(begin).slice(11, 16)}</span>
          <span>{sayMoment(end).slice(11, 16)}</span>
        </div>
      </div>
      <div className="segments" role="group" aria-label={say(words.rate)}>
        {RATES.map((each) => (
          <button key={each} type="button" aria-pressed={rate === each} onClick={() => setRate(each)}>
            {each}×
          </button>
        ))}
      </div>
    </section>
  )
}
