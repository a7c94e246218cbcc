import { Popover } from 'antd'
import type { Words } from '../../kernel/contract.ts'
import { sayCount, sayMoment, saySigned, useWords } from '../../kernel/web/index.ts'
import { FIGURE_WORDS, type Figure, type Overview, type Period } from '../contract.ts'

const words = {
  means: { zh: '口径', en: 'Defined' },
  excused: { zh: '申诉成立', en: 'Appeals upheld' },
  without: { zh: '若计入超期则为', en: 'with their lateness' },
  numerator: { zh: '分子', en: 'Numerator' },
  denominator: { zh: '分母', en: 'Denominator' },
  counted: { zh: '计至', en: 'Counted up to' },
  before: { zh: '对比期', en: 'Compared with' },
  none: { zh: '上期无数据', en: 'nothing to compare' },
}

const units: Record<Figure['unit'], Words> = { case: { zh: '件', en: '' }, rate: { zh: '%', en: '%' }, hour: { zh: '时', en: 'h' } }
const against: Record<Period, Words> = {
  today: { zh: '较昨日', en: 'to yesterday' },
  week: { zh: '较上周同期', en: 'to last week' },
  month: { zh: '较上月同期', en: 'to last month' },
  quarter: { zh: '较上季同期', en: 'to last quarter' },
  year: { zh: '较上年同期', en: 'to last year' },
}

const shown = ({ unit, value }: Figure): string => {
  if (value === null) return '—'
  return unit === 'case' ? sayCount(value) : unit === 'rate' ? (value * 100).toFixed(2) : value.toFixed(1)
}

/** Six figures in one ruled strip, each with its parts, its last points and its change. */
export function Figures({ overview, period }: { overview: Overview; period: Period }) {
  const { say } = useWords()
  return (
    <section className="figures card">
      {overview.figures.map((figure) => (
        <div key={figure.key}>
          <p className="name">
            {say(FIGURE_WORDS[figure.key].name)}
            <Meaning figure={figure} overview={overview} />
          </p>
          <p className="value">
            {shown(figure)}
            <i>{figure.value === null ? '' : say(units[figure.unit])}</i>
          </p>
          <p className="parts">
            <Parts figure={figure} overview={overview} />
          </p>
          <Spark line={overview.period.running ? figure.line.slice(0, -1) : figure.line} />
          <Change figure={figure} name={say(against[period])} />
        </div>
      ))}
    </section>
  )
}

function Meaning({ figure, overview }: { figure: Figure; overview: Overview }) {
  const { say } = useWords()
  const { name, means } = FIGURE_WORDS[figure.key]
  return (
    <Popover
      trigger="click"
      title={say(name)}
      content={
        <div className="meaning">
          <p>{say(means)}</p>
          <dl className="facts">
            {figure.denominator !== null && (
              <>
                <div>
                  <dt>{say(words.numerator)}</dt>
                  <dd>{sayCount(figure.numerator)}</dd>
                </div>
                <div>
                  <dt>{say(words.denominator)}</dt>
                  <dd>{sayCount(figure.denominator)}</dd>
                </div>
                {figure.excused > 0 && (
                  <div>
                    <dt>{say(words.excused)}</dt>
                    <dd>
                      {sayCount(figure.excused)} · {say(words.without)} {(((figure.numerator - figure.excused) / figure.denominator) * 100).toFixed(2)}%
                    </dd>
                  </div>
                )}
              </>
            )}
            <div>
              <dt>{say(words.before)}</dt>
              <dd>
                {overview.before.from} – {overview.before.to}
              </dd>
            </div>
            <div>
              <dt>{say(words.counted)}</dt>
              <dd>{sayMoment(overview.asOf)}</dd>
            </div>
          </dl>
        </div>
      }
    >
      <button type="button" className="means">
        {say(words.means)}
      </button>
    </Popover>
  )
}

function Parts({ figure, overview }: { figure: Figure; overview: Overview }) {
  const { language } = useWords()
  const zh = language === 'zh'
  const { sum, sources, disposal } = overview
  const hours = (n: number | null) => (n === null ? '—' : n.toFixed(1))
  switch (figure.key) {
    case 'reported': {
      const top = sources[0]
      if (!top) return <>—</>
      const share = top.share === null ? '' : ` · ${zh ? '占 ' : ''}${(top.share * 100).toFixed(1)}%`
      return <>{`${top.name} ${sayCount(top.count)}${share}`}</>
    }
    case 'established':
      return (
        <>
          {zh
            ? `不予立案 ${sayCount(sum.declined)} · 自行处置 ${sayCount(sum.selfDisposed)}`
            : `${sayCount(sum.declined)} declined · ${sayCount(sum.selfDisposed)} self-disposed`}
        </>
      )
    case 'disposal':
      return (
        <>
          {zh
            ? `中位数 ${hours(disposal.medianHours)} 时 · 九成 ${hours(disposal.ninetyHours)} 时`
            : `median ${hours(disposal.medianHours)} h · 90 % in ${hours(disposal.ninetyHours)} h`}
        </>
      )
    default:
      return <>{`${sayCount(figure.numerator)} / ${sayCount(figure.denominator)} ${zh ? '应结案' : 'due'}`}</>
  }
}

/** The last whole points, without axes: only whether it rises or falls. One that is not over would always fall. */
function Spark({ line }: { line: readonly (number | null)[] }) {
  const known = line.filter((n) => n !== null)
  if (known.length < 2) return <svg className="spark" width="120" height="26" aria-hidden="true" />
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const points = line.flatMap((n, index) =>
    n === null ? [] : [[2 + (index / (line.length - 1)) * 112, high === low ? 13 : 23 - ((n - low) / (high - low)) * 20] as const],
  )
  const [x, y] = points.at(-1)!
  return (
    <svg className="spark" width="120" height="26" aria-hidden="true">
      <polyline points={points.map((point) => point.map((n) => n.toFixed(1)).join(',')).join(' ')} />
      <circle cx={x} cy={y} r="2.5" />
    </svg>
  )
}

function Change({ figure, name }: { figure: Figure; name: string }) {
  const { say, language } = useWords()
  const { value, before, unit, better } = figure
  if (value === null || before === null || (unit === 'case' && before === 0)) {
    return (
      <p className="change muted">
        {language === 'zh' ? `${name}：` : ''}
        {say(words.none)}
      </p>
    )
  }
  const by = value - before
  const text =
    unit === 'case'
      ? `${saySigned((by / before) * 100, 1)}%`
      : unit === 'rate'
        ? `${saySigned(by * 100)} ${language === 'zh' ? '点' : 'pt'}`
        : `${saySigned(by, 1)} ${say(units.hour)}`
  const good = better === null || Math.abs(by) < 1e-9 ? '' : by > 0 === (better === 'up') ? 'good' : 'bad'
  return <p className={`change ${good}`}>{language === 'zh' ? `${name} ${text}` : `${text} ${name}`}</p>
}
