// Products, devices and readings over the wire.

import { endpoint, Moment, PageQuery, page, Type, type Static, type TSchema } from '../kernel/contract.ts'
import { REASON_CODES } from './gate.ts'
import { MapQuery } from './risk/contract.ts'
import { CODE, DEVICE_STATES, DeviceBody, DeviceShown, NewDevice, ProductBody, ProductShown, TakenShown, TrendShown } from './shapes.ts'
import { TRADE_CODES } from './trades.ts'

export { KEEP_DAYS, REASONS, type Reason } from './gate.ts'
export * from './shapes.ts'
export * from './trades.ts'
export * from './sheet/contract.ts'
export * from './alarms/contract.ts'
export * from './cap/contract.ts'
export * from './vehicles/contract.ts'
export * from './flood/contract.ts'
export * from './risk/contract.ts'
export * from './risk/hazard-contract.ts'
export * from './flood/reports/contract.ts'
export * from './flood/command/contract.ts'
export * from './wall/contract.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const Code = Type.Object({ code: Type.String({ pattern: CODE }) })

export const getProducts = endpoint({
  method: 'GET',
  path: '/api/products',
  permit: 'monitoring.read',
  summary: { zh: '设备产品（物模型）', en: 'Products: what a kind of device measures' },
  reply: Type.Object({ items: Type.Array(ProductShown) }),
})

export const putProduct = endpoint({
  method: 'PUT',
  path: '/api/products/:code',
  permit: 'monitoring.edit',
  summary: { zh: '设置产品', en: 'Set a product; a metric is known by its code' },
  params: Code,
  body: ProductBody,
  reply: ProductShown,
})

export const DeviceQuery = Type.Object({
  words: maybe(Type.String({ maxLength: 60, description: 'Part of the code or the name' })),
  product: maybe(Type.String({ maxLength: 64 })),
  trade: maybe(Type.Enum([...TRADE_CODES])),
  state: maybe(Type.Enum([...DEVICE_STATES])),
  district: maybe(Type.String({ pattern: '^\\d{6}$' })),
  gateway: maybe(Type.String({ maxLength: 64 })),
})
export type DeviceQuery = Static<typeof DeviceQuery>

export const getDevices = endpoint({
  method: 'GET',
  path: '/api/devices',
  permit: 'monitoring.read',
  summary: { zh: '设备列表', en: 'Devices with their latest readings, by code' },
  query: Type.Object({ ...DeviceQuery.properties, ...PageQuery }),
  reply: page(DeviceShown),
})

export const DeviceMark = Type.Object({
  lng: Type.Number(),
  lat: Type.Number(),
  n: Type.Integer(),
  /** The worst that rings there; 0 where nothing does. */
  level: Type.Integer(),
  /** Of one that stands by itself. */
  silent: Type.Boolean(),
  code: Type.Union([Type.String(), Type.Null()]),
  name: Type.Union([Type.String(), Type.Null()]),
})
export type DeviceMark = Static<typeof DeviceMark>

export const DeviceMap = Type.Object({
  /** Of each trade that has devices in service. */
  trades: Type.Array(Type.Object({ trade: Type.Enum([...TRADE_CODES]), devices: Type.Integer(), ringing: Type.Integer() })),
  /** Of the trade that is asked, wherever they stand. */
  devices: Type.Integer(),
  /** The worst first. */
  ringing: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), product: Type.String(), level: Type.Integer() })),
  items: Type.Array(DeviceMark),
})
export type DeviceMap = Static<typeof DeviceMap>

export const getDeviceMap = endpoint({
  method: 'GET',
  path: '/api/devices/map',
  permit: 'monitoring.read',
  summary: { zh: '设备地图（按行业）', en: 'Devices in service within a box, by trade, with what rings; gathered where they crowd at that zoom' },
  query: Type.Object({ ...MapQuery.properties, trade: maybe(Type.Enum([...TRADE_CODES])) }),
  reply: DeviceMap,
})

export const postDevice = endpoint({
  method: 'POST',
  path: '/api/devices',
  permit: 'monitoring.edit',
  summary: { zh: '登记设备', en: 'Register a device; its key is shown this once' },
  body: NewDevice,
  reply: Type.Object({ device: DeviceShown, key: Type.String() }),
})

