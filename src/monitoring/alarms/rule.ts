// A rule as an administrator sets it: what is measured, from where on it is too much, for how long, and what then.

import { Position, Type, type Static, type Words } from '../../kernel/contract.ts'
import { CATEGORY_CODES } from '../cap/level.ts'
import { CODE } from '../shapes.ts'
import { VEHICLE_KIND_CODES } from '../vehicles/contract.ts'

export const LEVELS = [
  { level: 1, code: 'blue', words: { zh: '蓝色', en: 'Blue' } },
  { level: 2, code: 'yellow', words: { zh: '黄色', en: 'Yellow' } },
  { level: 3, code: 'orange', words: { zh: '橙色', en: 'Orange' } },
  { level: 4, code: 'red', words: { zh: '红色', en: 'Red' } },
] as const satisfies readonly { level: number; code: string; words: Words }[]

export const KINDS = {
  threshold: { zh: '阈值', en: 'Threshold' },
  rate: { zh: '变化率', en: 'Rate of change' },
  count: { zh: '时间窗计数', en: 'Count in a window' },
  absence: { zh: '数据缺失', en: 'Absence' },
  neighbours: { zh: '与邻近设备不一致', en: 'Disagreement with neighbours' },
  formula: { zh: '多设备公式', en: 'Formula over devices' },
  speed: { zh: '车辆超速', en: 'Speed of vehicles' },
  fence: { zh: '车辆电子围栏', en: 'Fence for vehicles' },
  stop: { zh: '车辆久停', en: 'Long stops of vehicles' },
} as const satisfies Record<string, Words>
export type RuleKind = keyof typeof KINDS

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()])
const Metric = Type.String({ pattern: CODE })
const Seconds = Type.Integer({ minimum: 1, maximum: 86_400 })
/** Of blue, yellow, orange and red; null: the rule does not know this level. */
const Levels = Type.Array(orNull(Type.Number()), { minItems: 4, maxItems: 4 })

/** Corners of a place on the map. */
const Ring = Type.Array(Position, { minItems: 3, maxItems: 200 })

export const Measure = Type.Union([
  Type.Object({ kind: Type.Literal('threshold'), metric: Metric }),
  Type.Object({ kind: Type.Literal('rate'), metric: Metric, within: Seconds }, { description: 'The change within so many seconds; a fall is negative' }),
  Type.Object({ kind: Type.Literal('count'), metric: Metric, beyond: Type.Number(), within: Seconds }, { description: 'How many readings lay beyond a value within so many seconds' }),
  Type.Object({ kind: Type.Literal('absence'), metric: Metric }, { description: 'Seconds since the last reading' }),
  Type.Object({ kind: Type.Literal('neighbours'), metric: Metric, metres: Type.Number({ minimum: 10, maximum: 20_000 }) }, { description: 'The distance from the median of the devices around' }),
  Type.Object({
    kind: Type.Literal('formula'),
    expression: Type.String({ minLength: 1, maxLength: 200 }),
    inputs: Type.Array(Type.Object({ name: Type.String({ pattern: '^[a-z][a-z0-9]{0,9}$' }), device: Type.String({ pattern: CODE }), metric: Metric }), { minItems: 1, maxItems: 12 }),
  }),
  Type.Object({ kind: Type.Literal('speed') }, { description: 'km/h of a vehicle' }),
  Type.Object(
    { kind: Type.Literal('fence'), when: Type.Enum(['inside', 'outside']), areas: Type.Array(Ring, { minItems: 1, maxItems: 20 }) },
    { description: 'Seconds for which a vehicle has been inside of a place, or outside of all of them; 1 at once' },
  ),
  Type.Object({ kind: Type.Literal('stop'), areas: Type.Array(Ring, { maxItems: 20 }) }, { description: 'Seconds for which a vehicle has stood outside of the places where it may' }),
])
export type Measure = Static<typeof Measure>

export type VehicleMeasure = Extract<Measure, { kind: 'speed' | 'fence' | 'stop' }>

