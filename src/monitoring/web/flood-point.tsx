import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, InputNumber, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useDivisions } from '../../atlas/web/index.ts'
import { Chart, ErrorState, Loading, sayMoment, saySigned, tell, useAct, useMay, useWords } from '../../kernel/web/index.ts'
import { LEVELS, putFloodPoint, REFUSALS, SCENE_CODES, SCENES, type FloodCurve } from '../contract.ts'
import { curveOption } from './flood-chart.ts'
import { floodPointQuery } from './flood-queries.ts'
import { sayBetween, sayCm } from './flood-words.ts'
import { Ring } from './flood-points.tsx'
import { LevelMark } from './level-mark.tsx'

const words = {
  cm: { zh: '厘米', en: 'cm' },
  ten: { zh: '10 分钟', en: '10 min' },
  data: { zh: '数据', en: 'data' },
  device: { zh: '设备', en: 'Device' },
  alarm: { zh: '告警', en: 'Alarm' },
  curve: { zh: '水位（厘米）与雨量（毫米/5 分钟）；浅色为 80% 预测区间', en: 'Level (cm) and rain (mm in 5 min); shaded: 80 % of what may come' },
  hindsight: { zh: '灰线为此后实测', en: 'grey: what came' },
  now: { zh: '现在', en: 'now' },
  moment: { zh: '此刻', en: 'then' },
  reaches: { zh: '到各级水位', en: 'To each level' },
  minutes: { zh: '预计', en: 'Expected' },
  between: { zh: '80% 区间', en: '80 % between' },
  there: { zh: '已到', en: 'reached' },
  not: { zh: '1 小时内不到', en: 'not within 1 h' },
  min: { zh: '分', en: 'min' },
  refused: { zh: '不作预测', en: 'No forecast' },
  time: { zh: '时间', en: 'Time' },
  level: { zh: '水位', en: 'Level' },
  low: { zh: '区间下限', en: 'From' },
  high: { zh: '区间上限', en: 'To' },
  kind: { zh: '来源', en: 'Kind' },
  measured: { zh: '实测', en: 'measured' },
  foreseen: { zh: '预测', en: 'foreseen' },
  set: { zh: '设置', en: 'Set' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '积水点已设置', en: 'The flood point is set' },
  scene: { zh: '场景', en: 'Scene' },
}

