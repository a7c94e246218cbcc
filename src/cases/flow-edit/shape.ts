// A flow as it crosses the wire while it is edited: its shape alone; whether it can be followed is for `flowFaults`.

import { Type, type TSchema } from '../../kernel/contract.ts'
import { MOMENTS, OUTCOMES, TASK_KINDS } from '../flow.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const Name = Type.String({ maxLength: 40 })
const Names = Type.Array(Name, { maxItems: 80 })
const WordsBody = Type.Object({ zh: Type.String({ maxLength: 60 }), en: Type.String({ maxLength: 80 }) })
const Unit = Type.String({ maxLength: 20 })
const Amount = Type.Number({ minimum: 0, maximum: 10_000 })
const Limit = Type.Object({ amount: Amount, unit: Unit })
const Permit = Type.Union([Name, Type.Null()])

/** Names of states, steps, clocks and procedures; a point would part a procedure from its act. */
export const PART_NAME = /^[a-z][a-z0-9-]*$/
const named = <T extends TSchema>(shape: T) => Type.Record(Type.String({ pattern: PART_NAME.source, maxLength: 40 }), shape, { additionalProperties: false, maxProperties: 80 })

const State = Type.Object({
  words: WordsBody,
  stage: maybe(Type.Integer({ minimum: 0, maximum: 20 })),
  awaits: maybe(Name),
  task: maybe(Type.Enum([...TASK_KINDS])),
  ended: maybe(Type.Boolean()),
  paused: maybe(Type.Boolean()),
})

const Clock = Type.Object({
  words: WordsBody,
  by: Type.Enum(['flow', 'condition']),
  amount: Amount,
  unit: Unit,
  share: maybe(Type.Number()),
  least: maybe(Amount),
})

const Step = Type.Object({
  words: WordsBody,
  from: Names,
  to: maybe(Name),
  back: maybe(Type.Boolean()),
  remembers: maybe(Type.Boolean()),
  permit: Permit,
  needs: maybe(Names),
  takes: maybe(Names),
  primary: maybe(Type.Boolean()),
  outcome: maybe(Type.Enum([...OUTCOMES])),
  moments: maybe(Type.Array(Type.Enum([...MOMENTS]))),
  clears: maybe(Type.Array(Type.Enum(['unit', ...MOMENTS]))),
  counts: maybe(Name),
  clock: maybe(Name),
  clockDoes: maybe(Name),
  passes: maybe(Type.Enum(['below', 'above'])),
  excuses: maybe(Type.Boolean()),
  starts: maybe(Name),
  joins: maybe(Type.Boolean()),
  parts: maybe(Type.Boolean()),
  disposes: maybe(Type.Boolean()),
  byDisposer: maybe(Type.Boolean()),
  gives: maybe(Type.Enum([...TASK_KINDS])),
  passed: maybe(Type.Boolean()),
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the flow's own format
  then: maybe(Name),
  reasons: maybe(Name),
})

const Act = Type.Object({
  words: WordsBody,
  permit: Permit,
  from: Names,
  to: maybe(Name),
  needs: maybe(Names),
  takes: maybe(Names),
  reasons: maybe(Name),
  primary: maybe(Type.Boolean()),
  of: maybe(Type.Enum(['case', 'participants'])),
  while: maybe(Type.Object({ counter: Name, below: maybe(Type.Integer()), from: maybe(Type.Integer()) })),
  byOpener: maybe(Type.Boolean()),
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the flow's own format
  then: maybe(Name),
  counts: maybe(Name),
  countsFor: maybe(Type.Record(Type.String(), Name)),
  calls: maybe(Type.Enum(['units', 'unit'])),
  precedent: maybe(Type.Enum(['ours', 'not-ours'])),
  precedentFor: maybe(Names),
})

const Point = Type.Object({
  words: WordsBody,
  awaits: maybe(Name),
  of: maybe(Type.Enum(['case', 'participants'])),
  limit: maybe(Limit),
  ended: maybe(Type.Boolean()),
  result: maybe(Name),
})

const Procedure = Type.Object({
  words: WordsBody,
  opens: Act,
  states: named(Point),
  acts: named(Act),
  most: maybe(Type.Object({ times: Type.Integer({ minimum: 1 }), per: Type.Enum(['case', 'unit']), counts: maybe(Type.Enum(['opened', 'granted'])) })),
  window: maybe(Limit),
  beforeDue: maybe(Type.Boolean()),
  subjects: maybe(Type.Record(Type.String(), Name)),
  lapses: maybe(Type.Boolean()),
  longestDays: maybe(Type.Integer({ minimum: 1 })),
  several: maybe(Type.Boolean()),
})

export const FlowBody = Type.Object({
  code: Name,
  version: Type.Integer({ minimum: 1 }),
  words: WordsBody,
  stages: Type.Array(WordsBody, { maxItems: 20 }),
  states: named(State),
  clocks: named(Clock),
  steps: named(Step),
  procedures: named(Procedure),
})
