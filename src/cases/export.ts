// Lists as sheets (.xlsx): the rows of a filter, as they are shown to the caller, page by page and never held.

import type { Readable } from 'node:stream'
import { getCityFacts } from '../atlas/index.ts'
import { MOST_ROWS, writeSheet, type Context, type Language, type SheetColumn, type SheetValue, type Words } from '../kernel/index.ts'
import { presentBriefs } from './brief.ts'
import type { CaseBrief, CaseFilter, ProceedingFilter, ProceedingListed } from './contract.ts'
import { listProceedings } from './ledger.ts'
import { listCases } from './list.ts'

const ROWS_AT_ONCE = 500
const PROCEEDINGS_AT_ONCE = 100

interface Column<T> {
  readonly title: Words
  readonly kind: SheetColumn['kind']
  readonly width?: number
  readonly value: (item: T, say: (words: Words) => string) => SheetValue
}

const LAMPS: Readonly<Record<string, Words>> = {
  green: { zh: '按时', en: 'On time' },
  yellow: { zh: '临期', en: 'Due soon' },
  red: { zh: '超时', en: 'Overdue' },
  grey: { zh: '停钟', en: 'Stopped' },
}
const RESULT_WORDS: Readonly<Record<string, Words>> = {
  granted: { zh: '同意', en: 'Granted' },
  refused: { zh: '不同意', en: 'Refused' },
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
  done: { zh: '办结', en: 'Done' },
}
const YES: Words = { zh: '是', en: 'Yes' }
const EXCUSED: Words = { zh: '超时，申诉成立不计考核', en: 'Late, excused by appeal' }
const LATE: Words = { zh: '超时', en: 'Late' }
const IN_TIME: Words = { zh: '按时', en: 'In time' }

const lateness = ({ disposedLate, excused }: CaseBrief): Words | null => (disposedLate === null ? null : !disposedLate ? IN_TIME : excused.includes('late') ? EXCUSED : LATE)

const when = (title: Words, value: (item: CaseBrief) => string | null): Column<CaseBrief> => ({ title, kind: 'moment', width: 20, value: (item) => asDate(value(item)) })
const count = (title: Words, value: (item: CaseBrief) => number): Column<CaseBrief> => ({ title, kind: 'number', width: 8, value })
const asDate = (text: string | null) => (text === null ? null : new Date(text))

const NUMBER: Column<{ number: string }> = { title: { zh: '案件号', en: 'Number' }, kind: 'text', width: 23, value: ({ number }) => number }
const WHAT: readonly Column<CaseBrief>[] = [
  { title: { zh: '状态', en: 'State' }, kind: 'text', width: 12, value: ({ stateWords }, say) => say(stateWords) },
  { title: { zh: '描述', en: 'What' }, kind: 'text', width: 44, value: ({ description }) => description },
  { title: { zh: '类别代码', en: 'Category code' }, kind: 'text', width: 12, value: ({ category }) => category.code },
  { title: { zh: '类别', en: 'Category' }, kind: 'text', width: 20, value: ({ category }, say) => say(category.words) },
  { title: { zh: '来源', en: 'Source' }, kind: 'text', width: 12, value: ({ sourceWords }, say) => say(sourceWords) },
  { title: { zh: '区域', en: 'Area' }, kind: 'text', width: 22, value: ({ region }, say) => say(region.words) },
  { title: { zh: '地址', en: 'Address' }, kind: 'text', width: 30, value: ({ address }) => address },
]

const CASES: readonly Column<CaseBrief>[] = [
  NUMBER,
  ...WHAT,
  { title: { zh: '单元网格', en: 'Cell' }, kind: 'text', value: ({ region }) => region.cell },
  { title: { zh: '部件编码', en: 'Component' }, kind: 'text', width: 20, value: ({ componentCode }) => componentCode },
  { title: { zh: '处置单位', en: 'Unit' }, kind: 'text', width: 26, value: ({ unit }, say) => unit && say(unit.name) },
  { title: { zh: '时限', en: 'Lamp' }, kind: 'text', width: 8, value: ({ lamp, endedAt }, say) => (endedAt === null ? say(LAMPS[lamp]!) : null) },
  when({ zh: '上报', en: 'Reported' }, ({ reportedAt }) => reportedAt),
  when({ zh: '处置到期', en: 'Disposal due' }, ({ disposeDueAt }) => disposeDueAt),
  when({ zh: '处置完成', en: 'Disposed' }, ({ disposedAt }) => disposedAt),
  when({ zh: '结束', en: 'Ended' }, ({ endedAt }) => endedAt),
  { title: { zh: '处置时效', en: 'Disposed' }, kind: 'text', width: 12, value: (item, say) => { const words = lateness(item); return words && say(words) } },
  count({ zh: '回退', en: 'Returns' }, ({ returns }) => returns),
  count({ zh: '返工', en: 'Reworks' }, ({ reworks }) => reworks),
  count({ zh: '延期', en: 'Extensions' }, ({ extensions }) => extensions),
  count({ zh: '挂账', en: 'Suspensions' }, ({ suspensions }) => suspensions),
  count({ zh: '推诿', en: 'Shirking' }, ({ shirks }) => shirks),
  count({ zh: '催办', en: 'Urged' }, ({ urges }) => urges),
  count({ zh: '督办', en: 'Orders' }, ({ orders }) => orders),
  count({ zh: '媒体督办', en: 'Media orders' }, ({ mediaOrders }) => mediaOrders),
  count({ zh: '重开', en: 'Reopened' }, ({ reopens }) => reopens),
  count({ zh: '反映人数', en: 'Reports' }, ({ reports }) => reports),
  count({ zh: '评价', en: 'Rating' }, ({ rating }) => rating as number),
]

