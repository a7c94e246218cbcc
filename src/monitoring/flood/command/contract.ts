// Flood command (防汛指挥) over the wire: the roll, call-ups and orders, pump trucks, and what those who are called do with them.

import { HOWS, MARKS } from '../../../cases/contract.ts'
import { endpoint, Moment, page, PageQuery, Position, Type, type Static, type TSchema } from '../../../kernel/contract.ts'
import { CODE } from '../../shapes.ts'
import { VEHICLE_DOINGS } from '../../vehicles/contract.ts'
import { FLOOD_PROFILES, FLOOD_ROLE_CODES } from './profile.ts'

export * from './near.ts'
export { FLOOD_PROFILES, FLOOD_ROLE_CODES, FLOOD_ROLES, GEOFENCE_METRES, type FloodProfile, type FloodRole } from './profile.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const Code = Type.String({ pattern: CODE })
const Account = Type.String({ format: 'uuid' })
const Key = Type.Object({ district: Type.String({ pattern: '^\\d{6}$' }), id: Type.String({ format: 'uuid' }) })
const COMMAND = 'monitoring.command'
/** Those who take emergency orders take these too. */
const RESPOND = 'case.respond'

export const AssignmentMark = Type.Object({
  mark: Type.Enum([...MARKS]),
  words: WordsBody,
  dueAt: orNull(Moment),
  at: orNull(Moment),
  how: orNull(Type.Enum([...HOWS])),
  late: Type.Boolean(),
})
export type AssignmentMark = Static<typeof AssignmentMark>

export const AssignmentShown = Type.Object({
  id: Type.String(),
  district: Type.String(),
  kind: Type.Enum(['call', 'order']),
  point: Type.Object({ device: Type.String(), name: Type.String(), position: Position }),
  geofenceMetres: Type.Integer(),
  person: orNull(Type.Object({ id: Type.String(), name: Type.String(), phone: orNull(Type.String()), unit: orNull(WordsBody), role: orNull(Type.Enum([...FLOOD_ROLE_CODES])) })),
  truck: orNull(Type.Object({ code: Type.String(), name: Type.String() })),
  words: Type.String(),
  profile: orNull(Type.Enum([...FLOOD_PROFILES])),
  orderedAt: Moment,
  orderedBy: Type.String(),
  marks: Type.Array(AssignmentMark),
  /** The limit that comes next. */
  next: orNull(Type.Object({ mark: Type.Enum([...MARKS]), dueAt: Moment })),
  overdue: Type.Boolean(),
  /** Where they were last, and how far from the point. */
  seen: orNull(Type.Object({ at: Moment, position: orNull(Position), metres: Type.Number() })),
  expectedAt: orNull(Moment),
  endedAt: orNull(Moment),
  result: orNull(Type.Enum(['finished', 'cancelled', 'released'])),
  reason: orNull(Type.String()),
})
export type AssignmentShown = Static<typeof AssignmentShown>

export const StaffShown = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Type.Enum([...FLOOD_ROLE_CODES]),
  phone: orNull(Type.String()),
  /** As set for this point; none: that of the registry. */
  ownPhone: orNull(Type.String()),
  unit: orNull(WordsBody),
  /** Whether a call-up reaches their device: without it they are telephoned. */
  reachable: Type.Boolean(),
})
export type StaffShown = Static<typeof StaffShown>

export const TruckShown = Type.Object({
  code: Type.String(),
  name: Type.String(),
  plate: Type.String(),
  district: Type.String(),
  driver: Type.String(),
  /** Whose phone gets its orders. */
  account: orNull(Type.Object({ id: Type.String(), name: Type.String(), phone: orNull(Type.String()) })),
  unit: orNull(WordsBody),
  doing: Type.Enum([...VEHICLE_DOINGS]),
  position: orNull(Position),
  at: orNull(Moment),
  speedKmh: Type.Number(),
  /** Unknown: its terminal does not tell, or has been silent. */
  pump: Type.Enum(['running', 'standing', 'unknown']),
  pumpSince: orNull(Moment),
  /** In service, and without an order. */
  free: Type.Boolean(),
})
export type TruckShown = Static<typeof TruckShown>

export const getFloodCommand = endpoint({
  method: 'GET',
  path: '/api/flood/command',
  permit: 'monitoring.read',
  summary: { zh: '防汛指挥：各点责任人、正在进行的叫应与指令、泵车', en: 'Flood command: the roll of each point, the call-ups and orders that run, and the pump trucks' },
  reply: Type.Object({
    at: Moment,
    points: Type.Array(Type.Object({ device: Type.String(), staff: Type.Array(StaffShown) })),
    running: Type.Array(AssignmentShown),
    trucks: Type.Array(TruckShown),
  }),
})

export const getAssignments = endpoint({
  method: 'GET',
  path: '/api/flood/assignments',
  permit: 'monitoring.read',
  summary: { zh: '叫应与指令记录，新的在前', en: 'Call-ups and orders, the newest first' },
  query: Type.Object({ point: maybe(Code), running: maybe(Type.Boolean()), from: maybe(Moment), to: maybe(Moment), ...PageQuery }),
  reply: page(AssignmentShown),
})

export const getAssignment = endpoint({
  method: 'GET',
  path: '/api/flood/assignments/:district/:id',
  permit: 'monitoring.read',
  summary: { zh: '一次叫应或一道指令及其全过程', en: 'A call-up or an order with its whole course' },
  params: Key,
  reply: Type.Object({
    assignment: AssignmentShown,
    steps: Type.Array(Type.Object({ what: Type.String(), words: WordsBody, how: orNull(Type.Enum([...HOWS])), at: Moment, by: Type.String(), note: orNull(Type.String()) })),
  }),
})