export function PointPanel({ device, at }: { device: string; at: string | undefined }) {
  const found = useQuery(floodPointQuery(device, at))
  if (found.isError && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={8} />
  return <Shown key={found.data.point.device} curve={found.data} past={at !== undefined} />
}

function Shown({ curve, past }: { curve: FloodCurve; past: boolean }) {
  const { say } = useWords()
  const { within } = useDivisions()
  const may = useMay()
  const [setting, setSetting] = useState(false)
  const { point } = curve
  const option = useMemo(() => curveOption(curve, { now: say(past ? words.moment : words.now), levels: LEVELS.map(({ words: name }) => say(name)) }), [curve, past, say])
  const rows = [
    ...curve.levels.map(([when, cm]) => [sayMoment(when), cm.toFixed(1), '', '', say(words.measured)]),
    ...curve.forecast.map(([when, cm, low, high]) => [sayMoment(when), cm.toFixed(1), low.toFixed(1), high.toFixed(1), say(words.foreseen)]),
  ]
  return (
    <section className="card flood-one" aria-label={point.name}>
      <header>
        {point.state > 0 ? <LevelMark level={point.state} size={30} /> : <Ring size={24} />}
        <div>
          <h2>{point.name}</h2>
          <p className="muted small">
            {within(point.district)} · {say(SCENES[point.scene])} · <Link to={`/devices/${point.device}` as never}>{point.device}</Link> · {say(words.data)} {sayMoment(point.at).slice(5)}{' '}
            {point.alarm && (
              <Link to={`/alarms?alarm=${point.alarm.id}&state=${past ? 'over' : 'open'}` as never} className="tag red">
                {say(words.alarm)} <LevelMark level={point.alarm.level} size={14} />
              </Link>
            )}
          </p>
        </div>
        <p className="flood-big" data-state={point.state}>
          <b className="number">{point.silent ? '—' : sayCm(point.level)}</b> {say(words.cm)}
          {point.trend !== null && (
            <em>
              {say(words.ten)} {saySigned(point.trend, 1)}
            </em>
          )}
        </p>
      </header>
      <div className="flood-detail">
        <div>
          <p className="muted small">
            {say(words.curve)} {past && `· ${say(words.hindsight)}`}
          </p>
          <Chart label={`${point.name} ${say(words.curve)}`} height={250} option={option} table={{ heads: [say(words.time), say(words.level), say(words.low), say(words.high), say(words.kind)], rows }} />
        </div>
        {setting ? <SetPoint curve={curve} close={() => setSetting(false)} /> : <Outlook curve={curve} past={past} set={may('monitoring.rule') ? () => setSetting(true) : undefined} />}
      </div>
    </section>
  )
}

function Outlook({ curve, past, set }: { curve: FloodCurve; past: boolean; set: (() => void) | undefined }) {
  const { say, language } = useWords()
  const { point, refused, rests } = curve
  return (
    <aside>
      <h3>{say(words.reaches)}</h3>
      <table className="flood-table reach">
        <thead>
          <tr>
            <th scope="col">{say(words.level)}</th>
            <th scope="col">
              {say(words.minutes)} ({say(words.between)})
            </th>
          </tr>
        </thead>
        <tbody>
          {point.levels.map((limit, i) => {
            const reach = point.reaches[i]
            return (
              <tr key={limit}>
                <th scope="row">
                  <LevelMark level={i + 1} size={16} /> {limit}
                </th>
                <td>
                  <span className={reach?.minutes != null && reach.minutes > 0 && reach.minutes <= 30 ? 'near' : ''}>
                    {!reach ? '—' : reach.minutes === 0 ? say(words.there) : reach.minutes === null ? say(words.not) : `${reach.minutes} ${say(words.min)}`}
                  </span>
                  {reach && reach.minutes !== 0 && reach.soonest !== null && <small className="muted"> ({sayBetween(reach, language)})</small>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {refused && (
        <p className="small flood-refused">
          {say(words.refused)}: {say(REFUSALS[refused])}
        </p>
      )}
      {rests && (
        <p className="muted small">
          {language === 'zh'
            ? `依据本点 ${rests.rains} 场积水过程，拟合度 ${(rests.explained * 100).toFixed(0)}%，率定至 ${sayMoment(rests.learnedTo).slice(0, 16)}${rests.rains < 3 ? '；场次少，区间已放宽' : ''}。`
            : `Rests on ${rests.rains} past rain${rests.rains > 1 ? 's' : ''} with water here; explains ${(rests.explained * 100).toFixed(0)} %; learned up to ${sayMoment(rests.learnedTo).slice(0, 16)}${rests.rains < 3 ? '; so few that the bounds are widened' : ''}.`}
          {past && rests.learnedTo > curve.at && (language === 'zh' ? '回看用的是今天的率定，已含这场雨。' : ' Looking back, today’s fit is used, which knows this rain.')}
        </p>
      )}
      {set && (
        <Button size="small" onClick={set}>
          {say(words.set)}
        </Button>
      )}
    </aside>
  )
}

function SetPoint({ curve: { point }, close }: { curve: FloodCurve; close: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [scene, setScene] = useState(point.scene)
  const [levels, setLevels] = useState(point.levels)
  const act = useAct(putFloodPoint, {
    done: () => {
      tell(say(words.saved))
      close()
      void queries.invalidateQueries({ queryKey: ['flood'] })
    },
  })
  return (
    <form
      className="flood-set"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ params: { device: point.device }, body: { scene, levels } })
      }}
    >
      <label>
        {say(words.scene)}
        <Select value={scene} onChange={setScene} aria-label={say(words.scene)} options={SCENE_CODES.map((code) => ({ value: code, label: say(SCENES[code]) }))} />
      </label>
      {levels.map((limit, i) => (
        <div key={i}>
          <span>
            <LevelMark level={i + 1} size={16} label />
          </span>
          <InputNumber min={0.1} max={2000} value={limit} aria-label={say(LEVELS[i]!.words)} suffix={say(words.cm)} onChange={(value) => setLevels(levels.with(i, value ?? limit))} style={{ width: '100%' }} />
        </div>
      ))}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </div>
    </form>
  )
}
