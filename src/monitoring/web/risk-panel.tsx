import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ErrorState, Loading, sayList, sayMoment, tell, useAct, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import { CONSEQUENCES, FIELDS, LIKELIHOODS, postReview, RISK_LEVELS, SHIPPED, STAGES, type RiskDetail, type RiskShown } from '../contract.ts'
import { HazardForm } from './hazard-form.tsx'
import { LevelMark } from './level-mark.tsx'
import { MatrixGrid } from './risk-matrix.tsx'
import { keyText, matrixQuery, riskQuery } from './risk-queries.ts'
import { kindWords, levelWords, sayDay, sayReview, STAGE_TONES } from './risk-words.ts'
import { sayNow } from './say-alarm.ts'

const words = {
  likelihood: { zh: '可能性', en: 'Likelihood' },
  consequence: { zh: '后果', en: 'Consequence' },
  raised: { zh: '现升至{b}：监测设备告警', en: 'now {b}: alarms ring at its devices' },
  rule: { zh: '蓝、黄告警升一级，橙、红告警升两级，不超过重大；取最重的一条。', en: 'A blue or yellow alarm raises it by one level, an orange or red one by two, never above major; the worst counts.' },
  measures: { zh: '管控措施', en: 'Control measures' },
  owner: { zh: '责任单位', en: 'Owner' },
  person: { zh: '责任人', en: 'Person' },
  none: { zh: '未定', en: 'none' },
  review: { zh: '复评', en: 'Review' },
  every: { zh: '每 {n} 天', en: 'every {n} days' },
  last: { zh: '上次', en: 'last' },
  next: { zh: '下次', en: 'next' },
  devices: { zh: '监测设备', en: 'Devices that watch it' },
  noDevices: { zh: '没有监测设备，等级不随告警变化。', en: 'No device watches it; its level does not follow alarms.' },
  alarms: { zh: '当前告警', en: 'Alarms now' },
  hazards: { zh: '隐患', en: 'Hazards' },
  noHazards: { zh: '没有上报过隐患。', en: 'No hazard was reported here.' },
  history: { zh: '经过', en: 'History' },
  report: { zh: '上报隐患', en: 'Report a hazard' },
  doReview: { zh: '复评风险', en: 'Review the risk' },
  judge: { zh: '按现状选择可能性与后果', en: 'How likely and how grave it is now' },
  note: { zh: '复评说明', en: 'What the review found' },
  save: { zh: '保存复评', en: 'Save the review' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '复评已保存', en: 'The review is saved' },
  edit: { zh: '修改', en: 'Change' },
  ended: { zh: '已消除', en: 'Removed' },
  component: { zh: '关联部件', en: 'Component' },
  quiet: { zh: '无告警', en: 'quiet' },
  late: { zh: '逾期', en: 'overdue' },
}

interface Props {
  readonly district: string
  readonly code: string
  readonly openHazard: (key: { district: string; code: string }) => void
  readonly edit?: (risk: RiskShown) => void
}

