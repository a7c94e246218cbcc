import { Link } from '@tanstack/react-router'
import { Lamp, lampWords, sayCount, useWords, type LampColour } from '../../kernel/web/index.ts'
import type { Overview } from '../contract.ts'

const words = {
  now: { zh: '此刻在办', en: 'Open now' },
  case: { zh: '件', en: '' },
  map: { zh: '地图查看', en: 'On the map' },
  none: { zh: '没有在办案件', en: 'No case is open' },
}

const ORDER: readonly LampColour[] = ['green', 'yellow', 'red', 'grey']
const COLOUR: Record<LampColour, string> = { green: 'var(--green)', yellow: 'var(--yellow)', red: 'var(--red)', grey: 'var(--ink-300)' }

/** What is open at this moment, by lamp and by where it stands; every count leads to its cases. */
export function Standing({ overview }: { overview: Overview }) {
  const { say } = useWords()
  const { open, lamps, states } = overview.standing
  const most = Math.max(1, ...states.map(({ count }) => count))
  return (
    <section className="card pad standing">
      <div className="card-head">
        <h2>
          {say(words.now)} {sayCount(open)} {say(words.case)}
        </h2>
        <Link to={'/map' as never} className="small">
          {say(words.map)}
        </Link>
      </div>
      <div className="lamp-counts">
        {ORDER.map((lamp) => (
          <Link key={lamp} to={'/cases' as never} search={{ open: 'true', lamp } as never}>
            <span>
              <Lamp colour={lamp} size={18} label={false} /> {say(lampWords[lamp])}
            </span>
            <b>{sayCount(lamps[lamp])}</b>
          </Link>
        ))}
      </div>
      <div className="lamp-bar" aria-hidden="true">
        {ORDER.map((lamp) => lamps[lamp] > 0 && <i key={lamp} style={{ flexGrow: lamps[lamp], background: COLOUR[lamp] }} />)}
      </div>
      {states.length === 0 && <p className="muted">{say(words.none)}</p>}
      <ul className="bars">
        {states.map(({ code, name, count }) => (
          <li key={code}>
            <Link to={'/cases' as never} search={{ state: code } as never}>
              {name}
            </Link>
            <b>{sayCount(count)}</b>
            <u>
              <i style={{ width: `${(count / most) * 100}%` }} />
            </u>
          </li>
        ))}
      </ul>
    </section>
  )
}
