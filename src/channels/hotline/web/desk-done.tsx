import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { groupNumber, useWords } from '../../../kernel/web/index.ts'
import { words } from './words.ts'

export interface Done {
  readonly kind: 'case' | 'joined' | 'answered' | 'ended'
  readonly number?: string
  readonly queryWord?: string
}

/** What is to be told to the caller before they hang up. */
export function DeskDone({ done, next }: { done: Done; next: () => void }) {
  const { say } = useWords()
  const title = { case: words.done, joined: words.joined, answered: words.answered, ended: words.ended }[done.kind]
  return (
    <section className="desk-idle">
      <div className="card pad" data-testid="desk-done">
        <h2>{say(title)}</h2>
        {done.number && (
          <>
            <p className="big number">{groupNumber(done.number)}</p>
            {done.queryWord && (
              <p>
                {say(words.query)} <b className="number">{done.queryWord}</b>
              </p>
            )}
            <p className="muted">{say(words.tellThem)}</p>
          </>
        )}
        <p className="buttons">
          <Button type="primary" size="large" onClick={next} autoFocus>
            {say(words.next)} <kbd>Enter</kbd>
          </Button>
          {done.number && (
            <Link to={`/cases/${done.number}` as never} className="plain-button">
              {say(words.open)}
            </Link>
          )}
        </p>
      </div>
    </section>
  )
}
