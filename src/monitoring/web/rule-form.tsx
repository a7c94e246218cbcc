import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import { Icon, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { isOfVehicles, KINDS, LEVELS, putRule, type Band, type Measure, type ProductShown, type RuleBody, type RuleKind } from '../contract.ts'
import { LevelMark } from './level-mark.tsx'
import { MeasureField } from './measure-field.tsx'
import { RuleCase } from './rule-case.tsx'
import { RulePublic } from './rule-public.tsx'
import { RuleTrial } from './rule-trial.tsx'
import { VehicleMeasureField } from './vehicle-measure.tsx'

const words = {
  back: { zh: '返回', en: 'Back' },
  add: { zh: '新增规则', en: 'New rule' },
  code: { zh: '编号', en: 'Code' },
  codeHelp: { zh: '字母、数字和短横，定后不变', en: 'Letters, digits and dashes; it stays' },
  zh: { zh: '名称', en: 'Name (Chinese)' },
  en: { zh: '英文名称', en: 'Name (English)' },
  product: { zh: '产品', en: 'Product' },
  kind: { zh: '方法', en: 'Method' },
  devices: { zh: '只看这些设备（可不填）', en: 'Only these devices (optional)' },
  vehicles: { zh: '只看这些车辆（可不填）', en: 'Only these vehicles (optional)' },
  devicesHelp: { zh: '不填即这种产品的全部设备', en: 'None: all devices of the product' },
  side: { zh: '方向', en: 'Side' },
  above: { zh: '高于限值告警', en: 'Rings above the limit' },
  below: { zh: '低于限值告警', en: 'Rings below the limit' },
  levels: { zh: '各级限值', en: 'Limits by level' },
  levelsHelp: { zh: '不用的等级留空', en: 'Leave a level out by leaving it empty' },
  hysteresis: { zh: '回差', en: 'Hysteresis' },
  hysteresisHelp: { zh: '退回限值以内这么多才算恢复', en: 'So far back before it counts as over' },
  raise: { zh: '持续多久才告警（秒）', en: 'Seconds beyond before it rings' },
  clear: { zh: '恢复多久才解除（秒）', en: 'Seconds back before it is over' },
  bands: { zh: '分时段、分季节的限值', en: 'Other limits by time of day and season' },
  addBand: { zh: '增加时段', en: 'Another band' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  months: { zh: '月份（不选为全年）', en: 'Months (none: all year)' },
  remove: { zh: '去掉', en: 'Take out' },
  case: { zh: '转为案件', en: 'Becomes a case' },
  active: { zh: '启用', en: 'In force' },
  save: { zh: '保存为新版本', en: 'Save as the next version' },
  saved: { zh: '规则已保存，立即生效', en: 'The rule is saved and in force' },
} as const

/** Measured in seconds: the more the worse. */
const ONE_SIDED: readonly RuleKind[] = ['absence', 'fence', 'stop']
const NUMBERS = [null, null, null, null] as (number | null)[]

const blankOf = (kind: RuleKind, metric: string): Measure => {
  if (kind === 'rate') return { kind, metric, within: 600 }
  if (kind === 'count') return { kind, metric, beyond: 0, within: 600 }
  if (kind === 'neighbours') return { kind, metric, metres: 500 }
  if (kind === 'speed') return { kind }
  if (kind === 'fence') return { kind, when: 'inside', areas: [] }
  if (kind === 'stop') return { kind, areas: [] }
  if (kind === 'formula') return { kind, expression: 'a - b', inputs: [{ name: 'a', device: '', metric }, { name: 'b', device: '', metric }] }
  return { kind, metric }
}

export function RuleForm({ code: given, rule, products, close }: { code?: string; rule: RuleBody; products: readonly ProductShown[]; close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [code, setCode] = useState(given ?? '')
  const [body, setBody] = useState(rule)
  const set = (change: Partial<RuleBody>) => setBody((old) => ({ ...old, ...change }))
  const save = useAct(putRule, {
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['alarms'] })
      close()
    },
  })
  const product = products.find((each) => each.code === body.product)
  const metricOf = (measure: Measure) => ('metric' in measure ? measure.metric : (product?.metrics[0]?.code ?? ''))
  const ofVehicles = isOfVehicles(body.measure)
  /** Another method; between devices and vehicles what was watched is no more. */
  const choose = (kind: RuleKind) => {
    const measure = blankOf(kind, metricOf(body.measure))
    const other = isOfVehicles(measure) !== ofVehicles
    set({ measure, ...(ONE_SIDED.includes(kind) && { side: 'above' as const }), ...(other && { product: null, devices: [], vehicleKinds: [], public: null }) })
  }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <button type="button" className="rule-name" onClick={close}>
            <Icon name="left" size={14} /> {say(words.back)}
          </button>
          <h1>{given ? rule[language] : say(words.add)}</h1>
        </div>
      </header>
      <form
        className="card pad rule-form"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ params: { code }, body })
        }}
      >
        <div className="rule-row">
          <label>
            {say(words.code)}
            <Input value={code} disabled={given !== undefined} onChange={(event) => setCode(event.target.value)} required pattern="[A-Za-z0-9][A-Za-z0-9_.:\-]*" maxLength={64} />
            <span className="help">{say(words.codeHelp)}</span>
          </label>
          <label>
            {say(words.zh)}
            <Input value={body.zh} onChange={(event) => set({ zh: event.target.value })} required maxLength={60} />
          </label>
          <label>
            {say(words.en)}
            <Input value={body.en} onChange={(event) => set({ en: event.target.value })} required maxLength={120} />
          </label>
        </div>
        <div className="rule-row">
          {!ofVehicles && (
            <label>
              {say(words.product)}
              <Select
                value={body.product}
                aria-label={say(words.product)}
                onChange={(next) => set({ product: next, devices: [], measure: blankOf(body.measure.kind, products.find((each) => each.code === next)?.metrics[0]?.code ?? '') })}
                options={products.map((each) => ({ value: each.code, label: say(each) }))}
              />
            </label>
          )}
          <label>
            {say(words.kind)}
            <Select
              value={body.measure.kind}
              aria-label={say(words.kind)}
              onChange={choose}
              options={(Object.keys(KINDS) as RuleKind[]).map((kind) => ({ value: kind, label: say(KINDS[kind]) }))}
            />
          </label>
          <label>
            {say(words.side)}
            <Select
              value={body.side}
              aria-label={say(words.side)}
              disabled={ONE_SIDED.includes(body.measure.kind)}
              onChange={(side) => set({ side })}
              options={(['above', 'below'] as const).map((side) => ({ value: side, label: say(words[side]) }))}
            />
          </label>
        </div>
        {isOfVehicles(body.measure) ? (
          <VehicleMeasureField measure={body.measure} kinds={body.vehicleKinds ?? []} set={(measure) => set({ measure })} setKinds={(vehicleKinds) => set({ vehicleKinds })} />
        ) : (
          <MeasureField measure={body.measure} product={product} set={(measure) => set({ measure })} />
        )}
        <div className="rule-row">
          <label>
            {say(ofVehicles ? words.vehicles : words.devices)}
            <Select mode="tags" value={body.devices} onChange={(devices) => set({ devices })} tokenSeparators={[',', ' ', '，']} aria-label={say(ofVehicles ? words.vehicles : words.devices)} open={false} suffixIcon={null} />
            {!ofVehicles && <span className="help">{say(words.devicesHelp)}</span>}
          </label>
        </div>
        <h3>
          {say(words.levels)} <span className="muted small">{say(words.levelsHelp)}</span>
        </h3>
        <LevelsField levels={body.levels} set={(levels) => set({ levels })} />
        <div className="rule-row" style={{ marginTop: 14 }}>
          <label>
            {say(words.hysteresis)}
            <InputNumber controls={false} min={0} value={body.hysteresis} onChange={(next) => set({ hysteresis: next ?? 0 })} style={{ width: '100%' }} />
            <span className="help">{say(words.hysteresisHelp)}</span>
          </label>
          <label>
            {say(words.raise)}
            <InputNumber controls={false} min={0} max={86_400} precision={0} value={body.raiseSeconds} onChange={(next) => set({ raiseSeconds: next ?? 0 })} style={{ width: '100%' }} />
          </label>
          <label>
            {say(words.clear)}
            <InputNumber controls={false} min={0} max={86_400} precision={0} value={body.clearSeconds} onChange={(next) => set({ clearSeconds: next ?? 0 })} style={{ width: '100%' }} />
          </label>
        </div>
        <h3>{say(words.bands)}</h3>
        {body.bands.map((band, i) => (
          <BandField
            key={i}
            band={band}
            set={(next) => set({ bands: body.bands.with(i, next) })}
            remove={() => set({ bands: body.bands.toSpliced(i, 1) })}
          />
        ))}
        {body.bands.length < 8 && (
          <Button onClick={() => set({ bands: [...body.bands, { from: '22:00', to: '06:00', months: [], levels: NUMBERS }] })} icon={<Icon name="plus" />}>
            {say(words.addBand)}
          </Button>
        )}
        <h3>
          <Switch size="small" checked={body.case !== null} onChange={(on) => set({ case: on ? { level: 3, category: '', unit: null } : null })} aria-label={say(words.case)} /> {say(words.case)}
        </h3>
        {body.case && <RuleCase becomes={body.case} set={(becomes) => set({ case: becomes })} />}
        {!ofVehicles && <RulePublic told={body.public ?? null} set={(told) => set({ public: told })} />}
        <p className="rule-save">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {say(words.save)}
          </Button>
          <label>
            <Switch size="small" checked={body.active} onChange={(active) => set({ active })} aria-label={say(words.active)} /> {say(words.active)}
          </label>
        </p>
      </form>
      <RuleTrial rule={body} ready={ofVehicles || product !== undefined} />
    </div>
  )
}

