import { useState } from 'react'
import { Icon, sayCount, useWords } from '../../kernel/web/index.ts'
import type { Area, Overview } from '../contract.ts'

const words = {
  title: { zh: '区域', en: 'Areas' },
  note: { zh: '区间重叠的区域不分先后', en: 'areas whose intervals overlap are not ranked' },
  area: { zh: '区域', en: 'Area' },
  open: { zh: '在办', en: 'Open' },
  overdue: { zh: '超时', en: 'Overdue' },
  due: { zh: '应结案', en: 'Due' },
  closed: { zh: '结案', en: 'Closed' },
  closing: { zh: '结案率', en: 'Closing rate' },
  inTime: { zh: '按期', en: 'In time' },
  rate: { zh: '按期结案率', en: 'Rate in time' },
  interval: { zh: '95% 区间', en: '95 % interval' },
  none: { zh: '本时段没有区域数据', en: 'No figures by area in this period' },
  fold: { zh: '收起', en: 'Fold' },
  unfold: { zh: '展开', en: 'Unfold' },
}

const percent = (rate: number | null) => (rate === null ? '—' : `${(rate * 100).toFixed(2)}%`)

/** Districts and their streets with the rate in time and how sure it is; the dashed line is the whole city's. */
export function Areas({ overview }: { overview: Overview }) {
  const { say } = useWords()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const { areas } = overview
  const whole = areas.find(({ level }) => level === 'city')
  const drawn = areas.flatMap(({ interval }) => (interval ? [interval] : []))
  const low = Math.floor(Math.min(0.98, ...drawn.map(([from]) => from)) * 50) / 50
  const high = Math.min(1, Math.ceil(Math.max(...drawn.map(([, to]) => to), low + 0.02) * 50) / 50)
  const at = (rate: number) => `${((rate - low) / (high - low || 1)) * 100}%`
  const tops = areas.filter((area) => area.level !== 'city' && !areas.some(({ code, level }) => code === area.parent && level !== 'city'))
  const rows = tops.flatMap((top) => [
    top,
    ...(folded.has(top.code) ? [] : areas.filter(({ parent, level }) => parent === top.code && level === 'street')),
  ])
  const fold = (code: string) => setFolded(new Set(folded.has(code) ? [...folded].filter((each) => each !== code) : [...folded, code]))
  const heads = [words.open, words.overdue, words.due, words.closed, words.closing, words.inTime, words.rate]
  return (
    <section className="card pad">
      <div className="card-head">
        <h2>
          {say(words.title)} <span className="muted small">{say(words.note)}</span>
        </h2>
      </div>
      {areas.length === 0 ? (
        <p className="muted">{say(words.none)}</p>
      ) : (
        <table className="areas">
          <thead>
            <tr>
              <th scope="col">{say(words.area)}</th>
              {heads.map((head) => (
                <th key={head.zh} scope="col" className="right">
                  {say(head)}
                </th>
              ))}
              <th scope="col" className="axis">
                <span>
                  <em>{Math.round(low * 100)}%</em>
                  <em>{say(words.interval)}</em>
                  <em>{Math.round(high * 100)}%</em>
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...rows, ...(whole ? [whole] : [])].map((area) => (
              <Row
                key={area.code || 'whole'}
                area={area}
                at={at}
                whole={whole}
                {...(area.level === 'district' && { folded: folded.has(area.code), fold: () => fold(area.code) })}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

interface RowProps {
  area: Area
  whole: Area | undefined
  at: (rate: number) => string
  folded?: boolean
  fold?: () => void
}

function Row({ area, whole, at, folded, fold }: RowProps) {
  const { say } = useWords()
  return (
    <tr className={area.level}>
      <th scope="row">
        {fold && (
          <button
            type="button"
            className="fold-row"
            onClick={fold}
            aria-expanded={!folded}
            aria-label={`${say(folded ? words.unfold : words.fold)} ${area.name}`}
          >
            <Icon name={folded ? 'right' : 'down'} size={12} />
          </button>
        )}
        {area.name}
      </th>
      <td>{sayCount(area.open)}</td>
      <td className={area.overdue > 0 ? 'late' : ''}>{sayCount(area.overdue)}</td>
      <td>{sayCount(area.due)}</td>
      <td>{sayCount(area.closed)}</td>
      <td>{percent(area.closingRate)}</td>
      <td>{sayCount(area.inTime)}</td>
      <td className="strong">{percent(area.inTimeRate)}</td>
      <td>
        <span className="interval">
          {whole?.inTimeRate != null && <em style={{ left: at(whole.inTimeRate) }} />}
          {area.interval && <u style={{ left: at(area.interval[0]), width: `calc(${at(area.interval[1])} - ${at(area.interval[0])})` }} />}
          {area.inTimeRate !== null && <i style={{ left: at(area.inTimeRate) }} />}
        </span>
      </td>
    </tr>
  )
}
