// The figures of a report (内涝快报) as they stood at its time: what is stored, and what crosses the wire. Rain in millimetres, levels in centimetres. Pure.

import { Moment, Type, type Static, type TSchema, type Words } from '../../../kernel/contract.ts'
import { RainEventShown, ReachShown } from '../contract.ts'
import { REFUSALS, type Refused } from '../response.ts'
import { SCENE_CODES } from '../settings.ts'

export const REPORT_KINDS = {
  before: { zh: '雨前快报', en: 'Before the rain' },
  during: { zh: '雨中快报', en: 'During the rain' },
  after: { zh: '雨后快报', en: 'After the rain' },
} as const satisfies Record<string, Words>
export type ReportKind = keyof typeof REPORT_KINDS
export const REPORT_KIND_CODES = Object.keys(REPORT_KINDS) as ReportKind[]

/** Of the shape of stored figures; a change of it is a next form. */
export const FORM = 1

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })

/** Rain that is foretold, as the author entered it. */
export const Expected = Type.Object({
  mm: Type.Number({ exclusiveMinimum: 0, maximum: 1_000, description: 'In all' }),
  hours: Type.Number({ minimum: 0.5, maximum: 24 }),
  /** 1 blue to 4 red, of the weather service's warning; 0: none. */
  warning: Type.Integer({ minimum: 0, maximum: 4 }),
})
export type Expected = Static<typeof Expected>

const Point = {
  device: Type.String(),
  name: Type.String(),
  scene: Type.Enum([...SCENE_CODES]),
  levels: Type.Array(Type.Number()),
}

const Standing = {
  ...Point,
  level: orNull(Type.Number()),
  at: orNull(Moment),
  silent: Type.Boolean(),
  /** 0: below blue; 4: at red. */
  state: Type.Integer(),
}

export const Curve = Type.Array(Type.Tuple([Type.Number(), Type.Number()]), { description: 'Time and value' })
export type Curve = Static<typeof Curve>

export const Unwell = Type.Object({ device: Type.String(), name: Type.String(), state: Type.Enum(['stopped', 'silent']), lastAt: orNull(Moment) })
export const Truck = Type.Object({ code: Type.String(), name: Type.String(), plate: Type.String(), driver: Type.String(), doing: Type.Enum(['moving', 'still', 'silent', 'never']), at: orNull(Moment) })

/** What a point would come to: by rain that the author entered, or by what falls now. */
export const Outlook = Type.Object({
  ...Standing,
  refused: orNull(Type.Enum(Object.keys(REFUSALS) as Refused[])),
  peak: orNull(Type.Object({ minutes: Type.Integer(), value: Type.Number() })),
  reaches: Type.Array(ReachShown),
})
export type Outlook = Static<typeof Outlook>

export const BeforeFigures = Type.Object({
  kind: Type.Literal('before'),
  expected: orNull(Expected),
  event: orNull(RainEventShown),
  points: Type.Array(Outlook),
  devices: Type.Integer(),
  unwell: Type.Array(Unwell),
  trucks: Type.Array(Truck),
  staff: Type.Object({ people: Type.Integer(), points: Type.Integer(), responsible: Type.Integer(), watch: Type.Integer(), crew: Type.Integer() }),
})
export type BeforeFigures = Static<typeof BeforeFigures>

export const Station = Type.Object({
  device: Type.String(),
  name: Type.String(),
  total: Type.Number(),
  most5: Type.Number(),
  most60: Type.Number(),
  /** 重现期 in years; null: less than the formula knows. */
  years: orNull(Type.Number()),
})
export type Station = Static<typeof Station>

export const Alarm = Type.Object({
  district: Type.String(),
  id: Type.String(),
  device: Type.String(),
  name: Type.String(),
  rule: WordsBody,
  /** Now; 0: over. */
  level: Type.Integer(),
  peak: Type.Integer(),
  worst: Type.Number(),
  unit: Type.String(),
  raisedAt: Moment,
  clearedAt: orNull(Moment),
  acknowledgedAt: orNull(Moment),
  caseNumber: orNull(Type.String()),
})
export type Alarm = Static<typeof Alarm>

