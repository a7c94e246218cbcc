import { sayCount, sayRate, useWords } from '../../kernel/web/index.ts'
import { STAGE_CODES, STAGES, type HazardFigures, type Stage } from '../contract.ts'

const words = {
  stages: { zh: '按阶段', en: 'By stage' },
  late: { zh: '逾期', en: 'Overdue' },
  rate: { zh: '整改率', en: 'Cleared' },
  share: { zh: '整改率 %', en: 'Cleared %' },
  rateMeans: { zh: '整改率 = 已销号 ÷（全部 − 不成立）；阶段取自案件', en: 'Cleared ÷ (all − not upheld); the stages are those of the cases' },
  districts: { zh: '按区县', en: 'By district' },
  units: { zh: '按责任单位', en: 'By unit' },
  open: { zh: '未销号', en: 'Open' },
  noUnit: { zh: '待派遣', en: 'No unit yet' },
  name: { zh: '名称', en: 'Name' },
}

type Share = Pick<HazardFigures, 'stages' | 'late'>

const of = ({ stages }: Share, stage: Stage): number => stages[STAGE_CODES.indexOf(stage)] ?? 0
const upheld = (share: Share): number => share.stages.reduce((sum, n) => sum + n, 0) - of(share, 'dropped')
const openOf = (share: Share): number => upheld(share) - of(share, 'cleared')

interface Props {
  readonly figures: HazardFigures
  readonly stage: string | undefined
  readonly late: boolean
  readonly choose: (change: { stage?: string | undefined; late?: string | undefined }) => void
}

/** Where hazards stand, whose they are, and how many are cleared. */
export function HazardFiguresColumn({ figures, stage, late, choose }: Props) {
  const { say } = useWords()
  return (
    <>
      <h2>{say(words.stages)}</h2>
      <ul className="risk-levels">
        {STAGE_CODES.map((each) => (
          <li key={each}>
            <button type="button" aria-pressed={stage === each} onClick={() => choose({ stage: stage === each ? undefined : each, late: undefined })}>
              <span>{say(STAGES[each])}</span>
              <b className="number">{sayCount(of(figures, each))}</b>
            </button>
          </li>
        ))}
        <li>
          <button type="button" aria-pressed={late} data-late={figures.late > 0 || undefined} onClick={() => choose({ late: late ? undefined : 'true', stage: undefined })}>
            <span>{say(words.late)}</span>
            <b className="number">{sayCount(figures.late)}</b>
          </button>
        </li>
      </ul>
      <p className="risk-rate">
        {say(words.rate)} <b className="number">{sayRate(of(figures, 'cleared'), upheld(figures))} %</b>
        <span className="muted small number">
          {sayCount(of(figures, 'cleared'))} / {sayCount(upheld(figures))}
        </span>
      </p>
      <Shares title={say(words.districts)} rows={figures.districts.map((each) => ({ ...each, key: each.district, words: say(each.name) }))} />
      <Shares title={say(words.units)} rows={figures.units.map((each) => ({ ...each, key: each.unit, words: each.name ? say(each.name) : each.unit === '' ? say(words.noUnit) : each.unit }))} />
      <p className="muted small">{say(words.rateMeans)}</p>
    </>
  )
}

function Shares({ title, rows }: { title: string; rows: readonly (Share & { key: string; words: string })[] }) {
  const { say } = useWords()
  return (
    <>
      <h2 className="mt">{title}</h2>
      <table className="risk-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="off-screen">{say(words.name)}</span>
            </th>
            <th scope="col">{say(words.open)}</th>
            <th scope="col">{say(words.late)}</th>
            <th scope="col">{say(words.share)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.words}</th>
              <td>{sayCount(openOf(row))}</td>
              <td data-late={row.late > 0 || undefined}>{sayCount(row.late)}</td>
              <td title={`${of(row, 'cleared')} / ${upheld(row)}`}>{sayRate(of(row, 'cleared'), upheld(row), 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
