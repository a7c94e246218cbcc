import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CityMap } from '../../atlas/web/index.ts'
import {
  ErrorState,
  fileAddress,
  groupNumber,
  Icon,
  Loading,
  sayNear,
  StageTracker,
  useNow,
  useWords,
  wallTime,
} from '../../kernel/web/index.ts'
import type { CaseDetail } from '../contract.ts'
import { ActBar } from './act-bar.tsx'
import { ActForm } from './act-form.tsx'
import { CaseLeft } from './case-left.tsx'
import { Marks } from './marks.tsx'
import { photosOf } from './photos-of.ts'
import { usePlaceWords } from './place-words.ts'
import { ClockBand } from './clock-band.tsx'
import { flowQuery, useCase } from './queries.ts'
import { sayWho } from './say-who.ts'
import { stageNodes } from './stage-nodes.ts'
import { StateTag } from './state-tag.tsx'
import { useActs } from './use-acts.ts'
import './case-parts.css'

const words = {
  component: { zh: '部件', en: 'Component' },
  matter: { zh: '事项', en: 'Matter' },
  flow: { zh: '流转', en: 'History' },
  whole: { zh: '完整案件', en: 'The whole case' },
  cell: { zh: '网格', en: 'Cell' },
  noPhoto: { zh: '上报时没有照片', en: 'Reported without a photo' },
  site: { zh: '现场', en: 'On site' },
  map: { zh: '案件位置', en: 'Where the case lies' },
}

/** The evidence and the act beside the list: one decision, one screen. */
export function CasePreview({ number, place }: { number: string; place: string }) {
  const one = useCase(number, { keep: true })
  if (one.left) return <CaseLeft />
  if (one.isError && !one.data) return <ErrorState error={one.error} retry={() => void one.refetch()} />
  if (!one.data) return <Loading lines={10} />
  return <Shown detail={one.data} place={place} waiting={one.isPlaceholderData} />
}

function Shown({ detail, place, waiting }: { detail: CaseDetail; place: string; waiting: boolean }) {
  const { say, language } = useWords()
  const now = useNow()
  const { brief } = detail
  const acts = useActs(detail, { eager: true })
  const where = usePlaceWords()(brief)
  const rows = stageNodes(detail.stages, say, language, now)
  const first = detail.history.find(({ ordinal }) => ordinal === Math.min(...detail.history.map((entry) => entry.ordinal)))
  return (
    // Until the chosen case is here the one before is still shown: nothing may be done to it by mistake.
    <div className="preview" data-waiting={waiting || undefined} inert={waiting}>
      <div className="preview-body">
        <header>
          <div className="tags">
            <StateTag item={brief} />
            <Marks item={brief} />
            <span className="tag">
              {say(brief.category.kind === 'component' ? words.component : words.matter)} {brief.category.code}
            </span>
            <span className="muted small push">{place}</span>
          </div>
          <h2>{brief.description}</h2>
          <p className="muted small">
            <Link to={`/cases/${brief.number}` as never} className="number">
              {groupNumber(brief.number)}
            </Link>
            {' · '}
            {sayWho(first?.who, say) || say(brief.sourceWords)} {sayNear(brief.reportedAt, now)} {language === 'zh' ? '上报' : ''}
          </p>
        </header>
        {rows.at(-1) && <StageTracker rows={[rows.at(-1)!]} small />}
        <ClockBand brief={brief} />
        <div className="evidence-pair">
          <Photo detail={detail} />
          <figure>
            <div className="mini-map">
              {brief.position && (
                <CityMap
                  label={say(words.map)}
                  center={brief.position}
                  zoom={16.2}
                  follow
                  tools={false}
                  pin={{ position: brief.position, lamp: brief.lamp }}
                />
              )}
            </div>
            <figcaption>
              <Near detail={detail} />
            </figcaption>
          </figure>
        </div>
        <p className="where-line">
          <Icon name="pin" size={14} />
          <span>
            <span>
              {where.within} {where.address}
            </span>
            {brief.region.cell && (
              <span className="muted cell">
                {say(words.cell)} {brief.region.cell}
              </span>
            )}
          </span>
        </p>
        <ActForm acts={acts} brief={brief} />
        <section className="short-log">
          <h3>
            {say(words.flow)}
            <Link to={`/cases/${brief.number}` as never}>{say(words.whole)} ↵</Link>
          </h3>
          <ol>
            {detail.history
              .toSorted((a, b) => b.ordinal - a.ordinal)
              .slice(0, 4)
              .map((entry) => (
                <li key={entry.ordinal}>
                  <time title={entry.at}>{sayNear(entry.at, now)}</time>
                  <span>
                    {say(entry.words)}　{sayWho(entry.who, say)}{' '}
                    <span className="muted">{entry.note ?? (entry.facts[0] ? say(entry.facts[0]) : '')}</span>
                  </span>
                </li>
              ))}
          </ol>
        </section>
      </div>
      <ActBar acts={acts} brief={brief} waiting={waiting} />
    </div>
  )
}

function Photo({ detail }: { detail: CaseDetail }) {
  const { say } = useWords()
  const flow = useQuery(flowQuery).data
  const { all } = photosOf(detail, flow)
  const shown = all.at(-1)
  return (
    <figure>
      {shown ? (
        <a href={fileAddress(shown.file.sha256, 'original')} target="_blank" rel="noreferrer">
          <img src={fileAddress(shown.file.sha256, 'public')} alt={detail.brief.description} loading="lazy" />
        </a>
      ) : (
        <div className="no-photo">
          <Icon name="photo" size={24} />
          {say(words.noPhoto)}
        </div>
      )}
      <figcaption>
        {shown
          ? `${wallTime(shown.file.takenAt ?? shown.entry.at).time} ${say(words.site)} · ${all.length} / ${all.length}`
          : say(detail.brief.sourceWords)}
      </figcaption>
    </figure>
  )
}

function Near({ detail }: { detail: CaseDetail }) {
  const { language } = useWords()
  const { duplicates } = detail
  const zh = language === 'zh'
  const same =
    duplicates.length > 0
      ? zh
        ? `50 米内同类 ${duplicates.length} 件`
        : `${duplicates.length} alike within 50 m`
      : zh
        ? '50 米内无同类'
        : 'none alike within 50 m'
  return <>{same}</>
}
