import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { sayMoment, useAct, useWords } from '../../kernel/web/index.ts'
import { LEVELS, postReport, REPORT_KIND_CODES, REPORT_KINDS, type ReportKind } from '../contract.ts'
import { rainEventsQuery } from './flood-queries.ts'

const words = {
  kind: { zh: '快报类别', en: 'Kind of report' },
  make: { zh: '生成', en: 'Make it' },
  cancel: { zh: '取消', en: 'Cancel' },
  mm: { zh: '预报雨量（毫米）', en: 'Expected rain (mm)' },
  hours: { zh: '历时（小时）', en: 'Within (hours)' },
  warning: { zh: '气象预警', en: 'Weather warning' },
  no: { zh: '无', en: 'None' },
  expected: { zh: '填写预报雨量后，按各点位的响应曲线推算会不会积水；不填则按目前雨情推算 1 小时。', en: 'With rain that is expected, each point is reckoned by its own response; without, for the hour to come by what falls now.' },
  now: { zh: '取此刻的雨情、水位、告警、案件与指令。', en: 'Rain, water, alarms, cases and orders as they are at this moment.' },
  rain: { zh: '降雨过程', en: 'The rain' },
  past: { zh: '取整场降雨及其后 3 小时的过程；未判定结束的降雨，停雨 10 分钟后即可生成，取至生成时刻。', en: 'The whole course of the rain and of three hours behind it; of a rain that is not judged to be over, from ten minutes after its last drop and up to this moment.' },
  open: { zh: '未判定结束', en: 'not over yet' },
  none: { zh: '没有降雨过程，雨停后再生成。', en: 'There has been no rain.' },
}

export function MakeReport({ close }: { close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const go = useNavigate()
  const [kind, setKind] = useState<ReportKind>('during')
  const [mm, setMm] = useState<number | null>(null)
  const [hours, setHours] = useState<number | null>(3)
  const [warning, setWarning] = useState(0)
  const [chosen, setChosen] = useState<string>()
  const rains = useQuery(rainEventsQuery).data?.items ?? []
  const event = chosen ?? rains[0]?.beganAt
  const make = useAct(postReport, {
    done: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['flood-reports', 'list'] })
      void go({ to: `/flood-reports/${id}` as never })
    },
  })
  const expected = kind === 'before' && mm !== null && hours !== null ? { mm, hours, warning } : undefined
  return (
    <form
      className="card pad report-make"
      onSubmit={(submitted) => {
        submitted.preventDefault()
        make.mutate({ body: { kind, ...(expected && { expected }), ...(kind === 'after' && event !== undefined && { event }) } })
      }}
    >
      <Segmented aria-label={say(words.kind)} value={kind} onChange={setKind} options={REPORT_KIND_CODES.map((code) => ({ value: code, label: say(REPORT_KINDS[code]) }))} />
      {kind === 'before' && (
        <div className="report-fields">
          <label>
            {say(words.mm)}
            <InputNumber min={1} max={1_000} value={mm} onChange={setMm} aria-label={say(words.mm)} />
          </label>
          <label>
            {say(words.hours)}
            <InputNumber min={0.5} max={24} step={0.5} value={hours} onChange={setHours} aria-label={say(words.hours)} />
          </label>
          <label>
            {say(words.warning)}
            <Select value={warning} onChange={setWarning} aria-label={say(words.warning)} options={[{ value: 0, label: say(words.no) }, ...LEVELS.map(({ level, words: name }) => ({ value: level as number, label: say(name) }))]} />
          </label>
        </div>
      )}
      {kind === 'after' && rains.length > 0 && (
        <label>
          {say(words.rain)}
          <Select
            value={event}
            onChange={setChosen}
            aria-label={say(words.rain)}
            options={rains.map(({ beganAt, endedAt, mean, most }) => ({ value: beganAt, label: `${sayMoment(beganAt).slice(0, 16)} – ${endedAt ? sayMoment(endedAt).slice(5, 16) : say(words.open)} · ${language === 'zh' ? `平均 ${mean}，最大 ${most.total} 毫米` : `mean ${mean}, most ${most.total} mm`}` }))}
          />
        </label>
      )}
      <p className="muted small">{say(kind === 'before' ? words.expected : kind === 'during' ? words.now : rains.length > 0 ? words.past : words.none)}</p>
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={make.isPending} disabled={kind === 'after' && event === undefined}>
          {say(words.make)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </div>
    </form>
  )
}
