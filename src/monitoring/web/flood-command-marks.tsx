import { Lamp, sayDuration, sayNear, useNow, useRemaining, useWords } from '../../kernel/web/index.ts'
import type { AssignmentMark, AssignmentShown } from '../contract.ts'

const words = {
  measured: { zh: '实测', en: 'measured' },
  clicked: { zh: '点击', en: 'by hand' },
  within: { zh: '限', en: 'within' },
  none: { zh: '尚未', en: 'not yet' },
  missed: { zh: '无记录', en: 'no record' },
}

/** The marks of a call-up or an order: when each came and how that is known, or how long is left. */
export function AssignmentMarks({ assignment }: { assignment: AssignmentShown }) {
  return (
    <ol className="fc-marks" data-kind={assignment.kind}>
      {assignment.marks.map((mark) => (
        <MarkCell key={mark.mark} mark={mark} assignment={assignment} />
      ))}
    </ol>
  )
}

function MarkCell({ mark, assignment }: { mark: AssignmentMark; assignment: AssignmentShown }) {
  const { say, language } = useWords()
  const now = useNow()
  const { orderedAt, endedAt } = assignment
  const since = (at: string) => sayDuration(Date.parse(at) - Date.parse(orderedAt), language)
  return (
    <li data-done={mark.at !== null || undefined} data-late={mark.late || undefined}>
      <span className="what">
        {say(mark.words)}{' '}
        {mark.dueAt && (
          <small>
            {say(words.within)} {Math.round((Date.parse(mark.dueAt) - Date.parse(orderedAt)) / 60_000)} {language === 'zh' ? '分' : 'min'}
          </small>
        )}
      </span>
      {mark.at ? (
        <span className="took" title={sayNear(mark.at, now)}>
          <Lamp colour={mark.late ? 'red' : 'green'} size={14} />
          <b>{since(mark.at)}</b>
          <i className={`tag ${mark.how === 'measured' ? 'brand' : ''}`}>{say(mark.how === 'measured' ? words.measured : words.clicked)}</i>
        </span>
      ) : mark.dueAt && !endedAt ? (
        <Left mark={mark} orderedAt={orderedAt} />
      ) : (
        <span className="took muted">{say(endedAt ? words.missed : words.none)}</span>
      )}
    </li>
  )
}

/** What is left of a mark that has not come. */
function Left({ mark: { dueAt }, orderedAt }: { mark: AssignmentMark; orderedAt: string }) {
  const [from, due] = [Date.parse(orderedAt), Date.parse(dueAt!)]
  const yellowAt = new Date(from + (due - from) * 0.8).toISOString()
  const { lamp, before, span, after } = useRemaining({ lamp: 'green', from: orderedAt, dueAt, yellowAt })
  return (
    <span className={`took ${lamp}`} role="timer">
      <Lamp colour={lamp} size={14} />
      {before} <b>{span}</b> {after}
    </span>
  )
}
