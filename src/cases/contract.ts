// Cases over the wire: what can be asked of them.

import { CLOCKS, endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema } from '../kernel/contract.ts'
import { COUNTERS, RESULTS } from './flow.ts'
import { CaseBrief, CaseDetail, CaseNumber, LampBody, NumberParams, OpenStep, Part, Proceeding, WordsBody } from './shapes.ts'

export * from './calendar-change/contract.ts'
export * from './flow.ts'
export * from './incident/contract.ts'
export * from './lamp.ts'
export * from './response/contract.ts'
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
  having: maybe(Type.Enum([...COUNTERS], { description: 'Only cases to which this has happened' })),
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

export const getCasesSheet = endpoint({
  method: 'GET',
  path: '/api/cases/sheet',
  permit: 'case.read',
  summary: { zh: '导出案件（Excel）', en: 'Export cases as a sheet (.xlsx), at most 100,000' },
  query: CaseFilter,
  gives: 'raw',
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

const Inputs = {
  note: maybe(Note),
  reason: maybe(Code),
  condition: maybe(Code),
  unit: maybe(Type.String({ maxLength: 60, description: 'Code of the unit' })),
  collector: maybe(Type.String({ maxLength: 60, description: 'Account of the collector; the nearest on duty where it is left out' })),
  files: maybe(Files),
  category: maybe(Code),
  position: maybe(Position),
  target: maybe(CaseNumber),
  until: maybe(Moment),
  helpers: maybe(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20, description: 'Codes of the units that assist' })),
  units: maybe(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 30, description: 'Codes of the units that confer' })),
  limit: maybe(
    Type.Object({
      amount: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
      unit: Type.Enum([...CLOCKS]),
    }),
  ),
  cost: maybe(Type.Number({ minimum: 0, maximum: 1_000_000_000, description: 'Yuan' })),
  outside: maybe(Type.String({ maxLength: 200 })),
  version: maybe(Type.Integer()),
}

export const StepBody = Type.Object({ step: Type.String({ maxLength: 40 }), ...Inputs })
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

/** An act of a procedure: `open` it, or move on one that is open. */
export const ActBody = Type.Object({
  procedure: Type.String({ maxLength: 40 }),
  act: Type.String({ maxLength: 40 }),
  proceeding: maybe(Type.String({ format: 'uuid' })),
  ...Inputs,
})
export type ActBody = Static<typeof ActBody>

export const postAct = endpoint({
  method: 'POST',
  path: '/api/cases/:number/acts',
  permit: 'case.read',
  summary: { zh: '程序办理（延期、挂账、回退、督办、会商、申诉等）', en: 'Act on a procedure of a case' },
  params: NumberParams,
  body: ActBody,
  reply: CaseBrief,
})

export const postPart = endpoint({
  method: 'POST',
  path: '/api/cases/:number/parts/:id',
  permit: 'case.dispose',
  summary: { zh: '协办反馈', en: 'Give the feedback of an assisting unit' },
  params: Type.Object({ number: CaseNumber, id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ result: Type.Enum(['done', 'returned']), note: Type.String({ minLength: 1, maxLength: 1000 }), files: maybe(Files) }),
  reply: CaseBrief,
})

export const ProceedingListed = Type.Object({ ...Proceeding.properties, case: CaseBrief, acts: Type.Array(OpenStep) })
export type ProceedingListed = Static<typeof ProceedingListed>

export const ProceedingFilter = Type.Object({
  kind: maybe(Type.String({ maxLength: 40 })),
  state: maybe(Type.Enum(['open', 'ended'])),
  result: maybe(Type.Enum([...RESULTS])),
  unit: maybe(Type.String({ maxLength: 200, description: 'A prefix of the path' })),
  region: maybe(Type.String({ maxLength: 12 })),
  from: maybe(Moment),
  to: maybe(Moment),
})
export type ProceedingFilter = Static<typeof ProceedingFilter>

/** The ledger (台账) of a procedure, newest first. */
export const getProceedings = endpoint({
  method: 'GET',
  path: '/api/proceedings',
  permit: 'case.read',
  summary: { zh: '程序台账', en: 'The ledger of procedures' },
  query: Type.Object({ ...ProceedingFilter.properties, ...PageQuery }),
  reply: page(ProceedingListed),
})

