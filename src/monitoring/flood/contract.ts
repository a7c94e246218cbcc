// Flood points, rain and its events over the wire. Rain in millimetres, levels in centimetres.

import { endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { CODE } from '../shapes.ts'
import { REFUSALS, type Refused } from './response.ts'
import { SCENE_CODES } from './settings.ts'

export { REFUSALS, type Refused } from './response.ts'
export { DEFAULT_LEVELS, SCENE_CODES, SCENES, type Scene } from './settings.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const Device = Type.Object({ device: Type.String({ pattern: CODE }) })
const At = { at: maybe(Type.String({ format: 'date-time', description: 'As it was at a moment of the past; none: now' })) }

const Refusal = orNull(Type.Enum(Object.keys(REFUSALS) as Refused[]))

export const ReachShown = Type.Object({
  limit: Type.Number(),
  /** Minutes; 0: it stands there already, null: not within the hour. */
  minutes: orNull(Type.Integer()),
  soonest: orNull(Type.Integer()),
  latest: orNull(Type.Integer()),
})

export const FloodPointShown = Type.Object({
  device: Type.String(),
  name: Type.String(),
  district: Type.String(),
  position: orNull(Position),
  scene: Type.Enum([...SCENE_CODES]),
  /** Blue, yellow, orange, red. */
  levels: Type.Array(Type.Number()),
  gauges: Type.Array(Type.String()),
  level: orNull(Type.Number()),
  at: orNull(Moment),
  /** No reading for so long that the level is not known. */
  silent: Type.Boolean(),
  /** In ten minutes. */
  trend: orNull(Type.Number()),
  /** 0: below blue; 4: at red. */
  state: Type.Integer(),
  /** The worst that is open on the device. */
  alarm: orNull(Type.Object({ district: Type.String(), id: Type.String(), level: Type.Integer() })),
  refused: Refusal,
  /** The highest of the hour to come. */
  peak: orNull(Type.Object({ minutes: Type.Integer(), value: Type.Number(), low: Type.Number(), high: Type.Number() })),
  reaches: Type.Array(ReachShown),
})
export type FloodPointShown = Static<typeof FloodPointShown>

export const GaugeShown = Type.Object({
  device: Type.String(),
  name: Type.String(),
  district: Type.String(),
  position: orNull(Position),
  /** Millimetres of the last 5 minutes, hour, 3 hours and day. */
  now: Type.Number(),
  hour: Type.Number(),
  hours3: Type.Number(),
  day: Type.Number(),
  silent: Type.Boolean(),
})
export type GaugeShown = Static<typeof GaugeShown>

export const RainEventShown = Type.Object({
  beganAt: Moment,
  endedAt: orNull(Moment),
  gauges: Type.Integer(),
  mean: Type.Number(),
  /** The most at one gauge: in all, and within 5, 60 and 1,440 minutes. */
  most: Type.Object({ device: Type.String(), name: Type.String(), total: Type.Number() }),
  most5: Type.Number(),
  most60: Type.Number(),
  most1440: Type.Number(),
  /** 重现期: once in so many years, by the gauge and the minutes in which it was rarest. */
  rarity: orNull(Type.Object({ years: Type.Number(), minutes: Type.Integer(), device: Type.String(), name: Type.String() })),
})
export type RainEventShown = Static<typeof RainEventShown>

export const FloodShown = Type.Object({
  /** The moment that is shown. */
  at: Moment,
  past: Type.Boolean(),
  points: Type.Array(FloodPointShown),
  gauges: Type.Array(GaugeShown),
  /** Every five minutes of the last hours: the end, the mean of the gauges, and the most at one. */
  rain: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number()])),
  event: orNull(RainEventShown),
})
export type FloodShown = Static<typeof FloodShown>

export const getFlood = endpoint({
  method: 'GET',
  path: '/api/flood',
  permit: 'monitoring.read',
  summary: { zh: '内涝：积水点（最重在前）、雨情、正在进行的降雨', en: 'Flood points with the worst first, rain by gauge, and the event that goes on' },
  query: Type.Object(At),
  reply: FloodShown,
})

export const FloodCurve = Type.Object({
  point: FloodPointShown,
  at: Moment,
  /** Every five minutes: the end and the level; behind `at` where the past is shown. */
  levels: Type.Array(Type.Tuple([Type.Number(), Type.Number()])),
  /** Rain over the point in the same steps. */
  rain: Type.Array(Type.Tuple([Type.Number(), Type.Number()])),
  /** Time, level, and the bounds between which four of five come to lie. */
  forecast: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()])),
  refused: Refusal,
  /** What the forecast rests on: past rains with water, the share of the variance it explains, and until when it has learned. */
  rests: orNull(Type.Object({ rains: Type.Integer(), explained: Type.Number(), learnedTo: Moment })),
})
export type FloodCurve = Static<typeof FloodCurve>

export const getFloodPoint = endpoint({
  method: 'GET',
  path: '/api/flood/points/:device',
  permit: 'monitoring.read',
  summary: { zh: '积水点水位曲线与预测区间', en: 'The level of a flood point over time, with its forecast and the bounds of it' },
  params: Device,
  query: Type.Object(At),
  reply: FloodCurve,
})

export const FloodPointBody = Type.Object({
  scene: Type.Enum([...SCENE_CODES]),
  levels: Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 2_000 }), { minItems: 4, maxItems: 4, description: 'Blue, yellow, orange, red, in centimetres' }),
})
export type FloodPointBody = Static<typeof FloodPointBody>

export const putFloodPoint = endpoint({
  method: 'PUT',
  path: '/api/flood/points/:device',
  permit: 'monitoring.rule',
  summary: { zh: '设置积水点：场景与蓝黄橙红水位', en: 'Make a device a flood point, or set its scene and levels; its gauges are the nearest' },
  params: Device,
  body: FloodPointBody,
  reply: Type.Object({ device: Type.String(), ...FloodPointBody.properties, gauges: Type.Array(Type.String()) }),
})

export const deleteFloodPoint = endpoint({
  method: 'DELETE',
  path: '/api/flood/points/:device',
  permit: 'monitoring.rule',
  summary: { zh: '取消积水点（设备与读数不变）', en: 'Let a device be no flood point any more; it and its readings stay' },
  params: Device,
  reply: Type.Object({}),
})

export const getRainEvents = endpoint({
  method: 'GET',
  path: '/api/flood/events',
  permit: 'monitoring.read',
  summary: { zh: '降雨场次', en: 'Rain events, the newest first' },
  query: Type.Object(PageQuery),
  reply: page(RainEventShown),
})
