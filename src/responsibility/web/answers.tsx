import { useWords } from '../../kernel/web/index.ts'
import type { Decision } from '../contract.ts'
import { Confidence } from './confidence.tsx'

const words = {
  learned: { zh: '历史上同类由谁处置（学习建议）', en: 'Who had the like before (learned)' },
  nobody: { zh: '没有规则、先例或属地单位覆盖此处。请新增一条规则。', en: 'No rule, precedent or office covers this place. Add a rule.' },
}

/** The rules' answer in its order, and under it what history suggests. */
export function Answers({ answers, learned }: Pick<Decision, 'answers' | 'learned'>) {
  const { say } = useWords()
  return (
    <>
      {answers.length === 0 ? (
        <p className="muted small">{say(words.nobody)}</p>
      ) : (
        <ol className="answers">
          {answers.map((answer) => (
            <li key={answer.unitCode}>
              <div>
                <b>{say(answer.name)}</b>
                <Confidence value={answer.confidence} />
              </div>
              <small>
                {answer.rule && <span className="number">{answer.rule} </span>}
                {say(answer.words)}
              </small>
            </li>
          ))}
        </ol>
      )}
      {learned.length > 0 && (
        <>
          <h3>{say(words.learned)}</h3>
          <ol className="answers">
            {learned.map((each) => (
              <li key={each.unitCode}>
                <div>
                  {say(each.name)}
                  <span className="confidence">{Math.round(each.confidence * 100)}%</span>
                </div>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
