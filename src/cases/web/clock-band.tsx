import { Lamp, sayDuration, sayNear, YELLOW, useNow, useRemaining, useWords } from '../../kernel/web/index.ts'
import type { CaseBrief } from '../contract.ts'
import { deadlineOf, endLamp, isExcused } from './deadline.ts'
import { sayLimit } from './say-limit.ts'

const words = {
  limit: { zh: '时限', en: 'limit' },
  stopped: { zh: '没有计时', en: 'No clock runs' },
  ended: { zh: '结束于', en: 'Ended' },
  whole: { zh: '全程', en: 'in all' },
  inTime: { zh: '按时处置', en: 'Disposed in time' },
  late: { zh: '超时处置', en: 'Disposed late' },
  excused: { zh: '申诉成立，不计考核', en: 'appeal upheld, not counted' },
  until: { zh: '挂账至', en: 'Suspended until' },
}

/** The clock that runs: which one, what is left, from when, until when, and its limit in its own unit. */
export function ClockBand({ brief }: { brief: CaseBrief }) {
  const { say, language } = useWords()
  const now = useNow()
  const { lamp, before, span, after, used } = useRemaining(deadlineOf(brief))
  const { clock } = brief
  if (!clock) {
    return (
      <div className="clock-band grey">
        <Lamp colour={endLamp(brief)} size={22} label={false} />
        <p>
          <b>{say(brief.endedAt || brief.suspendedUntil ? brief.stateWords : words.stopped)}</b>
          {brief.suspendedUntil && (
            <span>
              {say(words.until)} {sayNear(brief.suspendedUntil, now)}
            </span>
          )}
          {brief.endedAt && (
            <span>
              <i>
                {say(words.ended)} {sayNear(brief.endedAt, now)} ·
              </i>{' '}
              <i>
                {say(words.whole)} {sayDuration(Date.parse(brief.endedAt) - Date.parse(brief.reportedAt), language)}
              </i>
            </span>
          )}
        </p>
        {brief.disposedLate !== null && (
          <p className="right">
            <b>{say(brief.disposedLate ? words.late : words.inTime)}</b>
            {isExcused(brief) && <span>{say(words.excused)}</span>}
          </p>
        )}
      </div>
    )
  }
  const zh = language === 'zh'
  return (
    <div className={`clock-band ${lamp}`}>
      <Lamp colour={lamp} size={24} />
      <p>
        <b>
          {say(clock.words)}{' '}
          <i>
            {before} {span} {after}
          </i>
        </b>
        <span>
          <i>{zh ? `${sayNear(clock.from, now)} 起 ·` : `from ${sayNear(clock.from, now)} ·`}</i>{' '}
          <i>{zh ? `${sayNear(clock.dueAt, now)} 到期` : `due ${sayNear(clock.dueAt, now)}`}</i>
        </span>
      </p>
      <p className="right">
        <b>{sayLimit(clock.amount, clock.unit, language)}</b>
        <span>
          {say(clock.words)}
          {zh ? '' : ' '}
          {say(words.limit)}
        </span>
      </p>
      <u aria-hidden="true">
        <i style={{ width: `${used * 100}%` }} />
        <em style={{ left: `${YELLOW * 100}%` }} />
      </u>
    </div>
  )
}
