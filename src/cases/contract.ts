// Cases as they cross the wire. Codes are for programs; wherever a person reads, the words stand beside the code in both languages.

import { endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema } from '../kernel/contract.ts'

export * from './flow.ts'
export * from './lamp.ts'

import { LAMPS } from './lamp.ts'
import { NEEDS, STAGES } from './flow.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const LampBody = Type.Enum([...LAMPS])
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Code = Type.String({ minLength: 1, maxLength: 60 })
const Note = Type.String({ maxLength: 1000 })
const Files = Type.Array(Sha256, { maxItems: 20 })

export const CaseNumber = Type.String({ pattern: '^\\d{20}$', description: '6 district + 8 date + 6 sequence' })
export const NumberParams = Type.Object({ number: CaseNumber })

/** Columns of the case that a step changed, times as ISO text. Read by listeners; never shown as it is. */
export type CaseChanges = Readonly<Record<string, unknown>>

// ── One case in a list

/** The running deadline. `amount` of `unit` from `from`; a case that waits for nobody has none. */
export const ClockBody = Type.Object({
  name: Type.String(),
  words: WordsBody,
  from: Moment,
  dueAt: Moment,
  yellowAt: Moment,
  amount: orNull(Type.Number()),
  unit: orNull(Type.String()),
})

export const UnitBody = Type.Object({ code: Type.String(), path: Type.String(), name: WordsBody })

export const CaseBrief = Type.Object({
  number: CaseNumber,
  district: Type.String(),
  /** Send it back with a step: the step is refused if someone else was quicker. */
  version: Type.Integer(),
  state: Type.String(),
  stateWords: WordsBody,
  stage: Type.Integer({ minimum: 1, maximum: STAGES }),
  outcome: Type.String(),
  lamp: LampBody,
  clock: orNull(ClockBody),
  source: Type.String(),
  sourceWords: WordsBody,
  category: Type.Object({ id: Type.String(), kind: Type.Enum(['component', 'matter']), code: Type.String(), words: WordsBody }),
  description: Type.String(),
  address: orNull(Type.String()),
  position: orNull(Position),
  region: Type.Object({
    street: orNull(Type.String()),
    community: orNull(Type.String()),
    cell: orNull(Type.String()),
    /** “清河区 老城街道”. */
    words: WordsBody,
  }),
  componentCode: orNull(Type.String()),
  photo: orNull(Type.String()),
  unit: orNull(UnitBody),
  collector: orNull(Type.Object({ id: Type.String(), name: Type.String() })),
  reportedAt: Moment,
  disposeDueAt: orNull(Moment),
  disposedAt: orNull(Moment),
  disposedLate: orNull(Type.Boolean()),
  endedAt: orNull(Moment),
  returns: Type.Integer(),
  reworks: Type.Integer(),
  rating: orNull(Type.Integer()),
})
export type CaseBrief = Static<typeof CaseBrief>

// ── What one may do

export const UnitProposal = Type.Object({
  unitCode: Type.String(),
  unitPath: Type.String(),
  name: WordsBody,
  /** Why this unit, in words. */
  words: WordsBody,
})
export type UnitProposal = Static<typeof UnitProposal>

export const LimitBody = Type.Object({ amount: Type.Number(), unit: Type.String() })

export const ConditionChoice = Type.Object({
  id: Type.String(),
  words: WordsBody,
  /** The limit for the grade of the area in which this case lies. */
  limit: LimitBody,
  closing: orNull(WordsBody),
})

export const CollectorChoice = Type.Object({ id: Type.String(), name: Type.String(), metres: orNull(Type.Number()), onDuty: Type.Boolean() })
export const ReasonChoice = Type.Object({ code: Type.String(), words: WordsBody })

/** A step that the caller may take now: draw a button for it and for no other. */
export const OpenStep = Type.Object({
  step: Type.String(),
  words: WordsBody,
  /** Must be sent with it. */
  needs: Type.Array(Type.Enum([...NEEDS])),
  /** May be sent with it. */
  takes: Type.Array(Type.Enum([...NEEDS])),
  /** The step by which the case goes on as it usually does; at most one. */
  primary: Type.Boolean(),
  units: maybe(Type.Array(UnitProposal)),
  conditions: maybe(Type.Array(ConditionChoice)),
  collectors: maybe(Type.Array(CollectorChoice)),
  reasons: maybe(Type.Array(ReasonChoice)),
})
export type OpenStep = Static<typeof OpenStep>

