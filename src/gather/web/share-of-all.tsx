import { useQuery } from '@tanstack/react-query'
import { ask, sayCount, useWords } from '../../kernel/web/index.ts'
import type { LedgerShareProps } from '../../cases/web/index.ts'
import { getActFigures } from '../contract.ts'

const words = {
  share: { zh: '占全部案件', en: 'Share of all cases' },
  /** An imported case brings its steps and no proceedings. */
  counted: { zh: '按步骤发生之日统计，含导入的历史案件', en: 'by the day of the step, imported past cases with them' },
  units: { zh: '单位前十', en: 'Ten units with the most' },
}

/** 占全部案件的比例, and the units with the most: from the ready sums, by the day on which it happened. */
export function ShareOfAll({ kind, days, region }: LedgerShareProps) {
  const { say } = useWords()
  const district = region?.slice(0, 6)
  const { data } = useQuery({
    queryKey: ['gather', 'acts', kind, days, district],
    queryFn: ({ signal }) => ask(getActFigures, { query: { kind: kind, ...days, ...(district && { region: district }) }, signal }),
    placeholderData: (old) => old,
    // Counted a moment after it happened.
    refetchInterval: 30_000,
  })
  if (!data) return null
  return (
    <>
      <dl>
        <div>
          <dt>{say(words.share)}</dt>
          <dd>{data.share === null ? '—' : `${(data.share * 100).toFixed(2)}%`}</dd>
          <dd className="muted small number">
            {sayCount(data.opened)} / {sayCount(data.reported)}
          </dd>
          <dd className="muted small">{say(words.counted)}</dd>
        </div>
      </dl>
      {data.units.length > 0 && (
        <div className="top-units">
          <h2>{say(words.units)}</h2>
          <ol>
            {data.units.map(({ code, name, count, share }) => (
              <li key={code}>
                <span title={name}>{name}</span>
                <i aria-hidden="true">
                  <b style={{ width: `${(share ?? 0) * 100}%` }} />
                </i>
                <em>{sayCount(count)}</em>
              </li>
            ))}
          </ol>
        </div>
      )}
    </>
  )
}
