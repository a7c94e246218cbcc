import { sayCount, useWords } from '../../kernel/web/index.ts'
import { FIELDS, RISK_LEVELS, type RiskFigures } from '../contract.ts'
import { LevelMark } from './level-mark.tsx'

const words = {
  levels: { zh: '按等级', en: 'By level' },
  fields: { zh: '按领域', en: 'By field' },
  districts: { zh: '按区县', en: 'By district' },
  all: { zh: '合计', en: 'All' },
  overdue: { zh: '复评逾期', en: 'Reviews overdue' },
  field: { zh: '领域', en: 'Field' },
  district: { zh: '区县', en: 'District' },
  counted: { zh: '管控中的风险；已消除的不计', en: 'Risks that are watched; those removed are left out' },
}

interface Props {
  readonly figures: RiskFigures
  readonly level: number | undefined
  readonly setLevel: (level: number | undefined) => void
}

const LEVELS_DOWN = [4, 3, 2, 1] as const
const sum = (levels: readonly number[]): number => levels.reduce((all, n) => all + n, 0)

/** How many risks there are, as counted when they change; each level is a filter. */
export function RiskFiguresColumn({ figures, level, setLevel }: Props) {
  const { say } = useWords()
  return (
    <>
      <h2>{say(words.levels)}</h2>
      <ul className="risk-levels">
        {LEVELS_DOWN.map((each) => (
          <li key={each}>
            <button type="button" aria-pressed={level === each} onClick={() => setLevel(level === each ? undefined : each)}>
              <LevelMark level={each} size={20} />
              <span>{say(RISK_LEVELS[each - 1]!)}</span>
              <b className="number">{sayCount(figures.levels[each - 1])}</b>
            </button>
          </li>
        ))}
      </ul>
      <p className="risk-sum small">
        <span>
          {say(words.all)} <b className="number">{sayCount(sum(figures.levels))}</b>
        </span>
        <span data-late={figures.overdue > 0 || undefined}>
          {say(words.overdue)} <b className="number">{sayCount(figures.overdue)}</b>
        </span>
      </p>
      <Counts title={say(words.fields)} head={say(words.field)} rows={figures.fields.map(({ field, levels }) => ({ key: field, name: say(FIELDS[field]), levels }))} />
      <Counts title={say(words.districts)} head={say(words.district)} rows={figures.districts.map(({ district, name, levels }) => ({ key: district, name: say(name), levels }))} />
      <p className="muted small">{say(words.counted)}</p>
    </>
  )
}

function Counts({ title, head, rows }: { title: string; head: string; rows: readonly { key: string; name: string; levels: readonly number[] }[] }) {
  const { say } = useWords()
  return (
    <>
      <h2 className="mt">{title}</h2>
      <table className="risk-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="off-screen">{head}</span>
            </th>
            {LEVELS_DOWN.map((each) => (
              <th key={each} scope="col">
                <LevelMark level={each} size={14} />
              </th>
            ))}
            <th scope="col">{say(words.all)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, levels }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {LEVELS_DOWN.map((each) => (
                <td key={each}>{sayCount(levels[each - 1])}</td>
              ))}
              <td>
                <b>{sayCount(sum(levels))}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
