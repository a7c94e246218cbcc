// What the registry says over the wire; read by the server and by the browser.

import { endpoint, Moment, page, PageQuery, Position, Type, type Static, type TSchema, type Words } from '../kernel/contract.ts'
import { KINDS, LIMIT_UNITS } from './catalogue.ts'

export * from './calendar-wire.ts'
export * from './catalogue.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })

export const Category = Type.Object({
  /** `2026.m.01001`. */
  id: Type.String(),
  version: Type.String(),
  kind: Type.Enum([...KINDS]),
  code: Type.String(),
  name: WordsBody,
  major: Type.Object({ id: Type.String(), name: WordsBody }),
  /** How a component of this class lies on the map: point, line or polygon. */
  geometry: orNull(Type.String()),
  /** Of an “…异常” matter the class of component that it is about. */
  component: orNull(Type.String()),
  /** The same class under the catalogue before. */
  legacy: orNull(Type.String()),
})
export type Category = Static<typeof Category>

const Limit = Type.Object({ amount: Type.Number(), unit: Type.Enum([...LIMIT_UNITS]) })

/** 立案条件 with its 处置时限 by area grade and its 结案条件. */
export const Condition = Type.Object({
  id: Type.String(),
  category: Type.String(),
  ordinal: Type.Integer(),
  condition: WordsBody,
  closing: WordsBody,
  limits: Type.Object({ A: Limit, B: Limit, C: Limit }),
})
export type Condition = Static<typeof Condition>

export const UNIT_KINDS = ['centre', 'department', 'district', 'street', 'company', 'team'] as const

/** 单位: the centre (level 1) and the 二级, 三级, 四级平台 below it. */
export const Unit = Type.Object({
  code: Type.String(),
  /** `/C01/U0103/`: the codes from the centre down to this one. */
  path: Type.String(),
  parentCode: orNull(Type.String()),
  level: Type.Integer({ minimum: 1, maximum: 4 }),
  kind: Type.Enum([...UNIT_KINDS]),
  name: WordsBody,
  /** The prefix of the regions it answers for; '' for the whole city. */
  region: Type.String(),
})
export type Unit = Static<typeof Unit>

export const Post = Type.Object({
  role: Type.String(),
  roleName: WordsBody,
  region: Type.String(),
  unit: Type.String(),
  category: Type.String(),
})
export type Post = Static<typeof Post>

export const Person = Type.Object({
  /** The id of the account. */
  id: Type.String(),
  account: Type.String(),
  name: Type.String(),
  phone: orNull(Type.String()),
  unitCode: Type.String(),
  unitPath: Type.String(),
  unitName: WordsBody,
  beatCode: orNull(Type.String()),
})
export type Person = Static<typeof Person>

export const PersonListed = Type.Object({ ...Person.properties, posts: Type.Array(Post), onDuty: Type.Boolean() })
export type PersonListed = Static<typeof PersonListed>

export const DICTIONARIES = ['source', 'decline-reason', 'void-reason', 'return-reason', 'rework-reason', 'extend-reason', 'suspend-reason', 'order-origin', 'appeal-subject', 'component-state'] as const
export type DictionaryName = (typeof DICTIONARIES)[number]

export const DictionaryEntry = Type.Object({ code: Type.String(), name: WordsBody })
export type DictionaryEntry = Static<typeof DictionaryEntry>

/** 上报渠道. */
export const SOURCES = {
  collector: { zh: '采集员', en: 'Collector' },
  hotline: { zh: '12345 热线', en: 'Hotline 12345' },
  public: { zh: '公众', en: 'Public' },
  video: { zh: '视频', en: 'Video' },
  sensor: { zh: '监测告警', en: 'Sensor alarm' },
  media: { zh: '媒体', en: 'Media' },
  leader: { zh: '领导交办', en: 'Leadership' },
  department: { zh: '部门转办', en: 'Other department' },
} as const satisfies Record<string, Words>
export type SourceCode = keyof typeof SOURCES

export const getCategories = endpoint({
  method: 'GET',
  path: '/api/categories',
  permit: 'anyone',
  limit: 'public-read',
  summary: { zh: '部件与事项目录', en: 'The catalogue of components and matters' },
  query: Type.Object({
    /** The version in use where none is named. */
    version: Type.Optional(Type.String({ maxLength: 20 })),
    kind: Type.Optional(Type.Enum([...KINDS])),
    text: Type.Optional(Type.String({ maxLength: 50 })),
  }),
  reply: Type.Object({ version: Type.String(), versions: Type.Array(Type.String()), items: Type.Array(Category) }),
})

