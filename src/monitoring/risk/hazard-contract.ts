// Hazards over the wire. None is closed here: its case is.

import { endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { CODE } from '../shapes.ts'
import { FIELD_CODES } from './kinds.ts'
import { HAZARD_SOURCES, STAGE_CODES, type HazardSource } from './stage.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const District = Type.String({ pattern: '^\\d{6}$' })
const Code = Type.String({ pattern: CODE })
const Grade = Type.Integer({ minimum: 1, maximum: 2, description: '1 ordinary (一般), 2 major (重大)' })
const Field = Type.Enum([...FIELD_CODES])
export const HAZARD_SOURCE_CODES = Object.keys(HAZARD_SOURCES) as HazardSource[]

export const HazardBody = Type.Object({
  /** At a risk, whose place and field it takes where none are given. */
  risk: maybe(Type.Object({ district: District, code: Code })),
  words: Type.String({ minLength: 2, maxLength: 500 }),
  grade: Grade,
  source: Type.Enum([...HAZARD_SOURCE_CODES]),
  category: Type.String({ minLength: 1, maxLength: 60 }),
  field: maybe(Field),
  position: maybe(Position),
  component: maybe(Type.String({ maxLength: 40 })),
  files: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { maxItems: 9 }),
  unit: maybe(Type.String({ maxLength: 40 })),
})
export type HazardBody = Static<typeof HazardBody>

export const HazardShown = Type.Object({
  code: Type.String(),
  district: Type.String(),
  risk: orNull(Type.String()),
  words: Type.String(),
  field: Field,
  grade: Grade,
  source: Type.Enum([...HAZARD_SOURCE_CODES]),
  category: Type.String(),
  position: Position,
  cell: orNull(Type.String()),
  component: orNull(Type.String()),
  files: Type.Array(Type.String()),
  unit: orNull(Type.String()),
  unitName: orNull(WordsBody),
  foundAt: Moment,
  foundBy: Type.String(),
  /** None yet for a moment after it was found. */
  caseNumber: orNull(Type.String()),
  stage: Type.Enum([...STAGE_CODES]),
  late: Type.Boolean(),
  dueAt: orNull(Moment),
  endedAt: orNull(Moment),
})
export type HazardShown = Static<typeof HazardShown>

export const HazardFilter = Type.Object({
  words: maybe(Type.String({ maxLength: 60, description: 'Part of the code or of what was found' })),
  stage: maybe(Type.Enum([...STAGE_CODES])),
  open: maybe(Type.Boolean({ description: 'Only those that are not cleared' })),
  late: maybe(Type.Boolean()),
  field: maybe(Field),
  grade: maybe(Grade),
  district: maybe(District),
  unit: maybe(Type.String({ maxLength: 40 })),
})
export type HazardFilter = Static<typeof HazardFilter>

export const getHazards = endpoint({
  method: 'GET',
  path: '/api/hazards',
  permit: 'monitoring.read',
  summary: { zh: '隐患台账', en: 'Hazards, the newest first, each where its case stands' },
  query: Type.Object({ ...HazardFilter.properties, ...PageQuery }),
  reply: page(HazardShown),
})

export const postHazard = endpoint({
  method: 'POST',
  path: '/api/hazards',
  permit: 'monitoring.hazard',
  summary: { zh: '上报隐患（自动生成案件）', en: 'Report a hazard; it becomes a case by itself' },
  body: HazardBody,
  reply: HazardShown,
})

export const getHazard = endpoint({
  method: 'GET',
  path: '/api/hazards/:district/:code',
  permit: 'monitoring.read',
  summary: { zh: '隐患详情', en: 'A hazard' },
  params: Type.Object({ district: District, code: Code }),
  reply: HazardShown,
})

const Share = { stages: Type.Array(Type.Integer(), { description: 'In the order of the stages' }), late: Type.Integer() }
export const HazardFigures = Type.Object({
  ...Share,
  districts: Type.Array(Type.Object({ district: Type.String(), name: WordsBody, ...Share })),
  /** Those with most hazards; `unit` is empty for what has no unit yet. */
  units: Type.Array(Type.Object({ unit: Type.String(), name: orNull(WordsBody), ...Share })),
})
export type HazardFigures = Static<typeof HazardFigures>

export const getHazardFigures = endpoint({
  method: 'GET',
  path: '/api/hazards/figures',
  permit: 'monitoring.read',
  summary: { zh: '隐患数与整改率', en: 'How many hazards there are by stage, and by district and unit' },
  query: Type.Object({ field: maybe(Field), grade: maybe(Grade) }),
  reply: HazardFigures,
})

export const HazardMark = Type.Object({
  lng: Type.Number(),
  lat: Type.Number(),
  n: Type.Integer(),
  late: Type.Boolean(),
  major: Type.Boolean(),
  code: orNull(Type.String()),
  district: orNull(Type.String()),
})
export type HazardMark = Static<typeof HazardMark>

export const getHazardMap = endpoint({
  method: 'GET',
  path: '/api/hazards/map',
  permit: 'monitoring.read',
  summary: { zh: '隐患地图', en: 'Hazards that are not cleared within a box, gathered where they crowd at that zoom' },
  query: Type.Object({
    box: Type.String({ pattern: '^-?\\d{1,3}(\\.\\d+)?(,-?\\d{1,3}(\\.\\d+)?){3}$', description: 'west,south,east,north' }),
    zoom: Type.Number({ minimum: 0, maximum: 22 }),
    field: maybe(Field),
    grade: maybe(Grade),
    stage: maybe(Type.Enum([...STAGE_CODES])),
    late: maybe(Type.Boolean()),
  }),
  reply: Type.Object({ items: Type.Array(HazardMark) }),
})
