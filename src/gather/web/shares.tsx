import { useMemo } from 'react'
import { Chart, sayCount, useWords } from '../../kernel/web/index.ts'
import type { Overview } from '../contract.ts'

const words = {
  categories: { zh: '高发类别', en: 'Most frequent categories' },
  units: { zh: '处置最多的单位', en: 'Units with the most cases' },
  sources: { zh: '来源', en: 'Sources' },
  established: { zh: '立案', en: 'established' },
  dispatched: { zh: '派遣件数与按期率', en: 'dispatched, rate in time' },
  reported: { zh: '上报', en: 'reported' },
  unit: { zh: '件', en: '' },
  count: { zh: '件数', en: 'Cases' },
  share: { zh: '占比', en: 'Share' },
  others: { zh: '其他', en: 'Others' },
  none: { zh: '本时段还没有', en: 'None in this period' },
}

const COLOURS = ['#0F5F70', '#3F93A3', '#86BCC7', '#C98A2B', '#D9C9A8', '#8A5A83', '#B6C1C8']
const percent = (share: number | null, digits: number) => (share === null ? '—' : `${(share * 100).toFixed(digits)}%`)

/** The five largest, as bars that start at nought. */
export function Ranks({ overview, of }: { overview: Overview; of: 'categories' | 'units' }) {
  const { say } = useWords()
  const rows =
    of === 'categories'
      ? overview.categories.slice(0, 5).map(({ code, name, count, share }) => ({ code, name, n: count, aside: percent(share, 1) }))
      : overview.units
          .slice(0, 5)
          .map(({ code, name, dispatched, inTimeRate }) => ({ code, name, n: dispatched, aside: percent(inTimeRate, 1) }))
  const most = Math.max(1, ...rows.map(({ n }) => n))
  const total =
    of === 'categories' ? `${say(words.established)} ${sayCount(overview.sum.established)} ${say(words.unit)}` : say(words.dispatched)
  return (
    <section className="card pad">
      <div className="card-head">
        <h2>
          {say(words[of])} <span className="muted small">{total}</span>
        </h2>
      </div>
      {rows.length === 0 ? (
        <p className="muted">{say(words.none)}</p>
      ) : (
        <table className="ranks">
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row" title={row.name}>
                  {row.name}
                </th>
                <td>
                  <u style={{ width: `${(row.n / most) * 100}%` }} />
                </td>
                <td>{sayCount(row.n)}</td>
                <td className="muted">{row.aside}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

export function Sources({ overview }: { overview: Overview }) {
  const { say, language } = useWords()
  const total = overview.sum.reported
  const rows = useMemo(() => {
    const first = overview.sources.slice(0, 6)
    const rest = overview.sources.slice(6).reduce((sum, { count }) => sum + count, 0)
    return rest > 0 ? [...first, { code: '', name: say(words.others), count: rest, share: total > 0 ? rest / total : null }] : first
  }, [overview.sources, total, language])
  const option = useMemo(
    () => ({
      tooltip: { trigger: 'item', confine: true, formatter: '{b} {c} ({d}%)' },
      aria: { enabled: true },
      series: [
        {
          type: 'pie',
          radius: ['62%', '92%'],
          startAngle: 90,
          label: { show: false },
          emphasis: { scale: false },
          itemStyle: { borderColor: '#fff', borderWidth: 2 },
          data: rows.map(({ name, count }, index) => ({ name, value: count, itemStyle: { color: COLOURS[index] } })),
        },
      ],
    }),
    [rows],
  )
  return (
    <section className="card pad">
      <div className="card-head">
        <h2>
          {say(words.sources)}{' '}
          <span className="muted small">
            {say(words.reported)} {sayCount(total)} {say(words.unit)}
          </span>
        </h2>
      </div>
      {rows.length === 0 ? (
        <p className="muted">{say(words.none)}</p>
      ) : (
        <div className="sources">
          <Chart
            label={say(words.sources)}
            height={132}
            option={option}
            table={{
              heads: [say(words.sources), say(words.count), say(words.share)],
              rows: rows.map(({ name, count, share }) => [name, sayCount(count), percent(share, 2)]),
            }}
          />
          <table className="ranks">
            <tbody>
              {rows.map(({ code, name, count, share }, index) => (
                <tr key={code}>
                  <th scope="row">
                    <s style={{ background: COLOURS[index] }} /> {name}
                  </th>
                  <td>{sayCount(count)}</td>
                  <td className="muted">{percent(share, 2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
