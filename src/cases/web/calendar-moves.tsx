import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { EmptyState, groupNumber, Lamp, lampWords, sayCount, sayDuration, sayMoment, useWords } from '../../kernel/web/index.ts'
import type { CalendarMove, CalendarPreview } from '../contract.ts'

const words = {
  title: { zh: '试算结果', en: 'What would move' },
  nothing: { zh: '没有在办案件的时限会变动。', en: 'No limit of an open case would move.' },
  seen: { zh: '在办、按日历计时的案件', en: 'open cases on this calendar' },
  moved: { zh: '会变动', en: 'would move' },
  later: { zh: '推后', en: 'later' },
  sooner: { zh: '提前', en: 'sooner' },
  furthest: { zh: '变动最大的', en: 'The furthest' },
  number: { zh: '案件号', en: 'Case' },
  clock: { zh: '时限', en: 'Limit' },
  before: { zh: '原到期', en: 'Was due' },
  after: { zh: '新到期', en: 'Is due' },
  by: { zh: '变动', en: 'By' },
  lamp: { zh: '灯', en: 'Lamp' },
}

/** What an edit would move, before it is published. */
export function CalendarMoves({ preview }: { preview: CalendarPreview }) {
  const { say } = useWords()
  const { seen, moved, later, sooner, lamps, items } = preview
  const shown = useRef<HTMLElement>(null)
  useEffect(() => shown.current?.scrollIntoView({ block: 'nearest' }), [preview])
  return (
    <section ref={shown} className="card pad" aria-live="polite">
      <h2>{say(words.title)}</h2>
      <p className="move-sums">
        <span>
          <b>{sayCount(seen)}</b> {say(words.seen)}
        </span>
        <span>
          <b>{sayCount(moved)}</b> {say(words.moved)}
        </span>
        <span>
          {say(words.later)} <b>{sayCount(later)}</b>
        </span>
        <span>
          {say(words.sooner)} <b>{sayCount(sooner)}</b>
        </span>
        {lamps.map(({ from, to, cases }) => (
          <span key={`${from} ${to}`}>
            <Lamp colour={from} size={14} /> → <Lamp colour={to} size={14} /> <b>{sayCount(cases)}</b>
          </span>
        ))}
      </p>
      {items.length === 0 ? <EmptyState why={say(words.nothing)} /> : <MoveTable items={items} />}
    </section>
  )
}

export function MoveTable({ items }: { items: readonly CalendarMove[] }) {
  const { say, language } = useWords()
  return (
    <div className="move-rows" tabIndex={0} role="region" aria-label={say(words.furthest)}>
      <table>
        <thead>
          <tr>
            {[words.number, words.clock, words.before, words.after, words.by, words.lamp].map((head) => (
              <th key={head.zh} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const by = Date.parse(item.dueAfter) - Date.parse(item.dueBefore)
            return (
              <tr key={item.number}>
                <td className="number">
                  <Link to={`/cases/${item.number}` as never}>{groupNumber(item.number)}</Link>
                </td>
                <td>{say(item.words)}</td>
                <td className="number">{sayMoment(item.dueBefore)}</td>
                <td className="number">{sayMoment(item.dueAfter)}</td>
                <td className="number">
                  {by < 0 ? '−' : '+'}
                  {sayDuration(by, language)}
                </td>
                <td>
                  <span className="lamps" title={`${say(lampWords[item.lampBefore])} → ${say(lampWords[item.lampAfter])}`}>
                    <Lamp colour={item.lampBefore} size={14} /> → <Lamp colour={item.lampAfter} size={14} />
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
