// The shapes of products, devices and readings on the wire.

import { Moment, Position, Type, type Static } from '../kernel/contract.ts'
import { KEEP_DAYS } from './gate.ts'
import { METRICS_AT_MOST } from './series.ts'
import { TRADE_CODES } from './trades.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()])

export const DEVICE_STATES = ['in_service', 'stopped', 'retired'] as const
export const WAYS = ['http', 'mqtt', 'broker', 'replay', 'jt808'] as const
export type Way = (typeof WAYS)[number]

/** A word that stands in topics and lines: no separator of either. */
export const CODE = '^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$'

export const MetricBody = Type.Object({
  code: Type.String({ pattern: CODE }),
  zh: Type.String({ minLength: 1, maxLength: 40 }),
  en: Type.String({ minLength: 1, maxLength: 80 }),
  unit: Type.String({ maxLength: 20 }),
  min: Type.Number(),
  max: Type.Number(),
  precision: Type.Integer({ minimum: 0, maximum: 6 }),
  period: Type.Integer({ minimum: 1, maximum: 604_800, description: 'Seconds from one reading to the next' }),
  keepDays: Type.Optional(Type.Integer({ minimum: 7, maximum: KEEP_DAYS, description: 'Days for which its readings are kept one by one; hours and days of them stay' })),
})
export type MetricBody = Static<typeof MetricBody>

export const ProductBody = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 40 }),
  en: Type.String({ minLength: 1, maxLength: 80 }),
  trade: Type.Optional(orNull(Type.Enum([...TRADE_CODES]))),
  metrics: Type.Array(MetricBody, { minItems: 1, maxItems: METRICS_AT_MOST }),
})
export type ProductBody = Static<typeof ProductBody>

export const ProductShown = Type.Object({ code: Type.String(), ...ProductBody.properties, changedAt: Moment })
export type ProductShown = Static<typeof ProductShown>

export const DeviceBody = Type.Object({
  product: Type.String({ pattern: CODE }),
  name: Type.String({ minLength: 1, maxLength: 80 }),
  district: Type.String({ pattern: '^\\d{6}$' }),
  position: orNull(Position),
  ownerUnit: orNull(Type.String({ maxLength: 40 })),
  component: orNull(Type.String({ maxLength: 40 })),
  gateway: orNull(Type.String({ pattern: CODE })),
  state: Type.Enum([...DEVICE_STATES]),
})
export type DeviceBody = Static<typeof DeviceBody>

export const NewDevice = Type.Object({ code: Type.String({ pattern: CODE }), ...DeviceBody.properties })
export type NewDevice = Static<typeof NewDevice>

export const LatestShown = Type.Object({ metric: Type.String(), at: Moment, value: Type.Number(), late: Type.Boolean() })
export type LatestShown = Static<typeof LatestShown>

export const DeviceShown = Type.Object({
  ...NewDevice.properties,
  cell: orNull(Type.String()),
  ownerName: orNull(Type.Object({ zh: Type.String(), en: Type.String() })),
  keyTail: orNull(Type.String()),
  changedAt: Moment,
  latest: Type.Array(LatestShown),
  /** No reading of some metric for three of its periods. */
  silent: Type.Boolean(),
})
export type DeviceShown = Static<typeof DeviceShown>

export const TrendShown = Type.Object({
  metric: Type.String(),
  /** Of which rows the points were made. */
  source: Type.Enum(['reading', 'minute', 'hour', 'day']),
  /** Time in milliseconds, mean, lowest, highest. */
  points: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()])),
  readings: Type.Integer(),
})
export type TrendShown = Static<typeof TrendShown>

export const TakenShown = Type.Object({
  taken: Type.Integer(),
  quarantined: Type.Array(Type.Object({ index: Type.Integer(), reason: Type.String() })),
})
export type TakenShown = Static<typeof TakenShown>
