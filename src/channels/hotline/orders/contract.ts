// 外部工单: what other systems hand in, such as 12345 work orders, a media watch, WeChat.

import { endpoint, Moment, page, PageQuery, Type, type Static, type TSchema } from '../../../kernel/contract.ts'
import { CaseNumber, WordsBody } from '../../../cases/contract.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)

export const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const
export type Datum = (typeof DATUMS)[number]

const SystemCode = Type.String({ minLength: 2, maxLength: 32, pattern: '^[a-z0-9-]+$' })
const Theirs = Type.String({ minLength: 1, maxLength: 80 })

export const OrderBody = Type.Object({
  theirs: Theirs,
  description: Type.String({ minLength: 1, maxLength: 2000 }),
  /** Their code of the category; mapped to ours by a table that an administrator edits. */
  category: maybe(Type.String({ maxLength: 60 })),
  categoryName: maybe(Type.String({ maxLength: 100 })),
  /** Longitude, latitude, in the datum declared; without it the address must be one that the city knows. */
  position: maybe(Type.Tuple([Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })])),
  datum: maybe(Type.Enum([...DATUMS])),
  address: maybe(Type.String({ maxLength: 200 })),
  reporter: maybe(Type.Object({ name: maybe(Type.String({ maxLength: 60 })), phone: maybe(Type.String({ maxLength: 30 })) })),
  /** SHA-256 of files stored before by `POST /api/files`. */
  files: maybe(Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { maxItems: 10 })),
  /** Addresses of their own attachments: kept as text for the operator and never fetched. */
  links: maybe(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 10 })),
  /** When it came to them. */
  at: maybe(Moment),
})
export type OrderBody = Static<typeof OrderBody>

export const OrderTaken = Type.Object({
  system: Type.String(),
  theirs: Type.String(),
  number: CaseNumber,
  state: Type.String(),
  stateWords: WordsBody,
  /** It waits to be sifted, because too many came at once. */
  held: Type.Boolean(),
  /** The same order had come before. */
  repeated: Type.Boolean(),
  /** The category was guessed from the words. */
  guessed: Type.Boolean(),
})
export type OrderTaken = Static<typeof OrderTaken>

export const postOrder = endpoint({
  method: 'POST',
  path: '/api/hotline/orders',
  permit: 'hotline.orders',
  summary: { zh: '外部工单接入', en: 'Hand in an order of another system' },
  body: Type.Object({ system: SystemCode, ...OrderBody.properties }),
  reply: OrderTaken,
})

export const ORDERS_AT_ONCE = 200

export const OrderVerdict = Type.Object({
  theirs: Type.String(),
  taken: maybe(OrderTaken),
  refused: maybe(Type.Object({ code: Type.String(), detail: Type.String() })),
})
export type OrderVerdict = Static<typeof OrderVerdict>

export const postOrders = endpoint({
  method: 'POST',
  path: '/api/hotline/orders/batch',
  permit: 'hotline.orders',
  summary: { zh: '外部工单批量接入，逐条给出结论', en: 'Many orders at once, with a verdict for each' },
  body: Type.Object({ system: SystemCode, orders: Type.Array(OrderBody, { minItems: 1, maxItems: ORDERS_AT_ONCE }) }),
  reply: Type.Object({ items: Type.Array(OrderVerdict) }),
})

export const OrderStatus = Type.Object({
  system: Type.String(),
  theirs: Type.String(),
  number: CaseNumber,
  state: Type.String(),
  stateWords: WordsBody,
  ended: Type.Boolean(),
  outcome: Type.String(),
  unit: orNull(WordsBody),
  reportedAt: Moment,
  dueAt: orNull(Moment),
  endedAt: orNull(Moment),
  /** What happened, oldest first, without names and notes. */
  steps: Type.Array(Type.Object({ step: Type.String(), words: WordsBody, state: Type.String(), at: Moment })),
})
export type OrderStatus = Static<typeof OrderStatus>

export const getOrder = endpoint({
  method: 'GET',
  path: '/api/hotline/orders/:system/:theirs',
  permit: 'hotline.orders',
  summary: { zh: '外部工单的办理情况', en: 'What became of an order' },
  params: Type.Object({ system: SystemCode, theirs: Theirs }),
  reply: OrderStatus,
})

// ── What an administrator keeps