export const getDevice = endpoint({
  method: 'GET',
  path: '/api/devices/:code',
  permit: 'monitoring.read',
  summary: { zh: '设备', en: 'A device with its latest readings' },
  params: Code,
  reply: DeviceShown,
})

export const putDevice = endpoint({
  method: 'PUT',
  path: '/api/devices/:code',
  permit: 'monitoring.edit',
  summary: { zh: '修改设备', en: 'Change a device' },
  params: Code,
  body: DeviceBody,
  reply: DeviceShown,
})

export const postDeviceKey = endpoint({
  method: 'POST',
  path: '/api/devices/:code/key',
  permit: 'monitoring.edit',
  summary: { zh: '更换设备密钥', en: 'Make another key for a device; it is shown this once, and the one before ends' },
  params: Code,
  reply: Type.Object({ key: Type.String() }),
})

export const getTrend = endpoint({
  method: 'GET',
  path: '/api/devices/:code/trend',
  permit: 'monitoring.read',
  summary: { zh: '指标曲线', en: 'One metric over time, with at most so many points; each with its lowest and highest value' },
  params: Code,
  query: Type.Object({
    metric: Type.String({ maxLength: 64 }),
    from: Moment,
    to: Moment,
    points: maybe(Type.Integer({ minimum: 10, maximum: 5_000, default: 1_000 })),
  }),
  reply: TrendShown,
})

export const postReadings = endpoint({
  method: 'POST',
  path: '/api/readings',
  // By the key of a device (HTTP Basic: code and key) or by a machine's key with monitoring.ingest.
  permit: 'anyone',
  summary: {
    zh: '上报读数：JSON（一条或多条）或文本行 device,metric,at,value；应答时已入库',
    en: 'Report readings as JSON, one or many, or as lines of device,metric,at,value; answered when they are stored',
  },
  takes: 'text',
  body: Type.String({ minLength: 1 }),
  reply: TakenShown,
  limit: 'device',
  repeatable: true,
  commits: true,
})

// ── Quarantine

export const QuarantineLine = Type.Object({
  id: Type.String(),
  way: Type.String(),
  reason: Type.Enum([...REASON_CODES]),
  device: Type.String(),
  payload: Type.String(),
  cameAt: Moment,
  replayedAt: Type.Union([Moment, Type.Null()]),
  outcome: Type.Union([Type.String(), Type.Null()]),
  /** Whether it can pass the gate once more. */
  replays: Type.Boolean(),
})
export type QuarantineLine = Static<typeof QuarantineLine>

export const QuarantineQuery = Type.Object({
  reason: maybe(Type.Enum([...REASON_CODES])),
  device: maybe(Type.String({ maxLength: 64 })),
  open: maybe(Type.Boolean({ description: 'Only what was not replayed yet' })),
})
export type QuarantineQuery = Static<typeof QuarantineQuery>

export const getQuarantine = endpoint({
  method: 'GET',
  path: '/api/quarantine',
  permit: 'monitoring.read',
  summary: { zh: '隔离区', en: 'What came and was not taken, the newest first' },
  query: Type.Object({ ...QuarantineQuery.properties, ...PageQuery }),
  reply: page(QuarantineLine),
})

export const postReplay = endpoint({
  method: 'POST',
  path: '/api/quarantine/replay',
  permit: 'monitoring.edit',
  summary: { zh: '重放', en: 'Let what was refused pass the gate once more' },
  body: Type.Object({ ids: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 200 }) }),
  reply: Type.Object({ taken: Type.Integer(), refused: Type.Integer() }),
  repeatable: true,
  commits: true,
})

// ── Health

export const HealthShown = Type.Object({
  devices: Type.Integer(),
  silent: Type.Integer(),
  waiting: Type.Integer(),
  minutes: Type.Array(Type.Object({ at: Moment, way: Type.String(), reason: Type.String(), n: Type.Integer(), lagMs: Type.Number(), mostLagMs: Type.Number() })),
  silence: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), product: Type.String(), metric: Type.String(), lastAt: Type.Union([Moment, Type.Null()]) })),
})
export type HealthShown = Static<typeof HealthShown>

export const getHealth = endpoint({
  method: 'GET',
  path: '/api/monitoring/health',
  permit: 'monitoring.read',
  summary: { zh: '接入状况', en: 'What comes in by minute and way, what is refused, and which devices are silent' },
  reply: HealthShown,
})
