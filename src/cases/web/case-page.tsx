import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useDivisions } from '../../atlas/web/index.ts'
import { ErrorState, groupNumber, Icon, Loading, StageTracker, tell, useKeys, useNow, useWords } from '../../kernel/web/index.ts'
import type { CaseDetail, TodoItem } from '../contract.ts'
import { ActBar, mayAct } from './act-bar.tsx'
import { ActForm } from './act-form.tsx'
import { BeforeAfter } from './before-after.tsx'
import { CaseLeft } from './case-left.tsx'
import { CaseSide } from './case-side.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { ClockBand } from './clock-band.tsx'
import { CandidatesPanel } from './incident/candidates-panel.tsx'
import { MergedTree } from './incident/merged-tree.tsx'
import { ResponsePanel, ResponseStart } from './response-panel.tsx'
import { Marks } from './marks.tsx'
import { PartsPanel } from './parts-panel.tsx'
import { usePlaceWords } from './place-words.ts'
import { ProceedingsPanel } from './proceedings-panel.tsx'
import { flat, useCase } from './queries.ts'
import { stageNodes } from './stage-nodes.ts'
import { StateTag } from './state-tag.tsx'
import { useActs } from './use-acts.ts'
import './case-page.css'
import './case-parts.css'

const words = {
  cases: { zh: '案件', en: 'Cases' },
  component: { zh: '部件', en: 'Component' },
  matter: { zh: '事项', en: 'Matter' },
  number: { zh: '案件号', en: 'Number' },
  cell: { zh: '网格', en: 'Cell' },
  copy: { zh: '复制案件号', en: 'Copy the number' },
  copied: { zh: '已复制案件号', en: 'The number is copied' },
  previous: { zh: '上一件', en: 'Previous' },
  next: { zh: '下一件', en: 'Next' },
  act: { zh: '办理', en: 'Act' },
  by: { zh: '上报', en: '' },
  toList: { zh: '返回案件列表', en: 'Back to the list of cases' },
}

export default function CasePage() {
  const { number } = useParams({ strict: false }) as { number: string }
  const { say } = useWords()
  const one = useCase(number)
  const back = <Link to={'/cases' as never}>{say(words.toList)}</Link>
  if (one.left) return <CaseLeft>{back}</CaseLeft>
  if (one.isError && !one.data) return <ErrorState error={one.error} retry={() => void one.refetch()} back={back} />
  if (!one.data) return <Loading lines={14} />
  return <Shown key={number} detail={one.data} />
}

function Shown({ detail }: { detail: CaseDetail }) {
  const { say, language } = useWords()
  const now = useNow()
  const { brief } = detail
  const acts = useActs(detail, { eager: false })
  const where = usePlaceWords()(brief)
  const around = useAround(brief.number)
  const form = useRef<HTMLElement>(null)
  const [responding, setResponding] = useState(false)
  useEffect(() => void form.current?.scrollIntoView({ block: 'nearest' }), [acts.inline])
  useEffect(() => {
    document.title = `${brief.description.slice(0, 24)} · ${groupNumber(brief.number)}`
  }, [brief.description, brief.number])
  const copy = () => void navigator.clipboard?.writeText(brief.number).then(() => tell(say(words.copied)))

  return (
    <div className="page case-page">
      <nav className="crumb small muted">
        <span>
          <Link to={'/cases' as never}>{say(words.cases)}</Link> / <Within code={brief.district} /> /{' '}
          <span className="number">{groupNumber(brief.number)}</span>
        </span>
        <span>
          {around.previous && (
            <Link to={`/cases/${around.previous}` as never}>
              {say(words.previous)} <kbd>K</kbd>
            </Link>
          )}
          {around.next && (
            <Link to={`/cases/${around.next}` as never}>
              {say(words.next)} <kbd>J</kbd>
            </Link>
          )}
        </span>
      </nav>
      <header className="case-head">
        <div>
          <div className="tags">
            <StateTag item={brief} />
            <Marks item={brief} />
            <span className="tag">
              {say(brief.category.kind === 'component' ? words.component : words.matter)} {brief.category.code} {say(brief.category.words)}
            </span>
            <span className="tag">
              {say(brief.sourceWords)}
              {say(words.by)}
            </span>
          </div>
          <h1>{brief.description}</h1>
          <p className="muted number">
            <span>
              {say(words.number)} <b>{groupNumber(brief.number)}</b>
              <button type="button" className="copy" onClick={copy} aria-label={say(words.copy)} title={say(words.copy)}>
                <Icon name="copy" size={13} />
              </button>
            </span>
            <span>
              {where.within} {where.address}
            </span>
            {brief.region.cell && (
              <span className="cell">
                {say(words.cell)} {brief.region.cell}
              </span>
            )}
          </p>
        </div>
        <ClockBand brief={brief} />
        {mayAct(acts) && !acts.inline && <ActBar acts={acts} brief={brief} />}
      </header>
      <section className="card">
        <StageTracker rows={stageNodes(detail.stages, say, language, now)} />
      </section>
      <ResponsePanel key={brief.number} brief={brief} sending={responding} setSending={setResponding} />
      <div className="case-columns">
        <div>
          {acts.inline && (
            <section ref={form} className="card pad case-act" aria-label={say(words.act)}>
              <h2>{say(acts.inline.words)}</h2>
              <ActForm acts={acts} brief={brief} />
              <ActBar acts={acts} brief={brief} />
            </section>
          )}
          <ProceedingsPanel detail={detail} acts={acts} />
          <PartsPanel detail={detail} />
          <CandidatesPanel brief={brief} />
          <MergedTree brief={brief} />
          <BeforeAfter detail={detail} />
          <CaseTimeline detail={detail} />
        </div>
        <CaseSide detail={detail} mapFoot={!responding && <ResponseStart brief={brief} start={() => setResponding(true)} />} />
      </div>
    </div>
  )
}

const Within = ({ code }: { code: string }) => <>{useDivisions().within(code)}</>

/** The cases before and after this one on the to-do list, where one came from it. */
function useAround(number: string): { previous: string | undefined; next: string | undefined } {
  const queries = useQueryClient()
  const go = useNavigate()
  const lists = queries.getQueriesData<{ pages: { items: TodoItem[]; next: string | null }[]; pageParams: unknown[] }>({
    queryKey: ['cases', 'todo'],
  })
  const list = lists.map(([, data]) => flat(data)).find((items) => items.some((item) => item.number === number)) ?? []
  const at = list.findIndex((item) => item.number === number)
  const previous = at > 0 ? list[at - 1]?.number : undefined
  const next = at >= 0 ? list[at + 1]?.number : undefined
  const open = (to: string | undefined) => to && void go({ to: `/cases/${to}` as never })
  useKeys({ j: () => open(next), k: () => open(previous) })
  return { previous, next }
}
