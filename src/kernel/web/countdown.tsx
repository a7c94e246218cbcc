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

/** The share of a limit after which its lamp is yellow. */
export const YELLOW = 0.8

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
  return { lamp, before, span: lamp === 'grey' ? '' : span, after, used: used(deadline, now) }
}

function used({ from, dueAt, yellowAt }: Deadline, now: number): number {
  if (!from || !dueAt) return 0
  const [start, end] = [Date.parse(from), Date.parse(dueAt)]
  if (end <= start) return 1
  const share = (now - start) / (end - start)
  // On a clock of working hours 80 % of the limit is not 80 % of the wall's time: the bar reaches its tick when the lamp turns.
  const turn = yellowAt ? (Date.parse(yellowAt) - start) / (end - start) : YELLOW
  const bent = share < turn ? (share / turn) * YELLOW : YELLOW + ((share - turn) / (1 - turn || 1)) * (1 - YELLOW)
  return Math.min(1, Math.max(0, bent))
}

export function Countdown({ deadline, bar = true }: { deadline: Deadline; bar?: boolean }) {
  const { lamp, before, span, after, used: share } = useRemaining(deadline)
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
            <em style={{ left: `${YELLOW * 100}%` }} />
          </span>
        )}
      </div>
    </div>
  )
}
