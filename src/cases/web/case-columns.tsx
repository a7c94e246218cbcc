import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Language, Words } from '../../kernel/contract.ts'
import { Countdown, groupNumber, Lamp, sayCount, sayMoment } from '../../kernel/web/index.ts'
import type { CaseBrief } from '../contract.ts'
import { deadlineOf, isExcused } from './deadline.ts'
import { Marks } from './marks.tsx'
import { usePlaceWords } from './place-words.ts'
import { StateTag } from './state-tag.tsx'

export interface Column {
  key: string
  title: Words
  width: number
  /** Cannot be hidden. */
  fixed?: boolean
  /** Hidden until someone wants it. */
  spare?: boolean
  right?: boolean
  cell: (item: CaseBrief, say: (words: Words) => string, language: Language) => ReactNode
}

/** Columns of the case list, in their order. */
export const COLUMNS: readonly Column[] = [
  {
    key: 'number',
    title: { zh: '案件号', en: 'Number' },
    width: 236,
    fixed: true,
    cell: (item) => (
      <Link to={`/cases/${item.number}` as never} className="number">
        {groupNumber(item.number)}
      </Link>
    ),
  },
  { key: 'lamp', title: { zh: '时限', en: 'Time left' }, width: 138, cell: (item, say) => <TimeLeft item={item} say={say} /> },
  {
    key: 'what',
    title: { zh: '事项', en: 'What' },
    width: 260,
    fixed: true,
    cell: (item) => <span title={item.description}>{item.description}</span>,
  },
  {
    key: 'category',
    title: { zh: '类别', en: 'Category' },
    width: 170,
    cell: (item, say) => `${item.category.code} ${say(item.category.words)}`,
  },
  { key: 'state', title: { zh: '状态', en: 'State' }, width: 124, cell: (item) => <StateTag item={item} /> },
  { key: 'marks', title: { zh: '标记', en: 'Marks' }, width: 170, cell: (item) => <Marks item={item} /> },
  { key: 'source', title: { zh: '来源', en: 'Source' }, width: 90, cell: (item, say) => say(item.sourceWords) },
  { key: 'region', title: { zh: '区域', en: 'Area' }, width: 140, cell: (item) => <Within item={item} /> },
  { key: 'address', title: { zh: '地址', en: 'Address' }, width: 180, cell: (item) => <Address item={item} /> },
  { key: 'unit', title: { zh: '处置单位', en: 'Unit' }, width: 150, cell: (item, say) => (item.unit ? say(item.unit.name) : '—') },
  { key: 'reported', title: { zh: '上报', en: 'Reported' }, width: 152, cell: (item) => sayMoment(item.reportedAt) },
  { key: 'due', title: { zh: '处置到期', en: 'Disposal due' }, width: 152, spare: true, cell: (item) => sayMoment(item.disposeDueAt) },
  { key: 'disposed', title: { zh: '处置完成', en: 'Disposed' }, width: 152, spare: true, cell: (item) => sayMoment(item.disposedAt) },
  { key: 'ended', title: { zh: '结束', en: 'Ended' }, width: 152, spare: true, cell: (item) => sayMoment(item.endedAt) },
  { key: 'returns', title: { zh: '回退', en: 'Returns' }, width: 64, spare: true, right: true, cell: (item) => sayCount(item.returns) },
  { key: 'reworks', title: { zh: '返工', en: 'Reworks' }, width: 64, spare: true, right: true, cell: (item) => sayCount(item.reworks) },
  { key: 'component', title: { zh: '部件编码', en: 'Component' }, width: 170, spare: true, cell: (item) => item.componentCode ?? '—' },
  { key: 'cell', title: { zh: '单元网格', en: 'Cell' }, width: 150, spare: true, cell: (item) => item.region.cell ?? '—' },
  {
    key: 'rating',
    title: { zh: '公众评价', en: 'Rating' },
    width: 84,
    spare: true,
    right: true,
    cell: (item) => (item.rating === null ? '—' : `${item.rating} / 5`),
  },
]

const Within = ({ item }: { item: CaseBrief }) => <>{usePlaceWords()(item).within}</>
const Address = ({ item }: { item: CaseBrief }) => <span title={item.address ?? ''}>{usePlaceWords()(item).address}</span>

const lateWords = {
  late: { zh: '超时处置', en: 'Disposed late' },
  excused: { zh: '超时，不计考核', en: 'Late, excused' },
  inTime: { zh: '按时处置', en: 'In time' },
}

/** An open case shows its clock, an ended one whether it was disposed in time. */
function TimeLeft({ item, say }: { item: CaseBrief; say: (words: Words) => string }) {
  if (item.endedAt === null) return <Countdown deadline={deadlineOf(item)} bar={false} />
  if (item.disposedLate === null) return <span className="muted">—</span>
  return (
    <span className="ended-lamp">
      <Lamp colour={item.disposedLate ? 'red' : 'green'} size={14} label={false} />
      {say(item.disposedLate ? (isExcused(item) ? lateWords.excused : lateWords.late) : lateWords.inTime)}
    </span>
  )
}

const KEY = 'chengyun.case-columns'
export const keptColumns = (): string[] =>
  (JSON.parse(localStorage.getItem(KEY) ?? 'null') as string[] | null) ?? COLUMNS.filter(({ spare }) => !spare).map(({ key }) => key)
export const keepColumns = (keys: readonly string[]): void => localStorage.setItem(KEY, JSON.stringify(keys))
