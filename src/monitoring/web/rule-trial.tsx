import { useMutation } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { ask, makeKey, sayCount, sayMoment, serverNow, tellFailure, useWords } from '../../kernel/web/index.ts'
import { isOfVehicles, postRuleTrial, type RuleBody } from '../contract.ts'
import { LevelMark } from './level-mark.tsx'

const words = {
  title: { zh: '用历史读数试算', en: 'Try it over past readings' },
  ofVehicles: { zh: '用历史轨迹试算', en: 'Try it over past positions' },
  lead: { zh: '按上面的设置，过去会在什么时候告警；不影响任何数据', en: 'When it would have rung as it stands above; nothing is changed' },
  run: { zh: '试算', en: 'Try' },
  days: { zh: '时间', en: 'Time' },
  last: { zh: '最近', en: 'The last' },
  none: { zh: '这段时间不会告警。', en: 'It would not have rung.' },
  level: { zh: '等级', en: 'Level' },
  device: { zh: '设备', en: 'Device' },
  vehicle: { zh: '车辆', en: 'Vehicle' },
  from: { zh: '告警', en: 'Rings' },
  to: { zh: '解除', en: 'Over' },
  worst: { zh: '最重', en: 'Worst' },
  standing: { zh: '未解除', en: 'still open' },
  newest: { zh: '下面是最近的 {n} 次。', en: 'The newest {n} are below.' },
  partly: { zh: '数据太多，只算了最近的一部分。', en: 'There is too much; only the newest was weighed.' },
} as const

const DAYS = [1, 7, 14, 31] as const

export function RuleTrial({ rule, ready }: { rule: RuleBody; ready: boolean }) {
  const { say, language } = useWords()
  const [days, setDays] = useState<number>(7)
  const trial = useMutation({
    mutationFn: () => {
      const to = serverNow()
      return ask(postRuleTrial, { body: { rule, from: new Date(to - days * 86_400_000).toISOString(), to: new Date(to).toISOString() }, key: makeKey() })
    },
    onError: (error) => tellFailure(error),
  })
  const found = trial.data
  const ofVehicles = isOfVehicles(rule.measure)
  const [things, samples] = language === 'zh' ? (ofVehicles ? ['辆车', '个位置'] : ['台设备', '条读数']) : ofVehicles ? ['vehicles', 'positions'] : ['devices', 'readings']
  const sum =
    found &&
    (language === 'zh'
      ? `${sayCount(found.devices)} ${things}，${sayCount(found.readings)} ${samples}，会告警 ${sayCount(found.rung)} 次`
      : `${sayCount(found.devices)} ${things}, ${sayCount(found.readings)} ${samples}, ${sayCount(found.rung)} alarms`)
  return (
    <section className="card pad rule-form" style={{ marginTop: 16 }}>
      <h2>{say(ofVehicles ? words.ofVehicles : words.title)}</h2>
      <p className="help">{say(words.lead)}</p>
      <p className="buttons">
        <Select
          value={days}
          onChange={setDays}
          aria-label={say(words.days)}
          style={{ width: 140 }}
          options={DAYS.map((each) => ({ value: each, label: language === 'zh' ? `最近 ${each} 天` : `${say(words.last)} ${each} d` }))}
        />
        <Button onClick={() => trial.mutate()} loading={trial.isPending} disabled={!ready}>
          {say(words.run)}
        </Button>
      </p>
      {sum && (
        <p aria-live="polite">
          {sum} {!found.whole && <span className="muted">{say(words.partly)}</span>} {found.rung > found.alarms.length && <span className="muted">{say(words.newest).replace('{n}', sayCount(found.alarms.length))}</span>}
        </p>
      )}
      {found && found.alarms.length === 0 && <p className="muted">{say(words.none)}</p>}
      {found && found.alarms.length > 0 && (
        <table className="trial-list">
          <thead>
            <tr>
              {[words.level, ofVehicles ? words.vehicle : words.device, words.from, words.to, words.worst].map((head) => (
                <th key={head.en} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.alarms.map((alarm, i) => (
              <tr key={i}>
                <td>
                  <LevelMark level={alarm.level} size={16} label />
                </td>
                <td>{alarm.name}</td>
                <td className="number">{sayMoment(alarm.raisedAt)}</td>
                <td className="number">{alarm.clearedAt ? sayMoment(alarm.clearedAt) : say(words.standing)}</td>
                <td className="number">{Number(alarm.worst.toFixed(3))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
