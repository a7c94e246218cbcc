import { useQuery } from '@tanstack/react-query'
import { ask, sayCount, sayDuration, useWords } from '../../kernel/web/index.ts'
import { getProceedingFigures, type ProceedingFilter } from '../contract.ts'
import { resultWords } from './result-words.ts'

const words = {
  opened: { zh: '提出', en: 'Opened' },
  waiting: { zh: '在办', en: 'Under way' },
  mean: { zh: '平均办理', en: 'Mean time' },
  late: { zh: '逾期', en: 'Late' },
}

/** The figures above a ledger: what was opened, what became of it, how long it took. */
export function LedgerFigures({ kind, filter }: { kind: string; filter: ProceedingFilter }) {
  const { say, language } = useWords()
  const figures = useQuery({
    queryKey: ['cases', 'proceeding-figures', filter],
    queryFn: ({ signal }) => ask(getProceedingFigures, { query: { ...filter, kind }, signal }),
    placeholderData: (old) => old,
  }).data
  const results = resultWords(kind)
  const mean = figures?.meanSeconds
  return (
    <dl>
      <Figure name={say(words.opened)} value={sayCount(figures?.opened)} />
      <Figure name={say(words.waiting)} value={sayCount(figures?.waiting)} />
      {(['granted', 'refused', 'done', 'withdrawn'] as const).map(
        (result) => figures && figures[result] > 0 && <Figure key={result} name={say(results[result])} value={sayCount(figures[result])} />,
      )}
      <Figure name={say(words.mean)} value={mean === null || mean === undefined ? '—' : sayDuration(mean * 1000, language)} />
      <Figure name={say(words.late)} value={sayCount(figures?.late)} late={Boolean(figures && figures.late > 0)} />
    </dl>
  )
}

function Figure({ name, value, late = false }: { name: string; value: string; late?: boolean }) {
  return (
    <div {...(late && { className: 'late' })}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
