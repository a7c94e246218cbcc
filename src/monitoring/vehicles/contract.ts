// Vehicles, their latest positions and their tracks over the wire.

import { endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema, type Words } from '../../kernel/contract.ts'
import { CODE } from '../shapes.ts'
import { PUMP_SIGNAL } from './pump.ts'

export { PUMP_SIGNAL } from './pump.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const Code = Type.Object({ code: Type.String({ pattern: CODE }) })

export const VEHICLE_KINDS = {
  pump: { zh: '防洪泵车', en: 'Pump truck' },
  sanitation: { zh: '环卫车', en: 'Cleaning truck' },
  patrol: { zh: '巡查车', en: 'Patrol car' },
  repair: { zh: '抢修车', en: 'Repair van' },
  enforcement: { zh: '执法车', en: 'Enforcement car' },
  muck: { zh: '渣土车', en: 'Muck truck' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Words>
export type VehicleKind = keyof typeof VEHICLE_KINDS
export const VEHICLE_KIND_CODES = Object.keys(VEHICLE_KINDS) as VehicleKind[]

export const VEHICLE_STATES = ['in_service', 'stopped', 'retired'] as const

/** What a vehicle does at this moment, as far as its terminal tells. */
export const VEHICLE_DOINGS = ['moving', 'still', 'silent', 'never'] as const
export type VehicleDoing = (typeof VEHICLE_DOINGS)[number]

export const VehicleBody = Type.Object({
  plate: Type.String({ minLength: 2, maxLength: 20 }),
  phone: Type.String({ pattern: '^\\d{6,20}$', description: 'Phone number of the terminal, as it stands in its messages; zeros before it do not count' }),
  kind: Type.Enum([...VEHICLE_KIND_CODES]),
  name: Type.String({ minLength: 1, maxLength: 80 }),
  district: Type.String({ pattern: '^\\d{6}$' }),
  ownerUnit: orNull(Type.String({ maxLength: 40 })),
  driver: Type.String({ maxLength: 40 }),
  pumpSignal: maybe(orNull(Type.String({ pattern: PUMP_SIGNAL, description: 'Of a pump truck: by which bit its terminal tells that the pump runs, such as status:23, signals:8, inputs:2 or item:e1:0' }))),
  state: Type.Enum([...VEHICLE_STATES]),
})
export type VehicleBody = Static<typeof VehicleBody>

export const NewVehicle = Type.Object({ code: Type.String({ pattern: CODE }), ...VehicleBody.properties })
export type NewVehicle = Static<typeof NewVehicle>

export const VehicleShown = Type.Object({
  ...NewVehicle.properties,
  /** Maker and number of the terminal that registered; none yet. */
  terminal: orNull(Type.String()),
  ownerName: orNull(WordsBody),
  changedAt: Moment,
  doing: Type.Enum([...VEHICLE_DOINGS]),
  latest: orNull(
    Type.Object({
      at: Moment,
      /** Of the newest fix, which may be older than `at`. */
      position: orNull(Position),
      fixedAt: orNull(Moment),
      speedKmh: Type.Number(),
      bearing: Type.Integer(),
      altitudeM: Type.Integer(),
      alarms: Type.Array(Type.String()),
    }),
  ),
  /** Whether the pump of a pump truck runs, as its terminal told last; none: it does not tell. */
  pump: orNull(Type.Object({ running: Type.Boolean(), at: Moment, since: Moment })),
})
export type VehicleShown = Static<typeof VehicleShown>

export const VehicleQuery = Type.Object({
  words: maybe(Type.String({ maxLength: 60, description: 'Part of the code, the plate or the name' })),
  kind: maybe(Type.Enum([...VEHICLE_KIND_CODES])),
  state: maybe(Type.Enum([...VEHICLE_STATES])),
  district: maybe(Type.String({ pattern: '^\\d{6}$' })),
})
export type VehicleQuery = Static<typeof VehicleQuery>

export const getVehicles = endpoint({
  method: 'GET',
  path: '/api/vehicles',
  permit: 'monitoring.read',
  summary: { zh: '车辆及最新位置', en: 'Vehicles with their latest positions, by code' },
  query: Type.Object({ ...VehicleQuery.properties, ...PageQuery }),
  reply: page(VehicleShown),
})

export const postVehicle = endpoint({
  method: 'POST',
  path: '/api/vehicles',
  permit: 'monitoring.edit',
  summary: { zh: '登记车辆', en: 'Register a vehicle, so that its terminal may' },
  body: NewVehicle,
  reply: VehicleShown,
})

export const getVehicle = endpoint({
  method: 'GET',
  path: '/api/vehicles/:code',
  permit: 'monitoring.read',
  summary: { zh: '车辆', en: 'A vehicle with its latest position' },
  params: Code,
  reply: VehicleShown,
})

export const putVehicle = endpoint({
  method: 'PUT',
  path: '/api/vehicles/:code',
  permit: 'monitoring.edit',
  summary: { zh: '修改车辆', en: 'Change a vehicle; with another phone number its terminal registers anew' },
  params: Code,
  body: VehicleBody,
  reply: VehicleShown,
})

export const postVehicleRelease = endpoint({
  method: 'POST',
  path: '/api/vehicles/:code/release',
  permit: 'monitoring.edit',
  summary: { zh: '解除终端绑定：原终端的鉴权码即失效，换装的终端可以注册', en: 'Let go of its terminal: the code of that one ends, and another may register' },
  params: Code,
  reply: VehicleShown,
})

/** Points of a track at most. */
export const TRACK_POINTS = 5_000

export const TrackShown = Type.Object({
  /** Time in milliseconds, longitude, latitude, km/h, bearing. */
  points: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number(), Type.Number()])),
  /** How many positions the points were thinned from. */
  positions: Type.Integer(),
  metres: Type.Number(),
  movingMs: Type.Number(),
  topKmh: Type.Number(),
  stops: Type.Array(Type.Object({ from: Moment, to: Moment, position: Position })),
  media: Type.Array(Type.Object({ at: Moment, type: Type.Integer(), event: Type.Integer(), channel: Type.Integer() })),
})
export type TrackShown = Static<typeof TrackShown>

export const getTrack = endpoint({
  method: 'GET',
  path: '/api/vehicles/:code/track',
  permit: 'monitoring.read',
  summary: { zh: '轨迹：至多一天、5,000 点，含停留与里程', en: 'Where a vehicle was in a day at most, as 5,000 points at most, with its stops and its way' },
  params: Code,
  query: Type.Object({ from: Moment, to: Moment }),
  reply: TrackShown,
})