export const getConditions = endpoint({
  method: 'GET',
  path: '/api/categories/:id/conditions',
  permit: 'signed-in',
  summary: { zh: '立案条件与时限', en: 'Filing conditions and limits of a category' },
  params: Type.Object({ id: Type.String({ maxLength: 60 }) }),
  reply: Type.Object({ items: Type.Array(Condition) }),
})

export const getUnits = endpoint({
  method: 'GET',
  path: '/api/units',
  permit: 'registry.read',
  summary: { zh: '单位', en: 'Units' },
  query: Type.Object({
    parent: Type.Optional(Type.String({ maxLength: 30 })),
    level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    text: Type.Optional(Type.String({ maxLength: 50 })),
    ...PageQuery,
  }),
  reply: page(Unit),
})

export const getPeople = endpoint({
  method: 'GET',
  path: '/api/people',
  permit: 'registry.read',
  summary: { zh: '人员与岗位', en: 'People and their posts' },
  query: Type.Object({
    text: Type.Optional(Type.String({ maxLength: 50 })),
    unit: Type.Optional(Type.String({ maxLength: 200 })),
    ...PageQuery,
  }),
  reply: page(PersonListed),
})

const PersonFields = {
  name: Type.String({ minLength: 1, maxLength: 60 }),
  phone: Type.Optional(orNull(Type.String({ maxLength: 30 }))),
  unit: Type.String({ minLength: 1, maxLength: 30 }),
  beat: Type.Optional(orNull(Type.String({ maxLength: 30 }))),
}

/** Makes an account and the person behind it; posts are given apart, by the security administrator. */
export const postPerson = endpoint({
  method: 'POST',
  path: '/api/people',
  permit: 'access.accounts',
  summary: { zh: '新增人员', en: 'Add a person' },
  body: Type.Object({
    account: Type.String({ minLength: 2, maxLength: 64 }),
    ...PersonFields,
    password: Type.Optional(Type.String({ minLength: 10, maxLength: 200 })),
  }),
  reply: Person,
})

export const patchPerson = endpoint({
  method: 'PATCH',
  path: '/api/people/:id',
  permit: 'access.accounts',
  summary: { zh: '修改人员', en: 'Change a person' },
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Partial(Type.Object(PersonFields)),
  reply: Person,
})

export const getDictionary = endpoint({
  method: 'GET',
  path: '/api/dictionary/:name',
  permit: 'anyone',
  limit: 'public-read',
  summary: { zh: '字典', en: 'A dictionary' },
  params: Type.Object({ name: Type.Enum([...DICTIONARIES]) }),
  reply: Type.Object({ items: Type.Array(DictionaryEntry) }),
})

/** A number of the house: what it means, what it is, and what it is as shipped. */
export const SettingShown = Type.Object({
  code: Type.String(),
  words: WordsBody,
  unit: WordsBody,
  means: WordsBody,
  value: Type.Number(),
  shipped: Type.Number(),
  least: Type.Number(),
  most: Type.Number(),
  set: orNull(Type.Object({ at: Moment, by: Type.String() })),
})
export type SettingShown = Static<typeof SettingShown>

export const getSettings = endpoint({
  method: 'GET',
  path: '/api/settings',
  permit: 'registry.settings',
  summary: { zh: '参数', en: 'Numbers of the house' },
  reply: Type.Object({ items: Type.Array(SettingShown) }),
})

export const putSetting = endpoint({
  method: 'PUT',
  path: '/api/settings/:code',
  permit: 'registry.settings',
  summary: { zh: '设置参数，空值恢复出厂值', en: 'Set a number; null: as shipped' },
  params: Type.Object({ code: Type.String({ maxLength: 60 }) }),
  body: Type.Object({ value: orNull(Type.Number()) }),
  reply: SettingShown,
})

/** Whether someone is on duty and where; for the collector's own page. */
export const Duty = Type.Object({
  onDuty: Type.Boolean(),
  since: orNull(Moment),
  position: orNull(Position),
  positionAt: orNull(Moment),
})
export type Duty = Static<typeof Duty>