export const OrderSystem = Type.Object({
  code: SystemCode,
  name: Type.String({ minLength: 2, maxLength: 60 }),
  source: Type.String({ maxLength: 60 }),
  datum: Type.Enum([...DATUMS]),
  most: Type.Integer({ minimum: 1, maximum: 100_000 }),
  active: Type.Boolean(),
  /** Whether a key has spoken for it yet; no other may then. */
  bound: Type.Boolean(),
})
export type OrderSystem = Static<typeof OrderSystem>

export const getOrderSystems = endpoint({
  method: 'GET',
  path: '/api/hotline/systems',
  permit: 'hotline.manage',
  summary: { zh: '接入的外部系统', en: 'The systems that hand in orders' },
  reply: Type.Object({ items: Type.Array(OrderSystem) }),
})

export const putOrderSystem = endpoint({
  method: 'PUT',
  path: '/api/hotline/systems/:system',
  permit: 'hotline.manage',
  repeatable: true,
  summary: { zh: '新增或修改外部系统', en: 'Add or change a system' },
  params: Type.Object({ system: SystemCode }),
  body: Type.Object({
    name: Type.String({ minLength: 2, maxLength: 60 }),
    source: Type.String({ maxLength: 60 }),
    datum: Type.Enum([...DATUMS]),
    most: Type.Integer({ minimum: 1, maximum: 100_000 }),
    active: Type.Boolean(),
    /** Let another key speak for it. */
    unbind: maybe(Type.Boolean()),
  }),
  reply: OrderSystem,
})

export const OrderCategory = Type.Object({
  system: Type.String(),
  theirs: Type.String(),
  name: Type.String(),
  /** Null: not mapped yet; such orders have their category guessed. */
  category: orNull(Type.String()),
  seen: Type.Integer(),
  seenAt: orNull(Moment),
})
export type OrderCategory = Static<typeof OrderCategory>

export const getOrderCategories = endpoint({
  method: 'GET',
  path: '/api/hotline/systems/:system/categories',
  permit: 'hotline.manage',
  summary: { zh: '类别对照：未对照的在前', en: 'The mapping of categories, those not mapped first' },
  params: Type.Object({ system: SystemCode }),
  query: Type.Object({ ...PageQuery }),
  reply: page(OrderCategory),
})

export const putOrderCategory = endpoint({
  method: 'PUT',
  path: '/api/hotline/systems/:system/categories/:theirs',
  permit: 'hotline.manage',
  repeatable: true,
  summary: { zh: '对照一个类别', en: 'Map one category' },
  params: Type.Object({ system: SystemCode, theirs: Type.String({ minLength: 1, maxLength: 60 }) }),
  body: Type.Object({ name: maybe(Type.String({ maxLength: 100 })), category: orNull(Type.String({ maxLength: 60 })) }),
  reply: OrderCategory,
})

// ── 待甄别: what was held back when too much came at once

export const HeldGroup = Type.Object({
  /** `address`, `phone`, `system` or `text`, and which of them, digested. */
  group: Type.String(),
  why: WordsBody,
  held: Type.Integer(),
  firstAt: Moment,
  lastAt: Moment,
  /** One of them, to judge by. */
  sample: Type.Object({ number: CaseNumber, description: Type.String(), address: orNull(Type.String()), source: Type.String() }),
})
export type HeldGroup = Static<typeof HeldGroup>

export const getHeld = endpoint({
  method: 'GET',
  path: '/api/hotline/held',
  permit: 'hotline.manage',
  summary: { zh: '待甄别来件，按来路分组', en: 'Reports held back, in groups by where they came from' },
  reply: Type.Object({ items: Type.Array(HeldGroup), more: Type.Boolean() }),
})

export const postHeld = endpoint({
  method: 'POST',
  path: '/api/hotline/held',
  permit: 'hotline.manage',
  summary: { zh: '整组放行或不予立案', en: 'Let a whole group through, or decline it' },
  body: Type.Object({
    group: Type.String({ minLength: 3, maxLength: 100 }),
    act: Type.Enum(['release', 'decline']),
    /** Of the dictionary `decline-reason`, for a decline. */
    reason: maybe(Type.String({ maxLength: 60 })),
  }),
  reply: Type.Object({
    items: Type.Array(Type.Object({ number: CaseNumber, done: Type.Boolean(), why: orNull(Type.String()) })),
    left: Type.Integer(),
  }),
})
