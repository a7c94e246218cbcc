import { useNow } from './clock.ts'
import { Lamp, type LampColour } from './lamp.tsx'
import { sayDuration } from './say-time.ts'
import { useWords } from './words.ts'

/** A running deadline: when its clock started, when it is due, and, for a stopped clock, that it stands. */
export interface Deadline {
  lamp: LampColour
  from?: string | null
  dueAt?: string | null
  /** The moment from which the lamp is yellow: where the tick of the bar stands. */
  yellowAt?: string | null
}

/** The lamp as the clock stands now: the page turns it by itself, a second before the server's word arrives. */
export function lampNow({ lamp, dueAt, yellowAt }: Deadline, now: number): LampColour {
  if (lamp === 'grey' || !dueAt) return lamp
  if (now >= Date.parse(dueAt)) return 'red'
  if (yellowAt && now >= Date.parse(yellowAt)) return 'yellow'
  return lamp
}

/** `余 3 时 12 分`, `超 41 分 06 秒`, `停`, in the reader's language. */
export function useRemaining(deadline: Deadline) {
  const now = useNow()
  const { language } = useWords()
  const lamp = lampNow(deadline, now)
  const left = deadline.dueAt ? Date.parse(deadline.dueAt) - now : undefined
  const span = left === undefined ? '' : sayDuration(left, language)
  const zh = language === 'zh'
  const before = lamp === 'grey' ? (zh ? '停' : 'Stopped') : left === undefined ? '' : left < 0 ? (zh ? '超' : 'over') : zh ? '余' : ''
  const after = !zh && lamp !== 'grey' && left !== undefined && left >= 0 ? 'left' : ''
  return { lamp, before, span: lamp === 'grey' ? '' : span, after, used: used(deadline, now), tick: tick(deadline) }
}

function used({ from, dueAt }: Deadline, now: number): number {
  if (!from || !dueAt) return 0
  const [start, end] = [Date.parse(from), Date.parse(dueAt)]
  return end <= start ? 1 : Math.min(1, Math.max(0, (now - start) / (end - start)))
}

// On a clock of working hours 80 % of the limit is not 80 % of the wall's time, so the tick stands where the lamp turns.
function tick({ from, dueAt, yellowAt }: Deadline): number {
  if (!from || !dueAt || !yellowAt) return 0.8
  const [start, end] = [Date.parse(from), Date.parse(dueAt)]
  return end <= start ? 0.8 : Math.min(1, Math.max(0, (Date.parse(yellowAt) - start) / (end - start)))
}

export function Countdown({ deadline, bar = true }: { deadline: Deadline; bar?: boolean }) {
  const { lamp, before, span, after, used: share, tick: at } = useRemaining(deadline)
  if (!deadline.dueAt && lamp !== 'grey') return <span className="muted">—</span>
  return (
    <div className={`countdown ${lamp}`}>
      <Lamp colour={lamp} />
      <div>
        <span className="left">
          {before} <b>{span}</b> {after}
        </span>
        {bar && (
          <span className="bar" aria-hidden="true">
            <i style={{ width: `${share * 100}%` }} />
            <em style={{ left: `${at * 100}%` }} />
          </span>
        )}
      </div>
    </div>
  )
}
