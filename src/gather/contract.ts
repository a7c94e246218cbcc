// Statistics as they cross the wire. Every rate comes with its numerator and denominator; a rate without a denominator is null.

import { endpoint, Moment, PageQuery, page, Type, type Static, type Words } from '../kernel/contract.ts'

export const PERIODS = ['today', 'week', 'month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day in the zone of the city' })
const Count = Type.Integer()
const Rate = Type.Union([Type.Number(), Type.Null()], { description: '0 … 1; null where there is no denominator' })
const Named = { code: Type.String(), name: Type.String() }

export const FIGURES = ['reported', 'established', 'closing', 'in-time', 'rework', 'disposal'] as const
export type FigureKey = (typeof FIGURES)[number]

/** What each figure counts (口径), for the note behind its dotted line. */
export const FIGURE_WORDS: Record<FigureKey, { name: Words; means: Words }> = {
  reported: {
    name: { zh: '上报', en: 'Reported' },
    means: { zh: '期内上报的案件数，按上报日', en: 'Cases reported in the period, by the day of the report' },
  },
  established: {
    name: { zh: '立案', en: 'Established' },
    means: { zh: '期内立案的案件数，按立案日', en: 'Cases established in the period, by the day they were established' },
  },
  closing: {
    name: { zh: '结案率', en: 'Closing rate' },
    means: {
      zh: '期内应结案中已结案的比例；应结案：期内处置完成或时限已到，以先到者为准',
      en: 'Share of the cases due in the period that are closed; due: disposed, or past the limit, whichever came first',
    },
  },
  'in-time': {
    name: { zh: '按期结案率', en: 'Closed in time' },
    means: {
      zh: '期内应结案中在时限内处置并已结案的比例',
      en: 'Share of the cases due in the period that were disposed within the limit and are closed',
    },
  },
  rework: {
    name: { zh: '返工率', en: 'Rework rate' },
    means: { zh: '期内应结案中有过返工的比例', en: 'Share of the cases due in the period that were sent back for rework' },
  },
  disposal: {
    name: { zh: '平均处置', en: 'Mean disposal time' },
    means: {
      zh: '期内处置完成的案件，自首次派遣至末次处置的平均时长（自然时间）；中位数与九成值由分档计数估得，误差不超过一成',
      en: 'From first dispatch to last disposal, of the cases disposed in the period; median and 90 % are read from classes of 10 %',
    },
  },
}

export const Figure = Type.Object({
  key: Type.Enum([...FIGURES]),
  unit: Type.Enum(['case', 'rate', 'hour']),
  value: Type.Union([Type.Number(), Type.Null()]),
  /** Of a rate or a mean; for counts the count itself and null. */
  numerator: Type.Number(),
  denominator: Type.Union([Type.Number(), Type.Null()]),
  /** Of the numerator: late by fact, and excused by an appeal (申诉成立). */
  excused: Count,
  /** The same days of the period before, up to the same hour's day. */
  before: Type.Union([Type.Number(), Type.Null()]),
  better: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Null()]),
  /** The last points of the figure, oldest first. */
  line: Type.Array(Type.Union([Type.Number(), Type.Null()])),
})
export type Figure = Static<typeof Figure>

export const LinePoint = Type.Object({
  start: Day,
  weekend: Type.Boolean(),
  /** The day or month is not over: drawn dashed. */
  partial: Type.Boolean(),
  reported: Count,
  established: Count,
  closed: Count,
})

/** Each reported case is in exactly one of the seven places. */
export const Sum = Type.Object({
  reported: Count,
  pending: Count,
  declined: Count,
  voided: Count,
  selfDisposed: Count,
  /** Into another case of the same incident. */
  merged: Count,
  /** At once, with what was known. */
  answered: Count,
  established: Count,
})
export type Sum = Static<typeof Sum>

export const Share = Type.Object({ ...Named, count: Count, share: Rate })
export type Share = Static<typeof Share>

export const Performance = {
  due: Count,
  closed: Count,
  closingRate: Rate,
  inTime: Count,
  inTimeRate: Rate,
  /** Wilson interval of 95 % of the rate in time. */
  interval: Type.Union([Type.Tuple([Type.Number(), Type.Number()]), Type.Null()]),
}

export const Area = Type.Object({
  ...Named,
  level: Type.Enum(['city', 'district', 'street']),
  /** Code of the area above, '' for the city. */
  parent: Type.String(),
  reported: Count,
  established: Count,
  open: Count,
  overdue: Count,
  ...Performance,
})
export type Area = Static<typeof Area>