export const StaffBody = Type.Object({ id: Account, role: Type.Enum([...FLOOD_ROLE_CODES]), phone: maybe(orNull(Type.String({ pattern: '^[+\\d][\\d -]{4,19}$' }))) })
export type StaffBody = Static<typeof StaffBody>

export const putStaff = endpoint({
  method: 'PUT',
  path: '/api/flood/points/:device/staff',
  permit: COMMAND,
  summary: { zh: '设置积水点的防汛责任人与值守人员', en: 'Set who answers for a flood point' },
  params: Type.Object({ device: Code }),
  body: Type.Object({ staff: Type.Array(StaffBody, { maxItems: 20 }) }),
  reply: Type.Object({ device: Type.String(), staff: Type.Array(StaffShown) }),
})

export const putTruckDriver = endpoint({
  method: 'PUT',
  path: '/api/flood/trucks/:code/driver',
  permit: COMMAND,
  summary: { zh: '指定泵车的受令驾驶员', en: 'Say whose phone gets the orders of a pump truck' },
  params: Type.Object({ code: Code }),
  body: Type.Object({ account: orNull(Account) }),
  reply: TruckShown,
})

export const CallBody = Type.Object({
  points: maybe(Type.Array(Code, { minItems: 1, maxItems: 200, description: 'These points; left out: all that stand at `level` or above' })),
  level: maybe(Type.Integer({ minimum: 1, maximum: 4, description: '1 blue, 2 yellow, 3 orange, 4 red' })),
  words: maybe(Type.String({ maxLength: 300 })),
})
export type CallBody = Static<typeof CallBody>

export const CallDone = Type.Object({
  items: Type.Array(AssignmentShown),
  /** People who were called there already. */
  already: Type.Integer(),
  /** Names of points that have nobody on their roll. */
  empty: Type.Array(Type.String()),
})
export type CallDone = Static<typeof CallDone>

export const postCall = endpoint({
  method: 'POST',
  path: '/api/flood/calls',
  permit: COMMAND,
  summary: { zh: '叫应积水点的责任人与值守人员', en: 'Call up the roll of flood points' },
  body: CallBody,
  reply: CallDone,
})

export const OrderBody = Type.Object({
  point: Code,
  person: maybe(Account),
  truck: maybe(Code),
  words: Type.String({ minLength: 1, maxLength: 500 }),
  profile: maybe(Type.Enum([...FLOOD_PROFILES])),
})
export type OrderBody = Static<typeof OrderBody>

export const postOrder = endpoint({
  method: 'POST',
  path: '/api/flood/orders',
  permit: COMMAND,
  summary: { zh: '向人员或泵车下达指令', en: 'Order a person or a pump truck to a flood point' },
  body: OrderBody,
  reply: AssignmentShown,
})

export const postCancelAssignment = endpoint({
  method: 'POST',
  path: '/api/flood/assignments/:district/:id/cancel',
  permit: COMMAND,
  summary: { zh: '撤销指令，或解除一人的叫应', en: 'Cancel an order, or let somebody go' },
  params: Key,
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 300 }) }),
  reply: AssignmentShown,
})

export const postTold = endpoint({
  method: 'POST',
  path: '/api/flood/assignments/:district/:id/told',
  permit: COMMAND,
  summary: { zh: '代记节点（电话得知）', en: 'Note a mark that the desk was told of by telephone' },
  params: Key,
  body: Type.Object({ mark: Type.Enum([...MARKS]) }),
  reply: AssignmentShown,
})

export const postRelease = endpoint({
  method: 'POST',
  path: '/api/flood/points/:device/release',
  permit: COMMAND,
  summary: { zh: '解除积水点的全部叫应', en: 'Let everybody go who was called up to a flood point' },
  params: Type.Object({ device: Code }),
  body: Type.Object({ reason: maybe(Type.String({ maxLength: 300 })) }),
  reply: Type.Object({ released: Type.Integer() }),
})

// ── Those who are called

export const getMyAssignments = endpoint({
  method: 'GET',
  path: '/api/flood/mine',
  permit: RESPOND,
  summary: { zh: '我的叫应与指令', en: 'My call-ups and orders that run' },
  reply: Type.Object({ items: Type.Array(AssignmentShown), now: Moment }),
})

export const putAssignmentReceipt = endpoint({
  method: 'PUT',
  path: '/api/flood/assignments/:district/:id/receipt',
  permit: RESPOND,
  repeatable: true,
  summary: { zh: '设备收到叫应或指令', en: 'The device has the call-up or the order' },
  params: Key,
  reply: AssignmentShown,
})

export const putStaffPosition = endpoint({
  method: 'PUT',
  path: '/api/flood/position',
  permit: RESPOND,
  repeatable: true,
  summary: { zh: '报告位置：在点位围栏内即签到', en: 'Tell where I am: within the fence of a point it signs me in' },
  body: Type.Object({ position: Position, accuracy: maybe(Type.Number({ minimum: 0 })) }),
  reply: Type.Object({ running: Type.Integer() }),
})

export const postAssignmentMark = endpoint({
  method: 'POST',
  path: '/api/flood/assignments/:district/:id/marks',
  permit: RESPOND,
  summary: { zh: '应答，或手工标记节点（设备未实测时）', en: 'Answer, or say that a mark has come where the device did not measure it' },
  params: Key,
  body: Type.Object({ mark: Type.Enum([...MARKS]) }),
  reply: AssignmentShown,
})
