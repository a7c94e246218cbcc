import { Button } from 'antd'
import { dayNumber, dayText } from '../../kernel/contract.ts'
import { Icon, useNow, useWords } from '../../kernel/web/index.ts'
import type { CalendarEdit } from '../../registry/contract.ts'
import { dayOf, weeksOf, type Announced } from './calendar-draft.ts'

const words = {
  before: { zh: '上一年', en: 'The year before' },
  after: { zh: '下一年', en: 'The year after' },
  off: { zh: '休息', en: 'off' },
  works: { zh: '上班', en: 'works' },
  own: { zh: '本市自定', en: 'named by this city' },
  restSign: { zh: '休', en: '×' },
  workSign: { zh: '班', en: '+' },
  legend: { zh: '休 节假日　班 调休上班　框 本市自定', en: '× holiday · + made-up workday · framed: named by this city' },
}
const WEEK = { zh: ['一', '二', '三', '四', '五', '六', '日'], en: ['M', 'T', 'W', 'T', 'F', 'S', 'S'] } as const
const MONTHS_EN = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

interface Props {
  readonly year: number
  readonly setYear: (year: number) => void
  readonly draft: CalendarEdit
  readonly announced: Announced
  readonly turn: (date: string) => void
}

/** Twelve months; a click turns a day. */
export function CalendarYear({ year, setYear, draft, announced, turn }: Props) {
  const { say } = useWords()
  return (
    <section className="card pad calendar-year">
      <header>
        <Button size="small" icon={<Icon name="left" size={14} />} aria-label={say(words.before)} onClick={() => setYear(year - 1)} />
        <h2>{year}</h2>
        <Button size="small" icon={<Icon name="right" size={14} />} aria-label={say(words.after)} onClick={() => setYear(year + 1)} />
        <span className="small muted">{say(words.legend)}</span>
      </header>
      <div className="months">
        {Array.from({ length: 12 }, (_, i) => (
          <Month key={i} year={year} month={i + 1} draft={draft} announced={announced} turn={turn} />
        ))}
      </div>
    </section>
  )
}

function Month({ year, month, draft, announced, turn }: Omit<Props, 'setYear'> & { month: number }) {
  const { say, language } = useWords()
  const today = dayText(dayNumber(useNow()))
  const title = language === 'zh' ? `${month} 月` : MONTHS_EN[month - 1]!
  return (
    <table className="month" aria-label={`${year} ${title}`}>
      <caption>{title}</caption>
      <thead>
        <tr>
          {WEEK[language].map((name, i) => (
            <th key={i} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week, i) => (
          <tr key={i}>
            {week.map((date, j) => {
              if (date === null) return <td key={j} />
              const { off, day, own, unusual, name } = dayOf(draft, announced, date)
              const marks = [off && 'off', own && 'own', date === today && 'today'].filter(Boolean).join(' ')
              const told = [date, say(off ? words.off : words.works), name, own && say(words.own)].filter(Boolean).join(' ')
              return (
                <td key={j}>
                  <button type="button" className={marks} aria-label={told} title={told} onClick={() => turn(date)}>
                    {day}
                    {unusual && <i>{say(off ? words.restSign : words.workSign)}</i>}
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
