import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Position } from '../../../kernel/contract.ts'
import { ask, go, serverNow, useWords } from '../../../kernel/web/index.ts'
import { getNearby, type GroupCode, type NearbyCase } from '../contract.ts'
import { addReceipt } from './receipts.ts'
import { sayWhen } from './say-when.ts'
import { T } from './texts.ts'

/** What has already been told of within a stone's throw; following it spares a second report of the same thing. */
export function SameNearby({ position, group }: { position: Position; group?: GroupCode | undefined }) {
  const { say, language } = useWords()
  const [no, setNo] = useState<ReadonlySet<string>>(new Set())
  const { data } = useQuery({
    queryKey: ['same', position, group],
    queryFn: ({ signal }) =>
      ask(getNearby, { query: { lng: position[0], lat: position[1], metres: 60, limit: 5, ...(group && { group }) }, signal }),
    placeholderData: (before) => before,
  })
  const items = (data?.items ?? []).filter(({ number }) => !no.has(number))
  if (items.length === 0) return null
  const follow = (found: NearbyCase) => {
    addReceipt({ number: found.number, what: found.what[language], address: found.address, at: found.reportedAt })
    go(`/progress/${found.number}`)
  }
  const shown = items.slice(0, 3)
  const title =
    language === 'zh' ? `附近已有 ${items.length} 件反映` : `${items.length} report${items.length > 1 ? 's' : ''} near here already`
  return (
    <section className="same" aria-live="polite">
      <h3>{title}</h3>
      {shown.map((found) => (
        <div key={found.number}>
          <div className="one">
            {found.thumbUrl && <img src={found.thumbUrl} alt="" />}
            <div>
              <b>{found.what[language]}</b>
              <span>
                {say(T.awayHere)} {found.metres} {say(T.metres)}
                {language === 'zh' ? '，' : ' away, '}
                {sayWhen(found.reportedAt, serverNow(), language)}
              </span>
              <span className="state">{found.sentence[language]}</span>
            </div>
          </div>
          <div className="acts">
            <button type="button" className="button second brand" onClick={() => follow(found)}>
              {say(T.isThis)}
            </button>
            <button type="button" className="button second" onClick={() => setNo(new Set([...no, found.number]))}>
              {say(T.notThis)}
            </button>
          </div>
        </div>
      ))}
    </section>
  )
}