export function RiskPanel({ district, code, ...rest }: Props) {
  const found = useQuery(riskQuery(district, code))
  if (found.isError && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  return found.data ? <Shown detail={found.data} {...rest} /> : <Loading lines={10} />
}

function Shown({ detail: { risk, devices, alarms, hazards, history }, openHazard, edit }: Pick<Props, 'openHazard' | 'edit'> & { detail: RiskDetail }) {
  const { say, language } = useWords()
  const may = useMay()
  const now = useNow()
  const [open, setOpen] = useState<'hazard' | 'review'>()
  if (open === 'hazard') {
    return (
      <div className="risk-panel">
        <HazardForm risk={risk} close={() => setOpen(undefined)} done={openHazard} />
      </div>
    )
  }
  const due = sayReview(risk.reviewBy, now, language)
  return (
    <div className="risk-panel">
      <div className="tags">
        <span className="risk-level" data-level={risk.level}>
          <LevelMark level={risk.level} size={18} /> {say(levelWords(risk.level))}
        </span>
        {risk.state === 'ended' && <span className="tag">{say(words.ended)}</span>}
        {risk.state === 'watched' && due.tone !== '' && <span className={`tag ${due.tone}`}>{due.text}</span>}
      </div>
      <h2>{risk.name}</h2>
      <p className="muted small">
        {say(FIELDS[risk.field])} · {say(kindWords(risk.kind))} · <span className="number">{risk.code}</span>
      </p>
      {risk.levelNow > risk.level && (
        <p className="risk-raised">
          <LevelMark level={risk.levelNow} size={18} /> {say(words.raised).replace('{b}', say(RISK_LEVELS[risk.levelNow - 1]!))}
        </p>
      )}
      {open === 'review' ? (
        <ReviewForm risk={risk} close={() => setOpen(undefined)} />
      ) : (
        <div className="buttons">
          {may('monitoring.hazard') && <Button onClick={() => setOpen('hazard')}>{say(words.report)}</Button>}
          {may('monitoring.risk') && risk.state === 'watched' && <Button onClick={() => setOpen('review')}>{say(words.doReview)}</Button>}
          {may('monitoring.risk') && edit && <Button onClick={() => edit(risk)}>{say(words.edit)}</Button>}
        </div>
      )}
      <h3>{say(words.measures)}</h3>
      <p>{risk.measures}</p>
      <dl className="risk-facts">
        <Fact name={say(words.likelihood)} value={`${risk.likelihood} ${say(LIKELIHOODS[risk.likelihood - 1]!)}`} />
        <Fact name={say(words.consequence)} value={`${risk.consequence} ${say(CONSEQUENCES[risk.consequence - 1]!)}`} />
        <Fact name={say(words.owner)} value={risk.ownerName ? say(risk.ownerName) : say(words.none)} />
        <Fact name={say(words.person)} value={risk.ownerPerson || say(words.none)} />
        <Fact name={say(words.review)} value={say(words.every).replace('{n}', String(risk.reviewDays))} />
        <Fact name={`${say(words.last)} / ${say(words.next)}`} value={`${sayDay(risk.reviewedAt)} / ${sayDay(risk.reviewBy)}`} />
        {risk.component && <Fact name={say(words.component)} value={risk.component} />}
      </dl>
      <h3>{say(words.devices)}</h3>
      {devices.length === 0 && <p className="muted small">{say(words.noDevices)}</p>}
      <ul className="risk-list">
        {devices.map(({ code, name, ringing }) => (
          <li key={code}>
            <Link to={`/devices/${encodeURIComponent(code)}` as never}>{name}</Link>
            {ringing > 0 ? <LevelMark level={ringing} size={16} label /> : <span className="muted small">{say(words.quiet)}</span>}
          </li>
        ))}
      </ul>
      {alarms.length > 0 && (
        <>
          <h3>{say(words.alarms)}</h3>
          <ul className="risk-list">
            {alarms.map((alarm) => (
              <li key={alarm.id}>
                <Link to={'/alarms' as never} search={{ alarm: alarm.id } as never}>
                  {say(alarm.ruleWords)} {sayNow(alarm, language)}
                </Link>
                <LevelMark level={alarm.level} size={16} label />
              </li>
            ))}
          </ul>
          <p className="muted small">{say(words.rule)}</p>
        </>
      )}
      <h3>{say(words.hazards)}</h3>
      {hazards.length === 0 && <p className="muted small">{say(words.noHazards)}</p>}
      <ul className="risk-list">
        {hazards.map((hazard) => (
          <li key={keyText(hazard)}>
            <button type="button" className="link" onClick={() => openHazard(hazard)}>
              {hazard.words}
            </button>
            <span className={`tag ${hazard.late ? 'red' : STAGE_TONES[hazard.stage]}`}>{hazard.late ? sayList([say(STAGES[hazard.stage]), say(words.late)], language) : say(STAGES[hazard.stage])}</span>
          </li>
        ))}
      </ul>
      <h3>{say(words.history)}</h3>
      <ol className="risk-steps">
        {history.map(({ at, words: what, by, note, likelihood, consequence, level }) => (
          <li key={at + what.en}>
            <span className="number muted small">{sayMoment(at).slice(0, 16)}</span>
            <span>
              {say(what)} {by ?? ''}{' '}
              <span className="muted small">
                {likelihood} × {consequence}, {say(levelWords(level))}
              </span>
              {note && <span className="note small">{note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function ReviewForm({ risk, close }: { risk: RiskShown; close: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [[likelihood, consequence], setJudged] = useState([risk.likelihood, risk.consequence])
  const [note, setNote] = useState('')
  const matrix = useQuery(matrixQuery).data?.now
  const save = useAct(postReview, {
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['monitoring', 'risks'] })
      close()
    },
  })
  return (
    <form
      className="risk-review"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ params: { district: risk.district, code: risk.code }, body: { likelihood, consequence, note } })
      }}
    >
      <p className="small">{say(words.judge)}</p>
      <MatrixGrid cells={matrix?.cells ?? SHIPPED} chosen={{ likelihood, consequence }} choose={(l, c) => setJudged([l, c])} />
      <label>
        {say(words.note)}
        <Input.TextArea value={note} onChange={(event) => setNote(event.target.value)} maxLength={500} rows={2} />
      </label>
      <div className="buttons">
        <Button type="primary" htmlType="submit" disabled={note.trim().length < 2} loading={save.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </div>
    </form>
  )
}
