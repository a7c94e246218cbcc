// What the atlas says over the wire; read by the server and by the browser.

import { endpoint, Position, Type, type Static, type TSchema } from '../kernel/contract.ts'
import { LEVELS } from './region.ts'

export * from './region.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const Box = Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()])
const Lng = Type.Number({ minimum: -180, maximum: 180 })
const Lat = Type.Number({ minimum: -90, maximum: 90 })

/** 区域等级: how much a cell matters, and so how quickly its problems are to be solved. */
export const GRADES = ['A', 'B', 'C'] as const
export type Grade = (typeof GRADES)[number]

/** 部件状态: 完好, 破损, 丢失, 废弃, 移除. */
export const COMPONENT_STATES = ['intact', 'damaged', 'lost', 'abandoned', 'removed'] as const

export const City = Type.Object({
  code: Type.String(),
  name: WordsBody,
  center: Position,
  zoom: Type.Number(),
  /** West, south, east, north. */
  box: Box,
  zone: Type.String(),
  languages: Type.Array(Type.String()),
  /** The version of the catalogue that new cases are filed under. */
  catalogue: Type.String(),
  /** Whose map data these are, to be shown on every map; '' for none. */
  attribution: Type.String(),
})
export type City = Static<typeof City>

export const Division = Type.Object({
  code: Type.String(),
  name: WordsBody,
  level: Type.Enum([...LEVELS]),
  parentCode: orNull(Type.String()),
  center: orNull(Position),
})
export type Division = Static<typeof Division>

/** Where a point lies. Cell and beat are null where a city has drawn none there. */
export const Located = Type.Object({
  cell: orNull(Type.String()),
  beat: orNull(Type.String()),
  community: Type.String(),
  street: Type.String(),
  district: Type.String(),
  grade: Type.Enum([...GRADES]),
})
export type Located = Static<typeof Located>

/** 部件: one lamp, cover, bench, tree … with a code of its own. */
export const Component = Type.Object({
  code: Type.String(),
  district: Type.String(),
  category: Type.String(),
  name: orNull(Type.String()),
  state: Type.String(),
  cell: orNull(Type.String()),
  community: Type.String(),
  ownerUnit: orNull(Type.String()),
  maintainerUnit: orNull(Type.String()),
  position: Position,
})
export type Component = Static<typeof Component>

export const ComponentNear = Type.Object({ ...Component.properties, metres: Type.Number() })
export type ComponentNear = Static<typeof ComponentNear>

export const PLACE_KINDS = ['door', 'place', 'road'] as const

export const Place = Type.Object({
  name: Type.String(),
  kind: Type.Enum([...PLACE_KINDS]),
  position: Position,
  community: orNull(Type.String()),
  /** The divisions it lies in: “学院区 书院街道”. */
  within: WordsBody,
})
export type Place = Static<typeof Place>

export const Description = Type.Object({
  /** “学院区 书院街道 中关村东路12号附近”. */
  words: WordsBody,
  /** Null outside the city. */
  located: orNull(Located),
})
export type Description = Static<typeof Description>

export const getCity = endpoint({
  method: 'GET',
  path: '/api/city',
  permit: 'anyone',
  limit: 'public-read',
  summary: { zh: '城市概况', en: 'The city' },
  reply: City,
})

export const getDivisions = endpoint({
  method: 'GET',
  path: '/api/divisions',
  permit: 'anyone',
  limit: 'public-read',
  summary: { zh: '行政区划', en: 'Divisions' },
  query: Type.Object({
    parent: Type.Optional(Type.String({ maxLength: 12 })),
    level: Type.Optional(Type.Enum([...LEVELS])),
  }),
  reply: Type.Object({ items: Type.Array(Division) }),
})

export const getComponentsNear = endpoint({
  method: 'GET',
  path: '/api/components/near',
  permit: 'signed-in',
  summary: { zh: '附近部件', en: 'Components nearby' },
  query: Type.Object({
    lng: Lng,
    lat: Lat,
    metres: Type.Optional(Type.Number({ minimum: 1, maximum: 500, default: 50 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
    /** A prefix of the category. */
    category: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  reply: Type.Object({ items: Type.Array(ComponentNear) }),
})

export const getPlaces = endpoint({
  method: 'GET',
  path: '/api/places',
  permit: 'anyone',
  limit: 'public-read',
  summary: { zh: '地名地址查找', en: 'Find a place by its name or address' },
  query: Type.Object({
    text: Type.String({ minLength: 1, maxLength: 100 }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 10 })),
  }),
  reply: Type.Object({ items: Type.Array(Place) }),
})

export const getPlaceAt = endpoint({
  method: 'GET',
  path: '/api/places/at',
  permit: 'anyone',
  limit: 'public-read',
  summary: { zh: '位置描述', en: 'A position in words' },
  query: Type.Object({ lng: Lng, lat: Lat }),
  reply: Description,
})

const TileAt = Type.Object({
  z: Type.Integer({ minimum: 0, maximum: 22 }),
  x: Type.Integer({ minimum: 0 }),
  y: Type.Integer({ minimum: 0 }),
})

/** Layers `water`, `green`, `building`, `road`, `division`; each feature with `kind` and, where it has one, `name`. */
export const getBaseTile = endpoint({
  method: 'GET',
  path: '/tiles/base/:z/:x/:y',
  permit: 'anyone',
  gives: 'raw',
  summary: { zh: '底图矢量瓦片', en: 'Vector tile of the base map' },
  params: TileAt,
})

/** Layers `cell` (code, grade, beat), `beat` (code, name) and, from zoom 16, `component` (code, category, state). */
export const getGridTile = endpoint({
  method: 'GET',
  path: '/tiles/grid/:z/:x/:y',
  permit: 'signed-in',
  gives: 'raw',
  summary: { zh: '网格与部件矢量瓦片', en: 'Vector tile of cells, beats and components' },
  params: TileAt,
})