export const getProceedingsSheet = endpoint({
  method: 'GET',
  path: '/api/proceedings/sheet',
  permit: 'case.read',
  summary: { zh: '导出程序台账（Excel）', en: 'Export the ledger of procedures as a sheet (.xlsx), at most 100,000' },
  query: ProceedingFilter,
  gives: 'raw',
})

export const ProceedingFigures = Type.Object({
  opened: Type.Integer(),
  waiting: Type.Integer(),
  granted: Type.Integer(),
  refused: Type.Integer(),
  withdrawn: Type.Integer(),
  done: Type.Integer(),
  /** Decided, or still waiting, after the limit of its last point. */
  late: Type.Integer(),
  /** From its beginning to its end by the wall's clock, of those that were not withdrawn. */
  meanSeconds: orNull(Type.Number()),
})
export type ProceedingFigures = Static<typeof ProceedingFigures>

export const getProceedingFigures = endpoint({
  method: 'GET',
  path: '/api/proceedings/figures',
  permit: 'case.read',
  summary: { zh: '程序统计', en: 'What became of the procedures of one kind' },
  query: Type.Object({ ...ProceedingFilter.properties, kind: Type.String({ maxLength: 40 }) }),
  reply: ProceedingFigures,
})

/** What waits for the caller, the most urgent first. */
export const getMyProceedings = endpoint({
  method: 'GET',
  path: '/api/proceedings/mine',
  permit: 'case.read',
  summary: { zh: '待我审批办理的程序', en: 'Procedures that wait for me' },
  query: Type.Object({ kind: maybe(Type.String({ maxLength: 40 })), ...PageQuery }),
  reply: page(ProceedingListed),
})

/** Exact up to 1,000. */
export const getMyProceedingCounts = endpoint({
  method: 'GET',
  path: '/api/proceedings/mine/counts',
  permit: 'case.read',
  summary: { zh: '待我审批办理的数目', en: 'How many procedures wait for me, by kind' },
  reply: Type.Object({
    total: Type.Integer(),
    more: Type.Boolean(),
    byKind: Type.Array(Type.Object({ kind: Type.String(), words: WordsBody, n: Type.Integer() })),
  }),
})

export const PartListed = Type.Object({ ...Part.properties, case: CaseBrief })
export type PartListed = Static<typeof PartListed>

/** Open parts of the caller's units; with `ended` the ledger. */
export const getParts = endpoint({
  method: 'GET',
  path: '/api/parts',
  permit: 'case.read',
  summary: { zh: '协办与下派任务', en: 'Parts of assisting and lower units' },
  query: Type.Object({ role: maybe(Type.Enum(['assist', 'inner'])), ended: maybe(Type.Boolean()), unit: maybe(Type.String({ maxLength: 200 })), ...PageQuery }),
  reply: page(PartListed),
})

const MOST_AT_ONCE = 200

/** The same step or act for a selection of cases; each has its own verdict, and one that is refused changes nothing. */
export const postBulk = endpoint({
  method: 'POST',
  path: '/api/cases/bulk',
  permit: 'case.read',
  summary: { zh: '批量办理', en: 'Take a step with several cases' },
  body: Type.Object({
    step: maybe(Type.String({ maxLength: 40 })),
    procedure: maybe(Type.String({ maxLength: 40 })),
    act: maybe(Type.String({ maxLength: 40 })),
    ...Inputs,
    cases: Type.Array(Type.Object({ number: CaseNumber, version: maybe(Type.Integer()) }), { minItems: 1, maxItems: MOST_AT_ONCE }),
  }),
  reply: Type.Object({
    done: Type.Integer(),
    refused: Type.Integer(),
    verdicts: Type.Array(
      Type.Object({ number: CaseNumber, ok: Type.Boolean(), state: maybe(Type.String()), stateWords: maybe(WordsBody), code: maybe(Type.String()), words: maybe(WordsBody) }),
    ),
  }),
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