function LevelsField({ levels, set }: { levels: readonly (number | null)[]; set: (levels: (number | null)[]) => void }) {
  const { say } = useWords()
  return (
    <div className="rule-levels">
      {LEVELS.map(({ level, words: name }, i) => (
        <label key={level}>
          <span>
            <LevelMark level={level} size={16} /> {say(name)}
          </span>
          <InputNumber controls={false} value={levels[i] ?? null} onChange={(next) => set(levels.map((old, at) => (at === i ? next : old)))} style={{ width: '100%' }} aria-label={say(name)} />
        </label>
      ))}
    </div>
  )
}

function BandField({ band, set, remove }: { band: Band; set: (band: Band) => void; remove: () => void }) {
  const { say, language } = useWords()
  const month = (n: number) => (language === 'zh' ? `${n} 月` : String(n))
  return (
    <fieldset className="card pad" style={{ marginBottom: 12 }}>
      <div className="rule-row">
        <label>
          {say(words.from)}
          <Input type="time" value={band.from} onChange={(event) => set({ ...band, from: event.target.value })} required />
        </label>
        <label>
          {say(words.to)}
          <Input type="time" value={band.to} onChange={(event) => set({ ...band, to: event.target.value })} required />
        </label>
        <label>
          {say(words.months)}
          <Select
            mode="multiple"
            value={band.months}
            aria-label={say(words.months)}
            onChange={(months) => set({ ...band, months: months.toSorted((a, b) => a - b) })}
            options={Array.from({ length: 12 }, (_, i) => ({ value: i + 1, label: month(i + 1) }))}
          />
        </label>
      </div>
      <LevelsField levels={band.levels} set={(levels) => set({ ...band, levels })} />
      <p>
        <Button size="small" onClick={remove}>
          {say(words.remove)}
        </Button>
      </p>
    </fieldset>
  )
}
