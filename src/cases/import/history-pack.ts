import type { Context, PackColumn, PackFile } from '../../kernel/index.ts'
import { HISTORY_COLUMN_WORDS, HISTORY_COLUMNS, type HistoryColumn, type HistoryRow } from '../history-columns.ts'
import { historyRefused } from '../problems.ts'
import { pastCaseOf } from './past-case.ts'
import { beginImport, takeBatch, type SourceRow } from './take-batch.ts'

type PackRow = Partial<Record<HistoryColumn, string | null>>

const AT_ONCE = 2000
const NEEDED: readonly HistoryColumn[] = ['key', 'source', 'category', 'description', 'reported_at']

const columns = Object.fromEntries(
  HISTORY_COLUMNS.map((column): [HistoryColumn, PackColumn] => [
    column,
    { type: 'text', required: NEEDED.includes(column), maxLength: 2000, means: HISTORY_COLUMN_WORDS[column] },
  ]),
)

const textOf = (row: PackRow): HistoryRow =>
  Object.fromEntries(HISTORY_COLUMNS.flatMap((column) => (row[column] ? [[column, String(row[column])]] : [])))

/** `history.csv` of a city pack: past cases, taken by the same importer as those of any other source. */
export const historyPack: PackFile<PackRow> = {
  file: 'history.csv',
  format: 'csv',
  means: { zh: '历史案件', en: 'Past cases' },
  optional: true,
  columns,
  key: ['key'],
  checkEach: () => (row) => {
    const past = pastCaseOf(textOf(row))
    return Array.isArray(past) ? past : []
  },
  loadEach: async (ctx, rows) => {
    const run = beginImport('pack')
    let piece: SourceRow[] = []
    let line = 1
    for await (const row of rows) {
      piece.push({ line: ++line, row: textOf(row) })
      if (piece.length < AT_ONCE) continue
      await takeAll(ctx, run, piece)
      piece = []
    }
    await takeAll(ctx, run, piece)
  },
  // Cases are what happened in a city, and no part of how it is set up.
  async *export() {},
}

/** A pack is taken whole or not at all. */
async function takeAll(ctx: Context, run: ReturnType<typeof beginImport>, piece: readonly SourceRow[]): Promise<void> {
  const { refused } = await takeBatch(ctx, run, piece)
  if (refused.length === 0) return
  const faults = refused.flatMap(({ line, faults }) => faults.map(({ column, reason }) => ({ at: `history.csv:${line}:${column}`, reason })))
  throw historyRefused({ count: refused.length }, { faults: faults.slice(0, 100) })
}
