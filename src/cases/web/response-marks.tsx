import { Lamp, sayDuration, useRemaining, useWords } from '../../kernel/web/index.ts'
import type { MarkBody, ResponseBody } from '../contract.ts'
import './responses.css'

const words = {
  measured: { zh: '实测', en: 'Measured' },
  clicked: { zh: '点击', en: 'Clicked' },
  claimed: { zh: '自报', en: 'Said' },
  within: { zh: '限', en: 'within' },
  none: { zh: '未到', en: 'Not yet' },
  missed: { zh: '无记录', en: 'No record' },
}

/** The five marks of a response: how long each took and how it is known, or how long is left. */
export function ResponseMarks({ response }: { response: ResponseBody }) {
  return (
    <ol className="response-marks">
      {response.marks.map((mark) => (
        <MarkCell key={mark.mark} mark={mark} response={response} />
      ))}
    </ol>
  )
}

function MarkCell({ mark, response }: { mark: MarkBody; response: ResponseBody }) {
  const { say, language } = useWords()
  const since = (at: string) => sayDuration(Date.parse(at) - Date.parse(response.orderedAt), language)
  return (
    <li className={mark.at ? 'done' : 'waits'} {...(mark.late && { 'data-late': true })} {...(mark.dueAt && { 'data-limit': true })}>
      <span className="what">
        {say(mark.words)}
        {mark.dueAt && (
          <small>
            {say(words.within)} {since(mark.dueAt)}
          </small>
        )}
      </span>
      {mark.at ? (
        <span className="took">
          {mark.dueAt && <Lamp colour={mark.late ? 'red' : 'green'} size={15} />}
          <b>{since(mark.at)}</b>
          <i className={`tag ${mark.how === 'measured' ? 'brand' : ''}`}>{say(mark.how === 'measured' ? words.measured : words.clicked)}</i>
        </span>
      ) : response.endedAt || !mark.dueAt ? (
        <span className="took muted">{say(response.endedAt ? words.missed : words.none)}</span>
      ) : (
        <Left mark={mark} response={response} />
      )}
      {mark.claimedAt && (
        <small className="muted">
          {say(words.claimed)} {since(mark.claimedAt)}
        </small>
      )}
    </li>
  )
}

/** What is left of a mark that has not come. */
function Left({ mark, response }: { mark: MarkBody; response: ResponseBody }) {
  const [from, due] = [Date.parse(response.orderedAt), Date.parse(mark.dueAt!)]
  const yellowAt = new Date(from + (due - from) * 0.8).toISOString()
  const { lamp, before, span, after } = useRemaining({ lamp: 'green', from: response.orderedAt, dueAt: mark.dueAt, yellowAt })
  return (
    <span className={`took ${lamp}`} role="timer">
      <Lamp colour={lamp} size={15} />
      {before} <b>{span}</b> {after}
    </span>
  )
}