export const CaseSaid = Type.Object({
  number: Type.String(),
  category: WordsBody,
  place: WordsBody,
  state: WordsBody,
  unit: orNull(WordsBody),
  reportedAt: Moment,
  dueAt: orNull(Moment),
  endedAt: orNull(Moment),
  overdue: Type.Boolean(),
})
export type CaseSaid = Static<typeof CaseSaid>

const How = Type.Enum(['measured', 'clicked'])
const Mark = orNull(Type.Object({ at: Moment, how: How }))

export const Called = Type.Object({ id: Type.String(), point: Type.String(), pointName: Type.String(), who: Type.String(), unit: orNull(WordsBody), at: Moment, received: Mark, arrived: Mark })
export type Called = Static<typeof Called>

export const Ordered = Type.Object({ ...Called.properties, words: Type.String(), done: Mark, cancelled: Type.Boolean(), profile: orNull(Type.String()), dueAt: orNull(Moment), overdue: Type.Boolean() })
export type Ordered = Static<typeof Ordered>

export const Command = Type.Object({ calls: Type.Array(Called), orders: Type.Array(Ordered), more: Type.Boolean() })
export type Command = Static<typeof Command>

/** Counts are of all; the list holds the worst of them. */
export const Alarms = Type.Object({ total: Type.Integer(), levels: Type.Array(Type.Integer()), listed: Type.Array(Alarm) })
export const Cases = Type.Object({ total: Type.Integer(), closed: Type.Integer(), overdue: Type.Integer(), listed: Type.Array(CaseSaid) })

export const WaterNow = Type.Object({ ...Standing, trend: orNull(Type.Number()), course: Curve })

export const DuringFigures = Type.Object({
  kind: Type.Literal('during'),
  event: orNull(RainEventShown),
  stations: Type.Array(Type.Object({ ...Station.properties, now: Type.Number(), hour: Type.Number(), silent: Type.Boolean() })),
  /** Every five minutes: the end and the mean of the gauges. */
  rain: Curve,
  points: Type.Array(WaterNow),
  alarms: Alarms,
  cases: Cases,
  command: Command,
})
export type DuringFigures = Static<typeof DuringFigures>

/** What the forecast had said before a level was reached. */
export const Foretold = Type.Object({
  device: Type.String(),
  name: Type.String(),
  limit: Type.Number(),
  /** Null: the level was not reached. */
  reachedAt: orNull(Moment),
  /** When the forecast first said that it would be within the hour; null: never. */
  foretoldAt: orNull(Moment),
})
export type Foretold = Static<typeof Foretold>

export const WaterPast = Type.Object({
  ...Point,
  peak: Type.Number(),
  peakAt: Moment,
  /** Minutes at and above blue, yellow, orange, red. */
  above: Type.Array(Type.Integer()),
  state: Type.Integer(),
  course: Curve,
})
export type WaterPast = Static<typeof WaterPast>

export const AfterFigures = Type.Object({
  kind: Type.Literal('after'),
  event: RainEventShown,
  /** Until when the water is followed behind the rain. */
  until: Moment,
  stations: Type.Array(Station),
  rain: Curve,
  points: Type.Array(WaterPast),
  /** Points of which no level is known in all that time. */
  unknown: Type.Integer(),
  alarms: Alarms,
  cases: Cases,
  command: Command,
  foretold: Type.Array(Foretold),
  /** Points whose forecast had learned from this rain when it was tried on it. */
  learned: Type.Integer(),
})
export type AfterFigures = Static<typeof AfterFigures>

export const Figures = Type.Union([BeforeFigures, DuringFigures, AfterFigures])
export type Figures = Static<typeof Figures>
