import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { CityMap } from '../../../atlas/web/index.ts'
import { fileAddress, groupNumber, Icon, sayList, sayNear, tell, useAct, useNow, useWords } from '../../../kernel/web/index.ts'
import { postMerges, type Candidate, type CaseBrief, type MergeReply } from '../../contract.ts'
import { StateTag } from '../state-tag.tsx'
import { candidatesQuery } from './queries.ts'
import { StormOffers } from './storm-offers.tsx'
import './incident.css'

const words = {
  title: { zh: '疑似同一事件', en: 'Perhaps the same incident' },
  lead: { zh: '只是建议；合并前请对照照片、位置和说法', en: 'A proposal only: compare photo, place and words before merging' },
  mine: { zh: '本案', en: 'This case' },
  map: { zh: '本案与疑似案件的位置', en: 'Where this case and those like it lie' },
  noPhoto: { zh: '无照片', en: 'No photo' },
  pick: { zh: '选中', en: 'Choose' },
  here: { zh: '并入本案', en: 'Merge into this case' },
  there: { zh: '本案并入此案', en: 'Merge this case into it' },
  likely: { zh: '很可能', en: 'Likely' },
  perhaps: { zh: '也许', en: 'Perhaps' },
  merged: { zh: '已合并', en: 'Merged' },
  refused: { zh: '未合并', en: 'Not merged' },
}

/** Cases that may tell of the same, side by side with this one, to be merged in one act. */
export function CandidatesPanel({ brief }: { brief: CaseBrief }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const open = brief.endedAt === null && brief.mergedInto === null
  const found = useQuery(candidatesQuery(brief.number, open))
  const items = found.data?.items ?? []
  const [chosen, choose] = useState<readonly string[]>([])
  const [reply, setReply] = useState<MergeReply>()
  const proposed = items.filter((each) => each.proposed && each.mayMerge).map((each) => each.brief.number)
  useEffect(() => choose(proposed), [proposed.join()])
  const merge = useAct(postMerges, {
    done: (done) => {
      setReply(done)
      const n = done.verdicts.filter(({ merged }) => merged).length
      tell(language === 'zh' ? `已合并 ${n} 件，共 ${done.reports} 件反映` : `${n} merged, ${done.reports} reports in all`)
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  if (!open || (items.length === 0 && !reply?.verdicts.some(({ merged }) => !merged) && !found.data?.storms.length)) return null
  const toggle = (number: string) => choose(chosen.includes(number) ? chosen.filter((each) => each !== number) : [...chosen, number])
  return (
    <section className="card pad same-incident" aria-label={say(words.title)}>
      <h2 className="with-aside">
        {say(words.title)}
        <span className="muted small">{say(words.lead)}</span>
      </h2>
      <StormOffers storms={found.data?.storms ?? []} />
      {items.length > 0 && (
        <>
          <div className="same-columns">
            <Card brief={brief} head={<b>{say(words.mine)}</b>} />
            {items.slice(0, 6).map((each, i) => (
              <Option key={each.brief.number} nth={i + 1} candidate={each} on={chosen.includes(each.brief.number)} toggle={() => toggle(each.brief.number)}>
                <Button
                  size="small"
                  disabled={!each.mayMerge}
                  loading={merge.isPending}
                  onClick={() => merge.mutate({ params: { number: each.brief.number }, body: { numbers: [brief.number] } })}
                >
                  {say(words.there)}
                </Button>
              </Option>
            ))}
            {brief.position && (
              <div className="same-map">
                <CityMap label={say(words.map)} center={brief.position} zoom={17} follow tools="zoom" pin={{ position: brief.position, lamp: brief.lamp }} dots={dotsOf(items)} />
              </div>
            )}
          </div>
          <p className="buttons">
            <Button
              type="primary"
              disabled={chosen.length === 0}
              loading={merge.isPending}
              onClick={() => merge.mutate({ params: { number: brief.number }, body: { numbers: [...chosen] } })}
            >
              {say(words.here)} {chosen.length > 0 && `(${chosen.length})`}
            </Button>
          </p>
        </>
      )}
      {reply && <Refusals reply={reply} />}
    </section>
  )
}

function Option({ nth, candidate, on, toggle, children }: { nth: number; candidate: Candidate; on: boolean; toggle: () => void; children: ReactNode }) {
  const { say, language } = useWords()
  const { brief, reasons, against, reports, proposed, mayMerge } = candidate
  return (
    <Card
      brief={brief}
      chosen={on}
      head={
        <label>
          <input type="checkbox" checked={on} disabled={!mayMerge} onChange={toggle} aria-label={`${say(words.pick)} ${groupNumber(brief.number)}`} />
          <b>
            {nth} {say(proposed ? words.likely : words.perhaps)}
          </b>
          {reports > 1 && <span className="tag push">{language === 'zh' ? `${reports} 人反映` : `${reports} reports`}</span>}
        </label>
      }
    >
      <p className="same-reasons">{sayList(reasons.map((why) => say(why)), language)}</p>
      {against.length > 0 && (
        <p className="same-against">
          <Icon name="close" size={12} /> {sayList(against.map((why) => say(why)), language)}
        </p>
      )}
      {children}
    </Card>
  )
}

function Card({ brief, head, chosen, children }: { brief: CaseBrief; head: ReactNode; chosen?: boolean; children?: ReactNode }) {
  const { say } = useWords()
  const now = useNow()
  return (
    <article className="same-card" {...(chosen && { 'data-on': true })}>
      <header>{head}</header>
      {brief.photo ? (
        <a href={fileAddress(brief.photo, 'original')} target="_blank" rel="noreferrer">
          <img src={fileAddress(brief.photo, 'thumb')} alt={brief.description} loading="lazy" />
        </a>
      ) : (
        <div className="no-photo">
          <Icon name="photo" size={18} /> {say(words.noPhoto)}
        </div>
      )}
      <p>
        <Link to={`/cases/${brief.number}` as never} title={groupNumber(brief.number)}>
          {brief.description}
        </Link>
      </p>
      <p className="muted small">
        {say(brief.category.words)} · {brief.address} · {sayNear(brief.reportedAt, now)}
      </p>
      <p>
        <StateTag item={brief} />
      </p>
      {children}
    </article>
  )
}

const dotsOf = (items: readonly Candidate[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: items.flatMap(({ brief }, i) =>
    brief.position ? [{ type: 'Feature', properties: { name: String(i + 1) }, geometry: { type: 'Point', coordinates: [...brief.position] } }] : [],
  ),
})

/** Those that were refused say why; the others are merged all the same. */
export function Refusals({ reply }: { reply: MergeReply }) {
  const { say } = useWords()
  const refused = reply.verdicts.filter(({ merged }) => !merged)
  if (refused.length === 0) return null
  return (
    <ul className="same-refused" role="alert">
      {refused.map(({ number, problem }) => (
        <li key={number}>
          <span className="number">{groupNumber(number)}</span> {say(words.refused)}: {problem && say(problem.words)}
        </li>
      ))}
    </ul>
  )
}