// ── One case in full

export const StageBody = Type.Object({
  stage: Type.Integer(),
  words: WordsBody,
  state: Type.Enum(['done', 'now', 'later', 'skipped']),
  startedAt: orNull(Moment),
  endedAt: orNull(Moment),
  /** Who brought it to its end, or who has it now. */
  who: orNull(Type.String()),
  /** By the wall clock, until now where it runs. */
  spentMs: orNull(Type.Number()),
  late: Type.Boolean(),
})
export type StageBody = Static<typeof StageBody>

export const HistoryEntry = Type.Object({
  ordinal: Type.Integer(),
  step: Type.String(),
  words: WordsBody,
  fromState: orNull(Type.String()),
  toState: Type.String(),
  at: Moment,
  who: Type.String(),
  /** The platform itself, and a citizen, have no name of their own. */
  by: Type.Enum(['person', 'system', 'public']),
  post: orNull(Type.String()),
  from: orNull(Type.String()),
  position: orNull(Position),
  note: orNull(Type.String()),
  reason: orNull(ReasonChoice),
  /** What the step decided, in sentences: “派至 清河区市政养护所，处置时限 2 紧急工作时”. */
  facts: Type.Array(WordsBody),
  files: Type.Array(
    Type.Object({
      sha256: Type.String(),
      name: Type.String(),
      type: Type.String(),
      takenAt: orNull(Moment),
      /** From the place of the case. */
      metres: orNull(Type.Number()),
    }),
  ),
  /** The clock that this step stopped. */
  stopped: orNull(
    Type.Object({
      words: WordsBody,
      usedMs: Type.Number(),
      allowedMs: Type.Number(),
      amount: orNull(Type.Number()),
      unit: orNull(Type.String()),
      late: Type.Boolean(),
    }),
  ),
})
export type HistoryEntry = Static<typeof HistoryEntry>

/** One limit of the case: how much of the allowed time of its own clock was used. */
export const LimitUse = Type.Object({
  clock: Type.String(),
  words: WordsBody,
  from: Moment,
  to: orNull(Moment),
  dueAt: Moment,
  usedMs: Type.Number(),
  allowedMs: Type.Number(),
  amount: orNull(Type.Number()),
  unit: orNull(Type.String()),
  late: Type.Boolean(),
  running: Type.Boolean(),
})
export type LimitUse = Static<typeof LimitUse>

export const CaseDetail = Type.Object({
  brief: CaseBrief,
  /** The seven stages; each rework adds a row and never overwrites the first. */
  stages: Type.Array(Type.Array(StageBody)),
  history: Type.Array(HistoryEntry),
  limits: Type.Array(LimitUse),
  condition: orNull(ConditionChoice),
  responsibility: Type.Object({
    unit: orNull(UnitBody),
    /** Owner, maintainer, locality … as the table of responsibility reads them, best first. */
    proposals: Type.Array(UnitProposal),
    rule: WordsBody,
    checker: orNull(Type.Object({ name: Type.String(), words: WordsBody })),
  }),
  component: orNull(
    Type.Object({
      code: Type.String(),
      name: orNull(Type.String()),
      state: Type.String(),
      owner: orNull(Type.String()),
      maintainer: orNull(Type.String()),
      position: Position,
      /** Other cases on the same component. */
      cases: Type.Integer(),
    }),
  ),
  /** Masked unless the caller holds `case.reporter`. */
  reporter: orNull(
    Type.Object({
      name: orNull(Type.String()),
      phone: orNull(Type.String()),
      email: orNull(Type.String()),
      queryWord: orNull(Type.String()),
      masked: Type.Boolean(),
    }),
  ),
  /** Open or recent cases of the same category within 50 m and 24 h. */
  duplicates: Type.Array(
    Type.Object({
      number: CaseNumber,
      description: Type.String(),
      state: Type.String(),
      stateWords: WordsBody,
      metres: Type.Number(),
      reportedAt: Moment,
    }),
  ),
  attributes: Type.Record(Type.String(), Type.Unknown()),
  openSteps: Type.Array(OpenStep),
})
export type CaseDetail = Static<typeof CaseDetail>

// ── Endpoints

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
