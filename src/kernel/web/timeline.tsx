import type { ReactNode } from 'react'

export interface Moment {
  key: string | number
  time: string
  /** Of a moment that is not of today. */
  day?: string
  title: string
  who?: string
  what?: ReactNode
  evidence?: ReactNode
  clock?: string
  now?: boolean
}

/** What happened, newest first. It only ever grows: there is nothing here to edit. */
export function Timeline({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol className="timeline">
      {moments.map((moment) => (
        <li key={moment.key} {...(moment.now && { className: 'now' })}>
          <time>
            {moment.time}
            {moment.day && <small>{moment.day}</small>}
          </time>
          <div>
            <p>
              <b>{moment.title}</b>
              {moment.who && <span className="who">{moment.who}</span>}
              {moment.what}
            </p>
            {moment.evidence && <div className="evidence">{moment.evidence}</div>}
            {moment.clock && <em className="chip">{moment.clock}</em>}
          </div>
        </li>
      ))}
    </ol>
  )
}
