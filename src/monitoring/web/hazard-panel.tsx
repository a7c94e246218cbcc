import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState, fileAddress, groupNumber, Loading, sayMoment, useWords } from '../../kernel/web/index.ts'
import { FIELDS, GRADES, HAZARD_SOURCES, STAGE_CODES, STAGES, type HazardShown, type Stage } from '../contract.ts'
import { hazardQuery, keyText } from './risk-queries.ts'
import { STAGE_TONES } from './risk-words.ts'

const words = {
  late: { zh: '逾期', en: 'overdue' },
  case: { zh: '案件', en: 'Case' },
  making: { zh: '正在生成案件，片刻后显示案号', en: 'Its case is being made; its number comes in a moment' },
  caseHelp: { zh: '整改、复查、销号都在案件中办理，隐患随案件销号。', en: 'It is rectified, checked and cleared in its case, and only there.' },
  unit: { zh: '责任单位', en: 'Unit' },
  noUnit: { zh: '待派遣', en: 'not dispatched yet' },
  found: { zh: '发现', en: 'Found' },
  by: { zh: '上报人', en: 'By' },
  due: { zh: '时限', en: 'Due' },
  cleared: { zh: '销号', en: 'Cleared' },
  field: { zh: '领域', en: 'Field' },
  source: { zh: '来源', en: 'From' },
  code: { zh: '隐患编号', en: 'Code' },
  risk: { zh: '所在风险', en: 'At the risk' },
  photo: { zh: '现场照片', en: 'Photo of it' },
}

const WAY: readonly Stage[] = STAGE_CODES.filter((stage) => stage !== 'dropped')

export function HazardPanel({ district, code }: { district: string; code: string }) {
  const found = useQuery(hazardQuery(district, code))
  if (found.isError && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  return found.data ? <Shown hazard={found.data} /> : <Loading lines={8} />
}

function Shown({ hazard }: { hazard: HazardShown }) {
  const { say } = useWords()
  const at = WAY.indexOf(hazard.stage)
  return (
    <div className="risk-panel">
      <div className="tags">
        <span className={`tag ${STAGE_TONES[hazard.stage]}`}>{say(STAGES[hazard.stage])}</span>
        {hazard.late && <span className="tag red">{say(words.late)}</span>}
        <span className={`tag ${hazard.grade === 2 ? 'red' : ''}`}>{say(GRADES[hazard.grade - 1]!)}</span>
      </div>
      <h2>{hazard.words}</h2>
      {hazard.stage !== 'dropped' && (
        <ol className="hazard-way">
          {WAY.map((stage, i) => (
            <li key={stage} data-done={i < at || hazard.stage === 'cleared' || undefined} aria-current={i === at ? 'step' : undefined}>
              {say(STAGES[stage])}
            </li>
          ))}
        </ol>
      )}
      <div className="hazard-case">
        {hazard.caseNumber ? (
          <p>
            {say(words.case)} <Link to={`/cases/${hazard.caseNumber}` as never}>{groupNumber(hazard.caseNumber)}</Link>
          </p>
        ) : (
          <p>{say(words.making)}</p>
        )}
        <p className="muted small">{say(words.caseHelp)}</p>
      </div>
      <dl className="risk-facts">
        <Fact name={say(words.code)}>{hazard.code}</Fact>
        <Fact name={say(words.unit)}>{hazard.unitName ? say(hazard.unitName) : say(words.noUnit)}</Fact>
        <Fact name={say(words.found)}>{sayMoment(hazard.foundAt)}</Fact>
        <Fact name={say(words.by)}>{hazard.foundBy}</Fact>
        <Fact name={say(words.source)}>{say(HAZARD_SOURCES[hazard.source])}</Fact>
        <Fact name={say(words.field)}>{say(FIELDS[hazard.field])}</Fact>
        {hazard.dueAt && <Fact name={say(words.due)}>{sayMoment(hazard.dueAt)}</Fact>}
        {hazard.endedAt && <Fact name={say(words.cleared)}>{sayMoment(hazard.endedAt)}</Fact>}
        {hazard.risk && (
          <Fact name={say(words.risk)}>
            <Link to={'/risks' as never} search={{ view: 'control', risk: keyText({ district: hazard.district, code: hazard.risk }) } as never}>{hazard.risk}</Link>
          </Fact>
        )}
      </dl>
      {hazard.files.length > 0 && (
        <div className="hazard-photos">
          {hazard.files.map((sha256) => (
            <a key={sha256} href={fileAddress(sha256, 'original')} target="_blank" rel="noreferrer">
              <img src={fileAddress(sha256, 'thumb')} alt={say(words.photo)} />
            </a>
          ))}
        </div>
      )}
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="number">{children}</dd>
    </div>
  )
}
