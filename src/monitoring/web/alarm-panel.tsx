import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { Chart, drawnAt, ErrorState, groupNumber, Loading, sayMoment, serverNow, tell, useAct, useKeys, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import { postAcknowledge, postShelve, postUnshelve, type AlarmDetail, type AlarmShown } from '../contract.ts'
import { alarmQuery, alarmTrendQuery } from './alarm-queries.ts'
import { LevelMark } from './level-mark.tsx'
import { ALARM_STATE_WORDS, sayLatest, sayMeasured } from './say-alarm.ts'

const words = {
  latest: { zh: '最新', en: 'Latest' },
  latestSpeed: { zh: '最新车速', en: 'Latest speed' },
  now: { zh: '最近变级时', en: 'At its last change' },
  worst: { zh: '最高一级时', en: 'At its highest level' },
  limit: { zh: '限值', en: 'Limit' },
  since: { zh: '开始', en: 'Since' },
  over: { zh: '解除', en: 'Over' },
  flaps: { zh: '反复', en: 'Came back' },
  times: { zh: '次', en: 'times' },
  acknowledge: { zh: '确认', en: 'Acknowledge' },
  shelve: { zh: '搁置', en: 'Shelve' },
  unshelve: { zh: '结束搁置', en: 'Take from the shelf' },
  cancel: { zh: '取消', en: 'Cancel' },
  reason: { zh: '原因', en: 'Reason' },
  reasonHint: { zh: '写明原因，例如：探头检修', en: 'Say why, such as: the probe is being repaired' },
  until: { zh: '搁置到', en: 'For' },
  case: { zh: '案件', en: 'Case' },
  children: { zh: '其下设备同时中断', en: 'devices behind it are silent too' },
  parent: { zh: '由其网关中断引起', en: 'Explained by its silent gateway' },
  history: { zh: '经过', en: 'History' },
  trend: { zh: '读数曲线', en: 'Readings' },
  time: { zh: '时间', en: 'Time' },
  value: { zh: '数值', en: 'Value' },
  noTrend: { zh: '这段时间没有读数。', en: 'There are no readings of this time.' },
  map: { zh: '设备位置', en: 'Where the device stands' },
  mapOfVehicle: { zh: '告警时车辆所在位置', en: 'Where the vehicle was when it rang' },
  acked: { zh: '告警已确认', en: 'The alarm is acknowledged' },
  shelvedNow: { zh: '告警已搁置', en: 'The alarm is on the shelf' },
  back: { zh: '已结束搁置', en: 'The alarm is off the shelf' },
  shelvedUntil: { zh: '搁置至', en: 'Shelved until' },
} as const

const COLOURS = ['#2A6FDB', '#A87900', '#E26A0A', '#CC2F2F']
const BEFORE_MS = 3 * 3_600_000
const STEP_MS = 30_000

export function AlarmPanel({ alarm: { district, id } }: { alarm: Pick<AlarmShown, 'district' | 'id'> }) {
  const found = useQuery(alarmQuery(district, id))
  if (found.isError && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={10} />
  return <Shown key={found.data.alarm.id} detail={found.data} />
}

function Shown({ detail: { alarm, rule, steps: told } }: { detail: AlarmDetail }) {
  const { say, language } = useWords()
  // What a late reading brings about stands where its own time is.
  const steps = told.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return (
    <div className="alarm-panel">
      <div className="alarm-body">
        <header>
          <div className="tags">
            <LevelMark level={alarm.level || alarm.peak} label size={18} />
            <span className="tag">{say(ALARM_STATE_WORDS[alarm.state])}</span>
            {alarm.flaps > 0 && (
              <span className="tag">
                {say(words.flaps)} {alarm.flaps} {say(words.times)}
              </span>
            )}
          </div>
          <h2>{say(alarm.ruleWords)}</h2>
          <p>
            <Link to={`/${alarm.about}s/${alarm.device}` as never}>{alarm.deviceName}</Link> <span className="muted small number">{alarm.device}</span>
          </p>
        </header>
        <dl className="alarm-figures">
          {alarm.latest && <Figure name={say(alarm.about === 'vehicle' ? words.latestSpeed : words.latest)} value={sayLatest(alarm.latest, language)} at={sayMoment(alarm.latest.at)} />}
          <Figure name={say(words.now)} value={sayMeasured(alarm, alarm.value, language)} />
          <Figure name={say(words.worst)} value={sayMeasured(alarm, alarm.worst, language)} />
          <Figure name={say(words.limit)} value={alarm.limit === null ? '—' : sayMeasured(alarm, alarm.limit, language)} />
          <Figure name={say(words.since)} value={sayMoment(alarm.beganAt)} />
          {alarm.clearedAt && <Figure name={say(words.over)} value={sayMoment(alarm.clearedAt)} />}
        </dl>
        {alarm.shelvedUntil && alarm.state === 'shelved' && (
          <p className="small">
            {say(words.shelvedUntil)} {sayMoment(alarm.shelvedUntil)} · {alarm.shelveReason}
          </p>
        )}
        {alarm.children > 0 && (
          <p className="small">
            <b>{alarm.children}</b> {say(words.children)}
          </p>
        )}
        {alarm.parent && <p className="small muted">{say(words.parent)}</p>}
        {alarm.caseNumber && (
          <p>
            {say(words.case)}{' '}
            <Link to={`/cases/${alarm.caseNumber}` as never} className="number">
              {groupNumber(alarm.caseNumber)}
            </Link>
          </p>
        )}
        {alarm.about === 'device' && alarm.metric && rule.measure.kind !== 'formula' && <Trend alarm={alarm} levels={rule.measure.kind === 'threshold' && rule.bands.length === 0 ? rule.levels : []} />}
        {alarm.position && (
          <div className="mini-map">
            <CityMap label={say(alarm.about === 'vehicle' ? words.mapOfVehicle : words.map)} center={alarm.position} zoom={15.5} follow tools={false} pin={{ position: alarm.position, lamp: alarm.state === 'over' ? 'grey' : 'red' }} />
          </div>
        )}
        <h3>{say(words.history)}</h3>
        <ol className="alarm-steps">
          {steps.map((step, i) => (
            <li key={i}>
              <time className="muted number">{sayMoment(step.at)}</time>
              <span>
                {say(step.words)} {step.level > 0 && !step.by && <LevelMark level={step.level} size={14} />} {step.value !== null && <span className="number">{sayMeasured(alarm, step.value, language)}</span>} {step.by}{' '}
                {step.note && <span className="muted">{step.what === 'case-made' ? groupNumber(step.note) : step.what === 'case-ended' ? groupNumber(step.note.split(' ')[0]!) : step.note}</span>}
              </span>
            </li>
          ))}
        </ol>
      </div>
      <Acts alarm={alarm} />
    </div>
  )
}

const Figure = ({ name, value, at }: { name: string; value: string; at?: string }) => (
  <div>
    <dt className="muted small">{name}</dt>
    <dd className="number" {...(at !== undefined && { title: at })}>
      {value}
    </dd>
  </div>
)

const HOURS = [1, 4, 24, 72] as const

function Acts({ alarm }: { alarm: AlarmShown }) {
  const { say, language } = useWords()
  const may = useMay()
  const queries = useQueryClient()
  const [shelving, setShelving] = useState(false)
  const [reason, setReason] = useState('')
  const [hours, setHours] = useState<number>(4)
  const done = (said: (typeof words)['acked' | 'shelvedNow' | 'back']) => () => {
    tell(say(said))
    setShelving(false)
    void queries.invalidateQueries({ queryKey: ['alarms'] })
  }
  const acknowledge = useAct(postAcknowledge, { done: done(words.acked) })
  const shelve = useAct(postShelve, { done: done(words.shelvedNow) })
  const unshelve = useAct(postUnshelve, { done: done(words.back) })
  const params = { district: alarm.district, id: alarm.id }
  const mayAct = may('monitoring.attend') && alarm.state !== 'over'
  const take = () => acknowledge.mutate({ params, body: {} })
  useKeys({
    d: () => mayAct && alarm.state === 'ringing' && take(),
    s: () => mayAct && alarm.state !== 'shelved' && setShelving(true),
  })
  useEffect(() => setShelving(false), [alarm.id])
  if (!mayAct) return null
  if (shelving) {
    return (
      <form
        className="alarm-acts"
        onSubmit={(event) => {
          event.preventDefault()
          shelve.mutate({ params, body: { reason, until: new Date(serverNow() + hours * 3_600_000).toISOString() } })
        }}
      >
        <Input.TextArea rows={2} autoFocus maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} placeholder={say(words.reasonHint)} aria-label={say(words.reason)} />
        <div className="buttons">
          <Select
            value={hours}
            onChange={setHours}
            aria-label={say(words.until)}
            options={HOURS.map((each) => ({ value: each, label: language === 'zh' ? `搁置 ${each} 小时` : `For ${each} h` }))}
            style={{ width: 140 }}
          />
          <Button type="primary" htmlType="submit" loading={shelve.isPending} disabled={reason.trim().length < 2}>
            {say(words.shelve)}
          </Button>
          <Button onClick={() => setShelving(false)}>{say(words.cancel)}</Button>
        </div>
      </form>
    )
  }
  return (
    <div className="alarm-acts buttons">
      {alarm.state === 'ringing' && (
        <Button type="primary" onClick={take} loading={acknowledge.isPending}>
          {say(words.acknowledge)} <kbd aria-hidden="true">D</kbd>
        </Button>
      )}
      {alarm.state === 'shelved' ? (
        <Button onClick={() => unshelve.mutate({ params, body: {} })} loading={unshelve.isPending}>
          {say(words.unshelve)}
        </Button>
      ) : (
        <Button onClick={() => setShelving(true)}>
          {say(words.shelve)} <kbd aria-hidden="true">S</kbd>
        </Button>
      )}
    </div>
  )
}

function Trend({ alarm, levels }: { alarm: AlarmShown; levels: readonly (number | null)[] }) {
  const { say } = useWords()
  const now = useNow()
  const from = +new Date(alarm.beganAt) - BEFORE_MS
  const end = alarm.clearedAt ? +new Date(alarm.clearedAt) + BEFORE_MS / 3 : Infinity
  const to = Math.min(end, Math.ceil((now + 1) / STEP_MS) * STEP_MS)
  const trend = useQuery(alarmTrendQuery(alarm.device, alarm.metric!.code, from, to))
  const points = trend.data?.points
  const option = useMemo(
    () => ({
      animation: false,
      grid: { left: 46, right: 40, top: 10, bottom: 24 },
      xAxis: { type: 'time', min: drawnAt(from), max: drawnAt(to) },
      yAxis: { type: 'value', scale: true, splitNumber: 3, splitLine: { lineStyle: { color: '#EBEFF1' } } },
      tooltip: { trigger: 'axis' },
      series: [
        {
          type: 'line',
          showSymbol: (points?.length ?? 0) < 40,
          symbolSize: 4,
          data: points?.map(([at, mean]) => [drawnAt(at), mean]) ?? [],
          lineStyle: { color: '#0F5F70', width: 1.6 },
          itemStyle: { color: '#0F5F70' },
          markLine: {
            symbol: 'none',
            silent: true,
            data: levels.flatMap((limit, i) => (limit === null ? [] : [{ yAxis: limit, lineStyle: { color: COLOURS[i], type: 'dashed' }, label: { formatter: String(limit), color: COLOURS[i] } }])),
          },
        },
      ],
    }),
    [points, from, to, levels.join()],
  )
  if (!points) return <Loading lines={4} />
  if (points.length === 0) return <p className="muted small">{say(words.noTrend)}</p>
  return (
    <section className="alarm-trend">
      <h3>
        {say(words.trend)} · {say(alarm.metric!.words)} {alarm.metric!.unit && `(${alarm.metric!.unit})`}
      </h3>
      <Chart label={say(words.trend)} height={180} option={option} table={{ heads: [say(words.time), say(words.value)], rows: points.map(([at, mean]) => [sayMoment(at), mean.toFixed(alarm.metric!.precision)]) }} />
    </section>
  )
}
