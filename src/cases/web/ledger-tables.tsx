import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Words } from '../../kernel/contract.ts'
import { Countdown, EmptyState, ErrorState, groupNumber, Loading, sayList, sayMoment, useWords } from '../../kernel/web/index.ts'
import type { CaseBrief, CaseFilter, ProceedingFilter, ProceedingListed } from '../contract.ts'
import { COLUMNS } from './case-columns.tsx'
import { proceedingsQuery } from './procedure-queries.ts'
import { flat, listQuery } from './queries.ts'
import { sayWho } from './say-who.ts'
import { useMore } from './use-more.ts'

const words = {
  none: { zh: '这段时间没有这类记录。换一段时间，或清除筛选。', en: 'Nothing of this kind in these days. Choose others, or clear the filters.' },
  list: { zh: '台账', en: 'Ledger' },
  late: { zh: '逾期', en: 'late' },
  with: { zh: '参加', en: 'With' },
}

interface Column<T> {
  readonly key: string
  readonly title: Words
  readonly width: number
  readonly cell: (item: T) => ReactNode
}

function Table<T>({ columns, list, keyOf }: { columns: readonly Column<T>[]; list: ReturnType<typeof useInfiniteQuery<unknown, Error, never>>; keyOf: (item: T) => string }) {
  const { say } = useWords()
  const items = flat<T>(list.data as never)
  const more = useMore(list)
  return (
    <div className="case-table" ref={more.scroll} data-dim={list.isPlaceholderData || undefined} tabIndex={0} role="region" aria-label={say(words.list)}>
      <table style={{ minWidth: columns.reduce((sum, { width }) => sum + width, 0) }}>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col">
                {say(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map(({ key, cell }) => (
                <td key={key}>{cell(item)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {list.isPending && <Loading lines={12} />}
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && !list.hasNextPage && <EmptyState why={say(words.none)} />}
      {list.isFetchingNextPage && <Loading lines={3} />}
      <div ref={more.end} />
    </div>
  )
}

/** What one reads first, and below it what belongs to it. */
const Two = ({ children, below }: { children: ReactNode; below: ReactNode }) => (
  <div className="two-lines">
    <div>{children}</div>
    <small>{below}</small>
  </div>
)

const OF_CASES = ['number', 'what', 'category', 'state', 'marks', 'region', 'unit', 'reported', 'ended', 'reworks']

/** A ledger of steps: the cases to which it happened. */
export function CasesLedger({ filter }: { filter: CaseFilter }) {
  const { say, language } = useWords()
  const list = useInfiniteQuery(listQuery(filter))
  const columns = OF_CASES.flatMap((key) => COLUMNS.filter((column) => column.key === key)).map(
    ({ key, title, width, cell }): Column<CaseBrief> => ({ key, title, width, cell: (item) => cell(item, say, language) }),
  )
  return <Table columns={columns} list={list as never} keyOf={({ number }) => number} />
}

/** A ledger of a procedure. */
export function ProceedingsLedger({ kind, filter }: { kind: string; filter: ProceedingFilter }) {
  const { say, language } = useWords()
  const list = useInfiniteQuery(proceedingsQuery(filter))
  const quoted = (note: string | null) => (note === null ? '' : `“${note}”`)
  const asksUntil = ['suspend', 'supervise', 'confer', 'transfer'].includes(kind)
  const columns: (Column<ProceedingListed> | false)[] = [
    {
      key: 'what',
      title: { zh: '案件', en: 'Case' },
      width: 260,
      cell: (item) => (
        <Two below={<span title={item.case.description}>{item.case.description}</span>}>
          <Link to={`/cases/${item.number}` as never} className="number">
            {groupNumber(item.number)}
          </Link>
        </Two>
      ),
    },
    {
      key: 'state',
      title: { zh: '进展', en: 'Standing' },
      width: 150,
      cell: (item) => (
        <Two below={item.endedAt === null && item.dueAt !== null && <Countdown deadline={{ lamp: item.late ? 'red' : 'green', from: item.openedAt, dueAt: item.dueAt }} bar={false} />}>
          <span className={`tag ${item.endedAt === null ? 'brand' : item.result === 'refused' ? 'orange' : ''}`}>{say(item.stateWords)}</span>
          {item.late && <span className="tag red">{say(words.late)}</span>}
        </Two>
      ),
    },
    {
      key: 'unit',
      title: { zh: '单位', en: 'Unit' },
      width: 170,
      cell: ({ unit, participants }) => {
        const others = sayList(participants.map(({ name }) => say(name)), language)
        return <Two below={kind === 'confer' && others && <span title={others}>{`${say(words.with)} ${others}`}</span>}>{unit ? say(unit.name) : '—'}</Two>
      },
    },
    {
      key: 'why',
      title: { zh: '事由', en: 'Why' },
      width: 230,
      cell: ({ reason, note }) => <Two below={note && <span title={note}>{quoted(note)}</span>}>{reason && say(reason.words)}</Two>,
    },
    asksUntil && { key: 'until', title: { zh: '至', en: 'Until' }, width: 140, cell: ({ untilAt }) => (untilAt ? sayMoment(untilAt).slice(0, 16) : '—') },
    kind === 'backstop' && {
      key: 'cost',
      title: { zh: '费用（元）', en: 'Cost (yuan)' },
      width: 110,
      cell: ({ cost }) => (cost === null ? '—' : cost.toLocaleString('en-US', { minimumFractionDigits: 2 })),
    },
    kind === 'transfer' && { key: 'outside', title: { zh: '转往', en: 'Passed to' }, width: 170, cell: ({ outside }) => <span title={outside ?? ''}>{outside}</span> },
    {
      key: 'opened',
      title: { zh: '提出', en: 'Opened' },
      width: 150,
      cell: ({ openedAt, openedBy }) => <Two below={sayWho(openedBy, say)}>{sayMoment(openedAt).slice(0, 16)}</Two>,
    },
    {
      key: 'ended',
      title: { zh: '办结', en: 'Ended' },
      width: 220,
      cell: ({ endedAt, endedBy, endNote }) =>
        endedAt && (
          <Two below={endNote && <span title={endNote}>{quoted(endNote)}</span>}>
            {sayMoment(endedAt).slice(0, 16)} {sayWho(endedBy, say)}
          </Two>
        ),
    },
  ]
  return <Table columns={columns.filter((column) => column !== false)} list={list as never} keyOf={({ id }) => id} />
}