export const UnitLine = Type.Object({ ...Named, dispatched: Count, ...Performance })

export const Overview = Type.Object({
  period: Type.Object({ name: Type.String(), from: Day, to: Day, running: Type.Boolean() }),
  before: Type.Object({ from: Day, to: Day }),
  zone: Type.String(),
  /** Everything that happened up to this moment is counted. */
  asOf: Moment,
  lagMs: Count,
  figures: Type.Array(Figure),
  disposal: Type.Object({ medianHours: Rate, ninetyHours: Rate }),
  grain: Type.Enum(['day', 'month']),
  line: Type.Array(LinePoint),
  sum: Sum,
  declined: Type.Array(Share),
  sources: Type.Array(Share),
  categories: Type.Array(Share),
  units: Type.Array(UnitLine),
  areas: Type.Array(Area),
  standing: Type.Object({
    open: Count,
    lamps: Type.Object({ green: Count, yellow: Count, red: Count, grey: Count }),
    states: Type.Array(Share),
  }),
})
export type Overview = Static<typeof Overview>

const Range = {
  period: Type.Optional(Type.Enum([...PERIODS], { default: 'month' })),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  region: Type.Optional(Type.String({ maxLength: 12, description: 'District or street; absent: all that the caller may see' })),
  category: Type.Optional(Type.String({ maxLength: 40, description: 'Major class, such as 2026.m.01' })),
}

export const getOverview = endpoint({
  method: 'GET',
  path: '/api/gather/overview',
  permit: 'gather.read',
  summary: { zh: '统计概览', en: 'Overview of the figures' },
  query: Type.Object(Range),
  reply: Overview,
})

/** How often one procedure, or one step beside the usual way, was taken; by the day on which it was. */
export const ActFigures = Type.Object({
  from: Day,
  to: Day,
  /** All cases reported in the same days: the denominator of the share. */
  reported: Count,
  opened: Count,
  granted: Count,
  refused: Count,
  withdrawn: Count,
  done: Count,
  share: Rate,
  /** Units of level 2 with all below them, the ten with the most. */
  units: Type.Array(Share),
})
export type ActFigures = Static<typeof ActFigures>

export const getActFigures = endpoint({
  method: 'GET',
  path: '/api/gather/acts',
  permit: 'gather.read',
  summary: { zh: '程序统计', en: 'How often a procedure was used, as a share of all cases and by unit' },
  query: Type.Object({
    period: Range.period,
    from: Range.from,
    to: Range.to,
    region: Range.region,
    kind: Type.String({ maxLength: 40, pattern: '^[a-z-]+$', description: 'A procedure (extend, suspend …), or a step (void, rework, urge …)' }),
  }),
  reply: ActFigures,
})

/** Counters of the cases reported on one day, as they stand now. */
export const COUNTERS = [
  'reported', 'accepted', 'declined', 'voided', 'selfDisposed', 'merged', 'answered', 'established', 'dispatched', 'due', 'inTime', 'overdue',
  'disposed', 'closed', 'closedInTime', 'returned', 'reworked',
] as const
export type Counter = (typeof COUNTERS)[number]

export const CUBE_AXES = ['day', 'month', 'district', 'street', 'community', 'category', 'source', 'unit', 'outcome', 'reason'] as const
export type CubeAxis = (typeof CUBE_AXES)[number]

export const CubeRow = Type.Object({
  members: Type.Record(Type.String(), Type.String()),
  reported: Count,
  accepted: Count,
  declined: Count,
  voided: Count,
  selfDisposed: Count,
  merged: Count,
  answered: Count,
  established: Count,
  dispatched: Count,
  due: Count,
  inTime: Count,
  overdue: Count,
  disposed: Count,
  closed: Count,
  closedInTime: Count,
  returned: Count,
  reworked: Count,
})

/** Cells of the cube of cases by the day of their report, summed over every axis that is not asked for. */
export const getCube = endpoint({
  method: 'GET',
  path: '/api/gather/cube',
  permit: 'gather.read',
  summary: { zh: '统计立方', en: 'Cells of the cube' },
  query: Type.Object({
    ...Range,
    by: Type.String({ maxLength: 100, pattern: '^[a-z,]*$', description: `Axes, by comma: ${CUBE_AXES.join(', ')}` }),
    ...PageQuery,
  }),
  reply: page(CubeRow),
})