const of = ({ title, kind, width, value }: Column<CaseBrief>): Column<ProceedingListed> => ({ title, kind, ...(width && { width }), value: (item, say) => value(item.case, say) })

const PROCEEDINGS: readonly Column<ProceedingListed>[] = [
  NUMBER,
  { title: { zh: '程序', en: 'Procedure' }, kind: 'text', width: 12, value: ({ words }, say) => say(words) },
  { title: { zh: '第几次', en: 'Which' }, kind: 'number', width: 8, value: ({ ordinal }) => ordinal },
  { title: { zh: '程序状态', en: 'Standing' }, kind: 'text', width: 16, value: ({ stateWords }, say) => say(stateWords) },
  { title: { zh: '结果', en: 'Result' }, kind: 'text', width: 10, value: ({ result }, say) => (result === null ? null : say(RESULT_WORDS[result] ?? { zh: result, en: result })) },
  { title: { zh: '单位', en: 'Unit' }, kind: 'text', width: 26, value: ({ unit }, say) => unit && say(unit.name) },
  { title: { zh: '参加单位', en: 'With' }, kind: 'text', width: 30, value: ({ participants }, say) => participants.map(({ name }) => say(name)).join('、') },
  { title: { zh: '提出时间', en: 'Opened' }, kind: 'moment', width: 20, value: ({ openedAt }) => new Date(openedAt) },
  { title: { zh: '提出人', en: 'Opened by' }, kind: 'text', width: 12, value: ({ openedBy }) => openedBy },
  { title: { zh: '理由', en: 'Reason' }, kind: 'text', width: 16, value: ({ reason }, say) => reason && say(reason.words) },
  { title: { zh: '说明', en: 'Note' }, kind: 'text', width: 40, value: ({ note }) => note },
  { title: { zh: '至', en: 'Until' }, kind: 'moment', width: 20, value: ({ untilAt }) => asDate(untilAt) },
  { title: { zh: '办理时限', en: 'Due' }, kind: 'moment', width: 20, value: ({ dueAt }) => asDate(dueAt) },
  { title: { zh: '办结时间', en: 'Ended' }, kind: 'moment', width: 20, value: ({ endedAt }) => asDate(endedAt) },
  { title: { zh: '办理人', en: 'Ended by' }, kind: 'text', width: 12, value: ({ endedBy }) => endedBy },
  { title: { zh: '办理意见', en: 'Words' }, kind: 'text', width: 40, value: ({ endNote }) => endNote },
  { title: { zh: '逾期', en: 'Late' }, kind: 'text', width: 6, value: ({ late }, say) => (late ? say(YES) : null) },
  { title: { zh: '费用（元）', en: 'Cost (yuan)' }, kind: 'number', width: 12, value: ({ cost }) => cost },
  { title: { zh: '转往', en: 'Passed to' }, kind: 'text', width: 24, value: ({ outside }) => outside },
  ...WHAT.map((column) => of(column)),
]

async function sheetOf<T>(ctx: Context, language: Language, name: Words, columns: readonly Column<T>[], items: AsyncIterable<T>): Promise<Readable> {
  const say = (words: Words) => words[language]
  const { zone } = await getCityFacts(ctx)
  async function* rows(): AsyncGenerator<SheetValue[]> {
    for await (const item of items) yield columns.map(({ value }) => value(item, say))
  }
  const head = columns.map(({ title, kind, width }): SheetColumn => ({ title: say(title), kind, ...(width !== undefined && { width }) }))
  return writeSheet({ name: say(name), columns: head, zone }, rows())
}

async function* pages<T>(read: (cursor: string | undefined) => Promise<{ items: readonly T[]; next: string | null }>): AsyncGenerator<T> {
  let [cursor, left]: [string | undefined, number] = [undefined, MOST_ROWS]
  do {
    const { items, next } = await read(cursor)
    yield* items.slice(0, left)
    left -= items.length
    cursor = next ?? undefined
  } while (cursor !== undefined && left > 0)
}

/** The cases of a filter, newest report first, at most 100,000. */
export const exportCases = (ctx: Context, filter: CaseFilter, language: Language): Promise<Readable> =>
  sheetOf(
    ctx,
    language,
    { zh: '案件', en: 'Cases' },
    CASES,
    pages(async (cursor) => {
      const { rows, next } = await listCases(ctx, filter, { cursor, limit: ROWS_AT_ONCE })
      return { items: await presentBriefs(ctx, rows), next }
    }),
  )

/** The ledger of a procedure, newest first, at most 100,000. */
export const exportProceedings = (ctx: Context, filter: ProceedingFilter, language: Language): Promise<Readable> =>
  sheetOf(
    ctx,
    language,
    { zh: '程序台账', en: 'Procedures' },
    PROCEEDINGS,
    pages((cursor) => listProceedings(ctx, filter, { cursor, limit: PROCEEDINGS_AT_ONCE, acts: false })),
  )