export const isOfVehicles = (measure: Measure): measure is VehicleMeasure => measure.kind === 'speed' || measure.kind === 'fence' || measure.kind === 'stop'

/** The one metric that a rule looks at, if it does. */
export const metricOf = (measure: Measure): string | undefined => ('metric' in measure ? measure.metric : undefined)

const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })

export const Band = Type.Object({
  from: Clock,
  to: Clock,
  months: Type.Array(Type.Integer({ minimum: 1, maximum: 12 }), { maxItems: 12, description: 'None: all year' }),
  levels: Levels,
})
export type Band = Static<typeof Band>

const Told = (most: number) => Type.Object({ zh: Type.String({ minLength: 1, maxLength: most }), en: Type.String({ minLength: 1, maxLength: most }) })

/** What the public is told of its alarms; {level}, {district}, {name} and {value} are filled in. */
export const PublicWords = Type.Object({
  level: Type.Integer({ minimum: 1, maximum: 4, description: 'From this level on' }),
  category: Type.Enum([...CATEGORY_CODES]),
  area: Type.Union([Type.Object({ kind: Type.Literal('circle'), metres: Type.Integer({ minimum: 50, maximum: 20_000 }) }), Type.Object({ kind: Type.Literal('district') })]),
  event: Told(60),
  headline: Told(160),
  description: Told(1_000),
  instruction: Type.Object({ zh: Type.String({ maxLength: 1_000 }), en: Type.String({ maxLength: 1_000 }) }),
})
export type PublicWords = Static<typeof PublicWords>

export const RuleBody = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 60 }),
  en: Type.String({ minLength: 1, maxLength: 120 }),
  product: orNull(Metric),
  devices: Type.Array(Type.String({ pattern: CODE }), { maxItems: 500, description: 'None: all devices of the product. Of a rule of vehicles, which has no product, codes of vehicles' }),
  vehicleKinds: Type.Optional(Type.Array(Type.Enum([...VEHICLE_KIND_CODES]), { maxItems: VEHICLE_KIND_CODES.length, description: 'None: vehicles of all kinds' })),
  measure: Measure,
  side: Type.Enum(['above', 'below']),
  levels: Levels,
  bands: Type.Array(Band, { maxItems: 8, description: 'At these hours other levels hold; the first that fits' }),
  hysteresis: Type.Number({ minimum: 0, description: 'So far back before it counts as over' }),
  raiseSeconds: Type.Integer({ minimum: 0, maximum: 86_400, description: 'So long beyond before it rings' }),
  clearSeconds: Type.Integer({ minimum: 0, maximum: 86_400, description: 'So long back before it is over' }),
  case: orNull(
    Type.Object({
      level: Type.Integer({ minimum: 1, maximum: 4, description: 'From this level on an alarm becomes a case' }),
      category: Type.String({ minLength: 1, maxLength: 40 }),
      condition: Type.Optional(orNull(Type.String({ maxLength: 40, description: 'The filing condition, and with it the limit; none: the first of the category' }))),
      unit: orNull(Type.String({ maxLength: 40, description: 'To which it is dispatched; none: the owner of the device' })),
    }),
  ),
  public: Type.Optional(orNull(PublicWords)),
  active: Type.Boolean(),
})
export type RuleBody = Static<typeof RuleBody>

export interface Rule extends RuleBody {
  readonly code: string
  readonly version: number
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** The levels that hold at a wall-clock moment: minutes of the day and month. A band may go over midnight. */
export function levelsAt({ levels, bands }: Pick<RuleBody, 'levels' | 'bands'>, minutes: number, month: number): readonly (number | null)[] {
  const fits = ({ from, to, months }: Band) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)]
    const inside = begin <= end ? minutes >= begin && minutes < end : minutes >= begin || minutes < end
    return inside && (months.length === 0 || months.includes(month))
  }
  return bands.find(fits)?.levels ?? levels
}
