import { Button, Input, InputNumber, Select } from 'antd'
import { Icon, useWords } from '../../kernel/web/index.ts'
import type { Measure, ProductShown, VehicleMeasure } from '../contract.ts'

const words = {
  metric: { zh: '指标', en: 'Metric' },
  within: { zh: '时间窗（秒）', en: 'Window (s)' },
  beyond: { zh: '计入的读数不在此值以内', en: 'Counts readings beyond' },
  metres: { zh: '邻近范围（米）', en: 'Neighbours within (m)' },
  expression: { zh: '公式', en: 'Formula' },
  expressionHelp: { zh: '可用 + − × ÷（写作 * /）、括号、min max abs round', en: '+ - * /, brackets, min max abs round' },
  name: { zh: '名称', en: 'Name' },
  device: { zh: '设备编号', en: 'Device' },
  add: { zh: '增加设备', en: 'Another device' },
  remove: { zh: '去掉', en: 'Take out' },
  absence: { zh: '各级限值为距上次读数的秒数', en: 'The limits are seconds since the last reading' },
} as const

type DeviceMeasure = Exclude<Measure, VehicleMeasure>

interface Props {
  measure: DeviceMeasure
  product: ProductShown | undefined
  set: (measure: Measure) => void
}

/** What a rule measures of devices, by its method. */
export function MeasureField({ measure, product, set }: Props) {
  const { say } = useWords()
  if (measure.kind === 'formula') return <Formula measure={measure} set={set} />
  const number = (label: string, value: number, change: (next: number) => Measure, min?: number) => (
    <label>
      {label}
      <InputNumber controls={false} value={value} {...(min !== undefined && { min })} onChange={(next) => set(change(next ?? min ?? 0))} style={{ width: '100%' }} />
    </label>
  )
  return (
    <div className="rule-row">
      <label>
        {say(words.metric)}
        <Select
          value={measure.metric || null}
          aria-label={say(words.metric)}
          onChange={(metric) => set({ ...measure, metric: metric ?? '' })}
          options={(product?.metrics ?? []).map((each) => ({ value: each.code, label: `${say(each)}${each.unit ? ` (${each.unit})` : ''}` }))}
        />
        {measure.kind === 'absence' && <span className="help">{say(words.absence)}</span>}
      </label>
      {measure.kind === 'count' && number(say(words.beyond), measure.beyond, (beyond) => ({ ...measure, beyond }))}
      {(measure.kind === 'rate' || measure.kind === 'count') && number(say(words.within), measure.within, (within) => ({ ...measure, within }), 1)}
      {measure.kind === 'neighbours' && number(say(words.metres), measure.metres, (metres) => ({ ...measure, metres }), 10)}
    </div>
  )
}

const NAMES = 'abcdefghijkl'

function Formula({ measure, set }: { measure: Extract<Measure, { kind: 'formula' }>; set: (measure: Measure) => void }) {
  const { say } = useWords()
  const { inputs } = measure
  const change = (i: number, part: Partial<(typeof inputs)[number]>) => set({ ...measure, inputs: inputs.map((each, at) => (at === i ? { ...each, ...part } : each)) })
  return (
    <>
      <div className="rule-row">
        <label>
          {say(words.expression)}
          <Input value={measure.expression} onChange={(event) => set({ ...measure, expression: event.target.value })} maxLength={200} required />
          <span className="help">{say(words.expressionHelp)}</span>
        </label>
      </div>
      {inputs.map((input, i) => (
        <div className="rule-row" key={i}>
          <label>
            {say(words.name)}
            <Input value={input.name} onChange={(event) => change(i, { name: event.target.value })} required pattern="[a-z][a-z0-9]{0,9}" />
          </label>
          <label>
            {say(words.device)}
            <Input value={input.device} onChange={(event) => change(i, { device: event.target.value })} required />
          </label>
          <label>
            {say(words.metric)}
            <Input value={input.metric} onChange={(event) => change(i, { metric: event.target.value })} required />
          </label>
          {inputs.length > 1 && (
            <Button style={{ alignSelf: 'end' }} onClick={() => set({ ...measure, inputs: inputs.toSpliced(i, 1) })}>
              {say(words.remove)}
            </Button>
          )}
        </div>
      ))}
      {inputs.length < NAMES.length && (
        <p>
          <Button icon={<Icon name="plus" />} onClick={() => set({ ...measure, inputs: [...inputs, { name: NAMES[inputs.length]!, device: '', metric: inputs[0]?.metric ?? '' }] })}>
            {say(words.add)}
          </Button>
        </p>
      )}
    </>
  )
}
