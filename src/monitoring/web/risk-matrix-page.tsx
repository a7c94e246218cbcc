import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ErrorState, Loading, sayMoment, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { fallsIn, putMatrix, RISK_LEVELS, type MatrixShown } from '../contract.ts'
import { LevelMark } from './level-mark.tsx'
import { MatrixGrid } from './risk-matrix.tsx'
import { matrixQuery } from './risk-queries.ts'
import './risk.css'

const words = {
  title: { zh: '风险矩阵', en: 'Risk matrix' },
  lead: {
    zh: '可能性 × 后果决定风险等级。点格子换等级，保存为新版本；已登记的风险在下次修改或复评时按新版本判定。',
    en: 'Likelihood × consequence gives the level. Choose a cell to change it, and save it as a new version; risks are judged by it from their next change or review on.',
  },
  shipped: { zh: '出厂：R = 可能性 × 后果，R ≥ 20 重大、≥ 15 较大、≥ 9 一般、其余为低', en: 'As shipped: R = likelihood × consequence; R ≥ 20 major, ≥ 15 considerable, ≥ 9 moderate, else low' },
  version: { zh: '版本', en: 'Version' },
  note: { zh: '修改说明', en: 'What was changed, and why' },
  save: { zh: '保存为新版本', en: 'Save as a new version' },
  saved: { zh: '风险矩阵已保存', en: 'The matrix is saved' },
  falls: { zh: '可能性或后果增大时，等级不得降低：请检查可能性 {l}、后果 {c} 处', en: 'What is more likely or more grave must not be a lower level: see likelihood {l}, consequence {c}' },
  versions: { zh: '历史版本', en: 'Versions' },
}

export default function RiskMatrixPage() {
  const { say } = useWords()
  const found = useQuery(matrixQuery)
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={8} />
  const { now, before } = found.data
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      <Editor key={now.version} matrix={now} />
      <section className="card pad" style={{ marginTop: 16 }}>
        <h2>{say(words.versions)}</h2>
        <ul className="risk-versions">
          {[now, ...before].map((each) => (
            <li key={each.version}>
              <b>
                {say(words.version)} {each.version}
              </b>
              <span>{each.version === 0 ? say(words.shipped) : each.note}</span>
              <span className="muted small">{each.changedAt ? `${sayMoment(each.changedAt)} ${each.changedBy}` : ''}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Editor({ matrix }: { matrix: MatrixShown }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [cells, setCells] = useState(matrix.cells)
  const [note, setNote] = useState('')
  const save = useAct(putMatrix, {
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: matrixQuery.queryKey })
    },
  })
  const wrong = fallsIn(cells)
  const same = JSON.stringify(cells) === JSON.stringify(matrix.cells)
  return (
    <form
      className="card pad risk-matrix-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ body: { cells, note } })
      }}
    >
      <MatrixGrid
        cells={cells}
        choose={(likelihood, consequence) =>
          setCells(cells.map((row, l) => row.map((level, c) => (l === likelihood - 1 && c === consequence - 1 ? (level % 4) + 1 : level))))
        }
      />
      <p className="risk-key">
        {RISK_LEVELS.map((name, i) => (
          <span key={name.en}>
            <LevelMark level={i + 1} size={16} /> {say(name)}
          </span>
        ))}
      </p>
      {wrong && (
        <p className="fault" role="alert">
          {say(words.falls).replace('{l}', String(wrong.likelihood)).replace('{c}', String(wrong.consequence))}
        </p>
      )}
      <label>
        {say(words.note)}
        <Input value={note} onChange={(event) => setNote(event.target.value)} maxLength={500} />
      </label>
      <Button type="primary" htmlType="submit" disabled={same || wrong !== undefined || note.trim().length < 2} loading={save.isPending}>
        {say(words.save)}
      </Button>
    </form>
  )
}
