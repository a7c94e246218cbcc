import { Icon, sayMoment, useNow, useWords } from '../../kernel/web/index.ts'
import { FIELDS, GRADES, STAGES, type HazardShown, type RiskShown, type WarnedRisk } from '../contract.ts'
import { LevelMark } from './level-mark.tsx'
import { keyText } from './risk-queries.ts'
import { kindWords, levelWords, sayReview, STAGE_TONES } from './risk-words.ts'
import { sayNow } from './say-alarm.ts'

const words = {
  noOwner: { zh: '未定责任单位', en: 'no owner' },
  devices: { zh: '台设备', en: 'devices' },
  unwatched: { zh: '无监测设备', en: 'no devices' },
  ringing: { zh: '告警中', en: 'ringing' },
  late: { zh: '逾期', en: 'overdue' },
  raised: { zh: '由{a}升至{b}', en: 'raised from {a} to {b}' },
  stays: { zh: '已是最高等级', en: 'the highest level already' },
  making: { zh: '正在生成案件', en: 'its case is being made' },
}

interface RowProps {
  readonly chosen: boolean
  readonly choose: () => void
}

function Row({ id, chosen, choose, children }: RowProps & { id: string; children: React.ReactNode }) {
  return (
    <li id={id} data-on={chosen || undefined}>
      <button type="button" onClick={choose} aria-current={chosen || undefined}>
        {children}
      </button>
    </li>
  )
}

/** `control`: what is done about it, by whom, and until when; else what it is. */
export function RiskRow({ risk, control, ...row }: RowProps & { risk: RiskShown; control: boolean }) {
  const { say, language } = useWords()
  const now = useNow()
  const due = sayReview(risk.reviewBy, now, language)
  return (
    <Row id={`risk-${keyText(risk)}`} {...row}>
      <LevelMark level={risk.levelNow} size={22} />
      <span className="what">
        <b>{risk.name}</b>
        {control ? (
          <>
            <span className="measure small">{risk.measures}</span>
            <span className="muted small">
              {risk.ownerName ? say(risk.ownerName) : say(words.noOwner)} {risk.ownerPerson}
            </span>
          </>
        ) : (
          <span className="muted small">
            {say(FIELDS[risk.field])} · {say(kindWords(risk.kind))} · {risk.ownerName ? say(risk.ownerName) : say(words.noOwner)}
          </span>
        )}
        <span className="marks">
          {risk.ringing > 0 && <span className="tag red">{say(words.ringing)}</span>}
          {(control || due.tone === 'red') && <span className={`tag ${due.tone}`}>{due.text}</span>}
          {control && <span className="tag">{risk.devices.length > 0 ? `${risk.devices.length} ${say(words.devices)}` : say(words.unwatched)}</span>}
        </span>
      </span>
    </Row>
  )
}

/** Why its level is raised now. */
export function WarnedRow({ warned: { risk, alarms }, ...row }: RowProps & { warned: WarnedRisk }) {
  const { say, language } = useWords()
  return (
    <Row id={`risk-${keyText(risk)}`} {...row}>
      <LevelMark level={risk.levelNow} size={22} />
      <span className="what">
        <b>{risk.name}</b>
        <span className="small">
          {risk.levelNow > risk.level ? say(words.raised).replace('{a}', say(levelWords(risk.level))).replace('{b}', say(levelWords(risk.levelNow))) : say(words.stays)}
        </span>
        {alarms.slice(0, 3).map((alarm) => (
          <span key={alarm.id} className="why small">
            <LevelMark level={alarm.level} size={14} />
            <span>
              {say(alarm.ruleWords)} {sayNow(alarm, language)} · {alarm.deviceName} · {sayMoment(alarm.raisedAt).slice(5, 16)}
            </span>
          </span>
        ))}
      </span>
    </Row>
  )
}

export function HazardRow({ hazard, ...row }: RowProps & { hazard: HazardShown }) {
  const { say } = useWords()
  return (
    <Row id={`hazard-${keyText(hazard)}`} {...row}>
      <Icon name={hazard.stage === 'cleared' ? 'check' : 'bell'} />
      <span className="what">
        <b>{hazard.words}</b>
        <span className="muted small">
          {hazard.unitName ? say(hazard.unitName) : say(words.noOwner)} · {sayMoment(hazard.foundAt).slice(0, 16)}
        </span>
        <span className="marks">
          <span className={`tag ${STAGE_TONES[hazard.stage]}`}>{say(STAGES[hazard.stage])}</span>
          {hazard.late && <span className="tag red">{say(words.late)}</span>}
          {hazard.grade === 2 && <span className="tag red">{say(GRADES[1]!)}</span>}
          {hazard.caseNumber === null && <span className="tag">{say(words.making)}</span>}
        </span>
      </span>
    </Row>
  )
}
