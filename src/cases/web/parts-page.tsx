import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Countdown, EmptyState, ErrorState, groupNumber, Loading, sayMoment, useAddress, useWords } from '../../kernel/web/index.ts'
import type { PartListed } from '../contract.ts'
import { PartFeedback } from './part-feedback.tsx'
import { partDeadline } from './parts-panel.tsx'
import { usePlaceWords } from './place-words.ts'
import { partsQuery } from './procedure-queries.ts'
import { flat } from './queries.ts'
import { StateTag } from './state-tag.tsx'
import { useMore } from './use-more.ts'
import './approvals.css'
import './case-parts.css'
import './parts.css'

const words = {
  title: { zh: '协办与下派', en: 'Assisting and lower units' },
  order: { zh: '先到期的在前；协办任务由本单位反馈，下派任务随案件反馈', en: 'what is due first comes first; assisting parts are answered here, those passed down with the case' },
  all: { zh: '全部', en: 'All' },
  assist: { zh: '协办', en: 'Assisting' },
  inner: { zh: '下派', en: 'Passed down' },
  ended: { zh: '已结束', en: 'Ended' },
  which: { zh: '筛选任务', en: 'Which' },
  none: { zh: '没有协办或下派任务。牵头单位需要协办时，会自动出现在这里。', en: 'No parts wait. They appear here when a leading unit needs help.' },
  from: { zh: '牵头', en: 'Led by' },
  feedback: { zh: '反馈', en: 'Give feedback' },
  fold: { zh: '收起', en: 'Fold' },
  done: { zh: '已完成', en: 'Done' },
  returned: { zh: '已退回', en: 'Given back' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
  heads: { due: { zh: '时限', en: 'Due' }, what: { zh: '案件', en: 'Case' }, task: { zh: '任务', en: 'Part' }, unit: { zh: '单位', en: 'Unit' }, act: { zh: '办理', en: 'Act' } },
}

/** What units have to do in cases beside the one that answers for them. */
export default function PartsPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<{ role?: string; ended?: string }>()
  const role = address.role === 'assist' || address.role === 'inner' ? address.role : undefined
  const ended = address.ended === 'true'
  const list = useInfiniteQuery(partsQuery({ ...(role && { role }), ...(ended && { ended }) }))
  const items = flat<PartListed>(list.data)
  const more = useMore(list)
  const pick = (next: string | undefined, over?: string) => setAddress({ role: next, ended: over })
  return (
    <div className="approvals">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.order)}</p>
        </div>
      </header>
      <div className="segments" role="group" aria-label={say(words.which)}>
        <button type="button" aria-pressed={!role && !ended} onClick={() => pick(undefined)}>
          {say(words.all)}
        </button>
        {(['assist', 'inner'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={role === each && !ended} onClick={() => pick(each)}>
            {say(words[each])}
          </button>
        ))}
        <button type="button" aria-pressed={ended} onClick={() => pick(role, 'true')}>
          {say(words.ended)}
        </button>
      </div>
      <div className="part-heads" aria-hidden="true">
        {Object.values(words.heads).map((head) => (
          <span key={head.zh}>{say(head)}</span>
        ))}
      </div>
      <div className="approval-rows" ref={more.scroll} data-dim={list.isPlaceholderData || undefined}>
        {list.isPending && <Loading lines={8} />}
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && <EmptyState why={say(words.none)} />}
        <ul>
          {items.map((part) => (
            <Row key={part.id} part={part} />
          ))}
        </ul>
        <div ref={more.end} />
      </div>
    </div>
  )
}

function Row({ part }: { part: PartListed }) {
  const { say } = useWords()
  const [open, setOpen] = useState(false)
  const place = usePlaceWords()(part.case)
  const ended = part.endedAt !== null
  return (
    <li>
      <div className="part-row">
        <div>
          {ended ? (
            <span className="small muted">
              {say(words[part.result === 'returned' ? 'returned' : part.result === 'withdrawn' ? 'withdrawn' : 'done'])}
              <br />
              {sayMoment(part.endedAt).slice(0, 16)}
            </span>
          ) : (
            <Countdown deadline={partDeadline(part)} />
          )}
        </div>
        <div className="subject">
          <Link to={`/cases/${part.number}` as never} title={groupNumber(part.number)}>
            {part.case.description}
          </Link>
          <span className="muted small cut">{place.address}</span>
          <span className="tags">
            <StateTag item={part.case} />
          </span>
        </div>
        <div>
          <span>
            <span className="tag brand">{say(words[part.role])}</span> {part.task && `“${part.task}”`}
          </span>
          <span className="muted small">
            {part.from && `${say(words.from)} ${say(part.from.name)} · `}
            {part.givenBy} {sayMoment(part.givenAt).slice(0, 16)}
          </span>
          {ended && part.note && <span className="small">“{part.note}”</span>}
        </div>
        <div>{say(part.unit.name)}</div>
        <div className="moves">
          {part.mine ? (
            <button type="button" className="plain-button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {say(open ? words.fold : words.feedback)}
            </button>
          ) : (
            '—'
          )}
        </div>
      </div>
      {open && part.mine && (
        <div className="approval-form">
          <PartFeedback part={part} />
        </div>
      )}
    </li>
  )
}
