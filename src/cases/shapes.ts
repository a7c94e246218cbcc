// The shapes of a case on the wire. Codes are for programs; wherever a person reads, the words stand beside the code in both languages.

import { Moment, Position, Type, type Static, type TSchema } from '../kernel/contract.ts'
import { GROUNDS } from '../responsibility/contract.ts'
import { NEEDS, STAGES } from './flow.ts'
import { LAMPS } from './lamp.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
export const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
export const LampBody = Type.Enum([...LAMPS])

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
  extensions: Type.Integer(),
  suspensions: Type.Integer(),
  shirks: Type.Integer(),
  urges: Type.Integer(),
  /** 督办, and those that the media caused. */
  orders: Type.Integer(),
  mediaOrders: Type.Integer(),
  reopens: Type.Integer(),
  /** Procedures that are open, in words: “延期”. */
  asked: Type.Array(Type.Object({ kind: Type.String(), words: WordsBody })),
  /** What was appealed against with success. */
  excused: Type.Array(Type.String()),
  /** How many units assist. */
  helpers: Type.Integer(),
  innerDueAt: orNull(Moment),
  suspendedUntil: orNull(Moment),
  mergedInto: orNull(Type.String()),
  /** Reports of this problem, its own included. */
  reports: Type.Integer(),
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
  /** On what it rests; `learned`: on the city's own history alone; `below`: it stands right below the unit that has the case. */
  ground: Type.Enum([...GROUNDS, 'learned', 'below']),
  /** The number of the rule or precedent. */
  rule: orNull(Type.String()),
  confidence: Type.Number(),
  /** The share of the like that it had in the city's own history. */
  learned: orNull(Type.Number()),
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

/** A step, or an act of a procedure, that the caller may take now: draw a button for it and for no other. */
export const OpenStep = Type.Object({
  step: Type.String(),
  /** Of an act: which procedure, and which act of it; `proceeding` where it is open already. */
  procedure: maybe(Type.String()),
  act: maybe(Type.String()),
  proceeding: maybe(Type.String()),
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
  /** How far `until` may lie ahead. */
  longestDays: maybe(Type.Number()),
  /** Why an act that the flow knows is not open now, for a button that stands there but is grey. */
  hindered: maybe(WordsBody),
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
  /** The same where it is a unit, whose name the registry may know in both languages. */
  unit: orNull(WordsBody),
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
  post: orNull(WordsBody),
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

/** 程序: one proceeding of a case, open or ended. */
export const Proceeding = Type.Object({
  id: Type.String(),
  number: CaseNumber,
  kind: Type.String(),
  words: WordsBody,
  ordinal: Type.Integer(),
  state: Type.String(),
  stateWords: WordsBody,
  result: orNull(Type.String()),
  unit: orNull(UnitBody),
  participants: Type.Array(UnitBody),
  openedAt: Moment,
  openedBy: Type.String(),
  reason: orNull(ReasonChoice),
  note: orNull(Type.String()),
  untilAt: orNull(Moment),
  dueAt: orNull(Moment),
  late: Type.Boolean(),
  endedAt: orNull(Moment),
  endedBy: orNull(Type.String()),
  endNote: orNull(Type.String()),
  cost: orNull(Type.Number()),
  outside: orNull(Type.String()),
})
export type Proceeding = Static<typeof Proceeding>

/** The part of one unit: 协办 of an assisting unit, 下派 of one below the unit that has the case. */
export const Part = Type.Object({
  id: Type.String(),
  number: CaseNumber,
  role: Type.Enum(['assist', 'inner']),
  unit: UnitBody,
  from: orNull(UnitBody),
  task: orNull(Type.String()),
  givenAt: Moment,
  givenBy: Type.String(),
  dueAt: orNull(Moment),
  endedAt: orNull(Moment),
  result: orNull(Type.String()),
  late: Type.Boolean(),
  note: orNull(Type.String()),
  files: Type.Array(Type.String()),
  /** Whether the caller may give feedback on it now. */
  mine: Type.Boolean(),
})
export type Part = Static<typeof Part>

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
  proceedings: Type.Array(Proceeding),
  parts: Type.Array(Part),
  openSteps: Type.Array(OpenStep),
  /** Acts of procedures; those that are hindered say why. */
  openActs: Type.Array(OpenStep),
})
export type CaseDetail = Static<typeof CaseDetail>
