import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { EmptyState, ErrorState, Loading, sayCount, useAddress, useWords } from '../../kernel/web/index.ts'
import type { ProceedingListed } from '../contract.ts'
import { ApprovalRow } from './approval-row.tsx'
import { BulkDecide } from './bulk-decide.tsx'
import { mineCountsQuery, mineQuery } from './procedure-queries.ts'
import { flat } from './queries.ts'
import { useMore } from './use-more.ts'
import { useSelection } from './use-selection.ts'
import './approvals.css'
import './case-parts.css'

const words = {
  title: { zh: '程序待办', en: 'Procedures that wait' },
  order: { zh: '先到期的在前', en: 'what is due first comes first' },
  all: { zh: '全部', en: 'All' },
  byKind: { zh: '按程序筛选', en: 'By procedure' },
  none: { zh: '没有等您办理的程序。有人申请延期、挂账、回退或会商时，会自动出现在这里。', en: 'Nothing waits for you. Requests appear here by themselves.' },
  pickAll: { zh: '选择本页全部', en: 'Select all on this page' },
  heads: {
    what: { zh: '程序', en: 'Procedure' },
    case: { zh: '案件', en: 'Case' },
    why: { zh: '事由', en: 'Why' },
    due: { zh: '办理时限', en: 'Due' },
    act: { zh: '办理', en: 'Act' },
  },
}

/** What of procedures waits for the reader: decided where it stands, one by one or several at once. */
export default function ApprovalsPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<{ kind?: string }>()
  const list = useInfiniteQuery(mineQuery(address.kind))
  const counts = useQuery(mineCountsQuery).data
  const items = flat<ProceedingListed>(list.data)
  const more = useMore(list)
  const selection = useSelection(items.map(({ id }) => id))
  const chosen = items.filter(({ id }) => selection.has(id))
  const { what, case: subject, why, due, act } = words.heads
  return (
    <div className="approvals">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.order)}</p>
        </div>
      </header>
      <div className="segments" role="group" aria-label={say(words.byKind)}>
        <button type="button" aria-pressed={!address.kind} onClick={() => setAddress({ kind: undefined })}>
          {say(words.all)} <b>{counts ? `${sayCount(counts.total)}${counts.more ? '+' : ''}` : '—'}</b>
        </button>
        {counts?.byKind.map(({ kind, words: name, n }) => (
          <button key={kind} type="button" aria-pressed={address.kind === kind} onClick={() => setAddress({ kind: address.kind === kind ? undefined : kind })}>
            {say(name)} <b>{sayCount(n)}</b>
          </button>
        ))}
      </div>
      <BulkDecide chosen={chosen} selection={selection} />
      <div className="approval-heads" aria-hidden={items.length === 0}>
        <Checkbox checked={selection.all} indeterminate={selection.some} onChange={selection.toggleAll} aria-label={say(words.pickAll)} />
        {[what, subject, why, due, act].map((head) => (
          <span key={head.zh}>{say(head)}</span>
        ))}
      </div>
      <div className="approval-rows" ref={more.scroll} data-dim={list.isPlaceholderData || undefined}>
        {list.isPending && <Loading lines={10} />}
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && <EmptyState why={say(words.none)} />}
        <ul>
          {items.map((item) => (
            <ApprovalRow key={item.id} item={item} ticked={selection.has(item.id)} tick={() => selection.toggle(item.id)} />
          ))}
        </ul>
        <div ref={more.end} />
      </div>
    </div>
  )
}
