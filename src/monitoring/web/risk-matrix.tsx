import { useWords } from '../../kernel/web/index.ts'
import { CONSEQUENCES, levelBy, LIKELIHOODS, RISK_LEVELS, STEPS, type Cells } from '../contract.ts'

const words = {
  matrix: { zh: '风险矩阵', en: 'Matrix of risks' },
  likelihood: { zh: '可能性', en: 'Likelihood' },
  consequence: { zh: '后果', en: 'Consequence' },
}

interface Props {
  readonly cells: Cells
  readonly chosen?: { likelihood: number; consequence: number } | undefined
  readonly choose: (likelihood: number, consequence: number) => void
}

const NUMERALS = ['Ⅳ', 'Ⅲ', 'Ⅱ', 'Ⅰ'] as const

/** Likelihood upwards, consequence to the right; each cell is a button with its level in words. */
export function MatrixGrid({ cells, chosen, choose }: Props) {
  const { say } = useWords()
  return (
    <table className="risk-matrix" aria-label={say(words.matrix)}>
      <thead>
        <tr>
          <th scope="col">
            <span className="muted small">
              {say(words.likelihood)} ╲ {say(words.consequence)}
            </span>
          </th>
          {STEPS.map((consequence) => (
            <th key={consequence} scope="col">
              <b>{consequence}</b> <span>{say(CONSEQUENCES[consequence - 1]!)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {STEPS.toReversed().map((likelihood) => (
          <tr key={likelihood}>
            <th scope="row">
              <b>{likelihood}</b> <span>{say(LIKELIHOODS[likelihood - 1]!)}</span>
            </th>
            {STEPS.map((consequence) => {
              const level = levelBy(cells, likelihood, consequence)
              const on = chosen?.likelihood === likelihood && chosen.consequence === consequence
              return (
                <td key={consequence}>
                  <button
                    type="button"
                    data-level={level}
                    aria-pressed={on}
                    aria-label={`${say(words.likelihood)} ${likelihood}, ${say(words.consequence)} ${consequence}: ${say(RISK_LEVELS[level - 1]!)}`}
                    onClick={() => choose(likelihood, consequence)}
                  >
                    {NUMERALS[level - 1]}
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
