// Cases over the wire: what can be asked of them.

import { endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema } from '../kernel/contract.ts'
import { CaseBrief, CaseDetail, CaseNumber, LampBody, NumberParams, WordsBody } from './shapes.ts'

export * from './flow.ts'
export * from './lamp.ts'
export * from './say.ts'
export * from './shapes.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Code = Type.String({ minLength: 1, maxLength: 60 })
const Note = Type.String({ maxLength: 1000 })
const Files = Type.Array(Sha256, { maxItems: 20 })

export const CaseFilter = Type.Object({
  state: maybe(Type.String({ maxLength: 300, description: 'One state, or several with commas' })),
  open: maybe(Type.Boolean()),
  lamp: maybe(Type.String({ maxLength: 60, description: 'One lamp, or several with commas' })),
  source: maybe(Type.String({ maxLength: 200 })),
  category: maybe(Type.String({ maxLength: 60, description: 'A prefix: version.kind.code' })),
  unit: maybe(Type.String({ maxLength: 200, description: 'A prefix of the path' })),
  region: maybe(Type.String({ maxLength: 12, description: 'A prefix: district, street or community' })),
  component: maybe(Type.String({ maxLength: 60 })),
  from: maybe(Moment),
  to: maybe(Moment),
  text: maybe(Type.String({ maxLength: 100, description: 'Words of the description, address or component' })),
  number: maybe(Type.String({ maxLength: 24, pattern: '^[\\d ]*$', description: 'A whole number, or its beginning' })),
})
export type CaseFilter = Static<typeof CaseFilter>

export const getCases = endpoint({
  method: 'GET',
  path: '/api/cases',
  permit: 'case.read',
  summary: { zh: '案件列表', en: 'List cases' },
  query: Type.Object({ ...CaseFilter.properties, ...PageQuery }),
  reply: page(CaseBrief),
})

export const TodoItem = Type.Object({ ...CaseBrief.properties, steps: Type.Array(Type.String()) })
export type TodoItem = Static<typeof TodoItem>

export const getTodo = endpoint({
  method: 'GET',
  path: '/api/cases/todo',
  permit: 'case.read',
  summary: { zh: '待办', en: 'What waits for me: red, then yellow, then by the time left' },
  query: Type.Object({ lamp: maybe(LampBody), state: maybe(Type.String({ maxLength: 40 })), ...PageQuery }),
  reply: page(TodoItem),
})

/** Exact up to 10,000 open cases; beyond that `more` says that there are more. */
export const getTodoCounts = endpoint({
  method: 'GET',
  path: '/api/cases/todo/counts',
  permit: 'case.read',
  summary: { zh: '待办数', en: 'How many wait for me, by lamp and by kind' },
  reply: Type.Object({
    total: Type.Integer(),
    more: Type.Boolean(),
    byLamp: Type.Record(LampBody, Type.Integer()),
    byState: Type.Array(Type.Object({ state: Type.String(), words: WordsBody, n: Type.Integer() })),
  }),
})

export const getCaseMap = endpoint({
  method: 'GET',
  path: '/api/cases/map',
  permit: 'case.read',
  summary: { zh: '在办案件分布', en: 'Open cases on the map, the most urgent 5,000' },
  query: Type.Object({
    box: Type.String({ pattern: '^-?[\\d.]+(,-?[\\d.]+){3}$', description: 'west,south,east,north' }),
    state: maybe(Type.String({ maxLength: 300 })),
    lamp: maybe(Type.String({ maxLength: 60 })),
    source: maybe(Type.String({ maxLength: 200 })),
    category: maybe(Type.String({ maxLength: 60 })),
    unit: maybe(Type.String({ maxLength: 200 })),
    todo: maybe(Type.Boolean()),
  }),
  reply: Type.Object({
    type: Type.Literal('FeatureCollection'),
    truncated: Type.Boolean(),
    features: Type.Array(
      Type.Object({
        type: Type.Literal('Feature'),
        geometry: Type.Object({ type: Type.Literal('Point'), coordinates: Position }),
        properties: Type.Object({
          number: Type.String(),
          lamp: LampBody,
          state: Type.String(),
          category: Type.String(),
          unit: orNull(Type.String()),
          dueAt: orNull(Moment),
        }),
      }),
    ),
  }),
})

export const getCase = endpoint({
  method: 'GET',
  path: '/api/cases/:number',
  permit: 'case.read',
  summary: { zh: '案件', en: 'One case in full' },
  params: NumberParams,
  reply: CaseDetail,
})

export const StepBody = Type.Object({
  step: Type.String({ maxLength: 40 }),
  note: maybe(Note),
  reason: maybe(Code),
  condition: maybe(Code),
  unit: maybe(Type.String({ maxLength: 60, description: 'Code of the unit' })),
  collector: maybe(Type.String({ maxLength: 60, description: 'Account of the collector; the nearest on duty where it is left out' })),
  files: maybe(Files),
  category: maybe(Code),
  position: maybe(Position),
  version: maybe(Type.Integer()),
})
export type StepBody = Static<typeof StepBody>

export const postStep = endpoint({
  method: 'POST',
  path: '/api/cases/:number/steps',
  permit: 'case.read',
  summary: { zh: '办理', en: 'Take a step with a case' },
  params: NumberParams,
  body: StepBody,
  reply: CaseBrief,
})

export const ReportBody = Type.Object({
  source: maybe(Code),
  category: Code,
  description: Type.String({ minLength: 1, maxLength: 2000 }),
  position: Position,
  address: maybe(Type.String({ maxLength: 200 })),
  componentCode: maybe(Code),
  files: maybe(Files),
  reporter: maybe(
    Type.Object({
      name: maybe(Type.String({ maxLength: 60 })),
      phone: maybe(Type.String({ maxLength: 30 })),
      email: maybe(Type.String({ maxLength: 120 })),
    }),
  ),
  /** Made by the client: the same key twice is one case. */
  key: maybe(Type.String({ minLength: 8, maxLength: 100 })),
})
export type ReportBody = Static<typeof ReportBody>

export const postCase = endpoint({
  method: 'POST',
  path: '/api/cases',
  permit: 'case.report',
  summary: { zh: '登记案件', en: 'Register a report' },
  body: ReportBody,
  reply: Type.Object({ number: CaseNumber, queryWord: Type.String(), state: Type.String(), version: Type.Integer() }),
})

export const getFlow = endpoint({
  method: 'GET',
  path: '/api/flow',
  permit: 'signed-in',
  summary: { zh: '案件流程', en: 'The flow of new cases: states, steps, clocks, stages' },
  reply: Type.Unknown(),
})
