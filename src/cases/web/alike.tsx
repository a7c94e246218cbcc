import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { groupNumber, Lamp, sayList, useWords } from '../../kernel/web/index.ts'
import { draftCandidatesQuery, type DraftReport } from './incident/queries.ts'
import { StormOffers } from './incident/storm-offers.tsx'

const words = {
  title: { zh: '疑似同一事件', en: 'Perhaps the same incident' },
  none: { zh: '附近没有相似的案件', en: 'No case near is like it' },
}

/** What may tell of the same as the report that is being written, so that nothing is registered twice. */
export function Alike(draft: DraftReport) {
  const { say, language } = useWords()
  const description = useDeferredValue(draft.description.trim())
  const found = useQuery(draftCandidatesQuery({ ...draft, description })).data
  if (!found) return null
  if (found.items.length + found.storms.length === 0) return <p className="muted small alike-note">{say(words.none)}</p>
  return (
    <section className="alike-note" aria-live="polite">
      <h3>{say(words.title)}</h3>
      <StormOffers storms={found.storms} />
      <ul>
        {found.items.slice(0, 5).map(({ brief, reasons, proposed, reports }) => (
          <li key={brief.number}>
            <Lamp colour={brief.lamp} size={14} />
            <span>
              <Link to={`/cases/${brief.number}` as never} target="_blank" title={groupNumber(brief.number)}>
                {proposed ? <b>{brief.description}</b> : brief.description}
              </Link>
              <small className="muted">
                {say(brief.stateWords)} · {sayList(reasons.map((why) => say(why)), language)}
                {reports > 1 && ` · ${language === 'zh' ? `${reports} 人反映` : `${reports} reports`}`}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
