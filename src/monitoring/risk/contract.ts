// Risks over the wire.

import { endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { AlarmShown } from '../alarms/contract.ts'
import { ListBody, ListChecked, LIST_FORMATS } from '../sheet/contract.ts'
import { CODE } from '../shapes.ts'
import { HazardShown } from './hazard-contract.ts'
import { FIELD_CODES, KIND_CODES } from './kinds.ts'

export { FIELD_CODES, FIELDS, KIND_CODES, KINDS_OF_RISK, kindsOf, type Field, type RiskKind } from './kinds.ts'
export { CONSEQUENCES, fallsIn, levelBy, LIKELIHOODS, raisedBy, RISK_LEVELS, SHIPPED, STEPS, type Cells } from './matrix.ts'
export { OPEN_STAGES, GRADES, HAZARD_SOURCES, STAGE_CODES, STAGES, type HazardSource, type Stage } from './stage.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const District = Type.String({ pattern: '^\\d{6}$' })
const Code = Type.String({ pattern: CODE })
const One = Type.Object({ district: District, code: Code })
const Step = Type.Integer({ minimum: 1, maximum: 5 })
const Level = Type.Integer({ minimum: 1, maximum: 4 })

export const RISK_STATES = ['watched', 'ended'] as const
export const REVIEW_STATES = ['overdue', 'soon'] as const
/** 即将到期: so many days ahead. */
export const SOON_DAYS = 30
export const DEVICES_AT_MOST = 20

export const RiskBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  field: Type.Enum([...FIELD_CODES]),
  kind: Type.Enum([...KIND_CODES]),
  position: Position,
  component: orNull(Type.String({ maxLength: 40 })),
  devices: Type.Array(Code, { maxItems: DEVICES_AT_MOST }),
  likelihood: Step,
  consequence: Step,
  measures: Type.String({ minLength: 1, maxLength: 2_000 }),
  ownerUnit: orNull(Type.String({ maxLength: 40 })),
  ownerPerson: Type.String({ maxLength: 40 }),
  reviewDays: Type.Integer({ minimum: 1, maximum: 1_100 }),
  state: Type.Enum([...RISK_STATES]),
})
export type RiskBody = Static<typeof RiskBody>

/** Without a code it is given one. */
export const NewRisk = Type.Object({ code: maybe(Code), ...RiskBody.properties })
export type NewRisk = Static<typeof NewRisk>

export const RiskShown = Type.Object({
  code: Type.String(),
  district: Type.String(),
  cell: orNull(Type.String()),
  ...RiskBody.properties,
  level: Type.Integer({ description: '1 blue to 4 red, by the matrix' }),
  matrix: Type.Integer({ description: 'The version of the matrix by which it was judged' }),
  ownerName: orNull(WordsBody),
  reviewedAt: Moment,
  reviewBy: Moment,
  overdue: Type.Boolean(),
  /** The worst alarm that rings at a device of it now, 0 for none; and its level with that. */
  ringing: Type.Integer(),
  levelNow: Type.Integer(),
})
export type RiskShown = Static<typeof RiskShown>

export const RiskFilter = Type.Object({
  words: maybe(Type.String({ maxLength: 60, description: 'Part of the code or the name' })),
  field: maybe(Type.Enum([...FIELD_CODES])),
  kind: maybe(Type.Enum([...KIND_CODES])),
  level: maybe(Level),
  district: maybe(District),
  unit: maybe(Type.String({ maxLength: 40 })),
  state: maybe(Type.Enum([...RISK_STATES])),
  review: maybe(Type.Enum([...REVIEW_STATES], { description: 'Overdue, or due within 30 days: the longest overdue first' })),
})
export type RiskFilter = Static<typeof RiskFilter>

export const getRisks = endpoint({
  method: 'GET',
  path: '/api/risks',
  permit: 'monitoring.read',
  summary: { zh: '风险清单', en: 'Risks: the highest level first' },
  query: Type.Object({ ...RiskFilter.properties, ...PageQuery }),
  reply: page(RiskShown),
})

export const postRisk = endpoint({
  method: 'POST',
  path: '/api/risks',
  permit: 'monitoring.risk',
  summary: { zh: '登记风险', en: 'Register a risk' },
  body: NewRisk,
  reply: RiskShown,
})

export const RiskDetail = Type.Object({
  risk: RiskShown,
  devices: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), state: Type.String(), ringing: Type.Integer() })),
  /** That ring at its devices now. */
  alarms: Type.Array(AlarmShown),
  /** The newest first. */
  hazards: Type.Array(HazardShown),
  history: Type.Array(
    Type.Object({ what: Type.String(), words: WordsBody, at: Moment, by: orNull(Type.String()), note: orNull(Type.String()), likelihood: Type.Integer(), consequence: Type.Integer(), level: Type.Integer() }),
  ),
})
export type RiskDetail = Static<typeof RiskDetail>

export const getRisk = endpoint({
  method: 'GET',
  path: '/api/risks/:district/:code',
  permit: 'monitoring.read',
  summary: { zh: '风险详情', en: 'A risk with its devices, alarms, hazards and history' },
  params: One,
  reply: RiskDetail,
})

export const putRisk = endpoint({
  method: 'PUT',
  path: '/api/risks/:district/:code',
  permit: 'monitoring.risk',
  summary: { zh: '修改风险', en: 'Change a risk; its district stays' },
  params: One,
  body: Type.Object({ ...RiskBody.properties, note: maybe(Type.String({ maxLength: 500 })) }),
  reply: RiskShown,
})

export const postReview = endpoint({
  method: 'POST',
  path: '/api/risks/:district/:code/review',
  permit: 'monitoring.risk',
  summary: { zh: '复评风险', en: 'Review a risk: judged anew by the matrix that holds now, and due again after its period' },
  params: One,
  body: Type.Object({ likelihood: Step, consequence: Step, note: Type.String({ minLength: 2, maxLength: 500 }) }),
  reply: RiskShown,
})

export const RiskFigures = Type.Object({
  /** Blue, yellow, orange, red. */
  levels: Type.Array(Type.Integer()),
  overdue: Type.Integer(),
  fields: Type.Array(Type.Object({ field: Type.Enum([...FIELD_CODES]), levels: Type.Array(Type.Integer()) })),
  districts: Type.Array(Type.Object({ district: Type.String(), name: WordsBody, levels: Type.Array(Type.Integer()), overdue: Type.Integer() })),
})
export type RiskFigures = Static<typeof RiskFigures>

const FigureQuery = Type.Object({ field: maybe(Type.Enum([...FIELD_CODES])), level: maybe(Level) })

export const getRiskFigures = endpoint({
  method: 'GET',
  path: '/api/risks/figures',
  permit: 'monitoring.read',
  summary: { zh: '风险数', en: 'How many risks there are, by level, field and district' },
  query: FigureQuery,
  reply: RiskFigures,
})

export const BOX = '^-?\\d{1,3}(\\.\\d+)?(,-?\\d{1,3}(\\.\\d+)?){3}$'
export const MapQuery = Type.Object({
  box: Type.String({ pattern: BOX, description: 'west,south,east,north' }),
  zoom: Type.Number({ minimum: 0, maximum: 22 }),
})
export const Mark = Type.Object({
  lng: Type.Number(),
  lat: Type.Number(),
  n: Type.Integer(),
  level: Type.Integer({ description: 'The highest among them' }),
  overdue: Type.Boolean(),
  /** Of one alone. */
  code: orNull(Type.String()),
  district: orNull(Type.String()),
  name: orNull(Type.String()),
})
export type Mark = Static<typeof Mark>

export const getRiskMap = endpoint({
  method: 'GET',
  path: '/api/risks/map',
  permit: 'monitoring.read',
  summary: { zh: '风险地图', en: 'Risks within a box, gathered where they crowd at that zoom' },
  query: Type.Object({ ...MapQuery.properties, field: maybe(Type.Enum([...FIELD_CODES])), level: maybe(Level), review: maybe(Type.Enum([...REVIEW_STATES])) }),
  reply: Type.Object({ items: Type.Array(Mark) }),
})

export const WarnedRisk = Type.Object({ risk: RiskShown, alarms: Type.Array(AlarmShown) })
export type WarnedRisk = Static<typeof WarnedRisk>

export const getWarnedRisks = endpoint({
  method: 'GET',
  path: '/api/risks/warned',
  permit: 'monitoring.read',
  summary: { zh: '预测预警：告警触发的风险', en: 'Risks at whose devices alarms ring now: their level as it is raised, and why' },
  query: FigureQuery,
  reply: Type.Object({ items: Type.Array(WarnedRisk), more: Type.Boolean() }),
})

// ── The matrix

const CellsBody = Type.Array(Type.Array(Level, { minItems: 5, maxItems: 5 }), { minItems: 5, maxItems: 5, description: 'Levels by likelihood, then by consequence' })
export const MatrixShown = Type.Object({ version: Type.Integer(), cells: CellsBody, note: Type.String(), changedAt: orNull(Moment), changedBy: orNull(Type.String()) })
export type MatrixShown = Static<typeof MatrixShown>

export const getMatrix = endpoint({
  method: 'GET',
  path: '/api/risk-matrix',
  permit: 'monitoring.read',
  summary: { zh: '风险矩阵', en: 'The matrix that gives levels, and the versions before it' },
  reply: Type.Object({ now: MatrixShown, before: Type.Array(MatrixShown) }),
})

export const putMatrix = endpoint({
  method: 'PUT',
  path: '/api/risk-matrix',
  permit: 'monitoring.rule',
  summary: { zh: '设置风险矩阵', en: 'Set the matrix; risks are judged by it from their next change or review on' },
  body: Type.Object({ cells: CellsBody, note: Type.String({ minLength: 2, maxLength: 500 }) }),
  reply: MatrixShown,
})

// ── Lists

export const RisksSheetQuery = Type.Object({
  ...RiskFilter.properties,
  format: maybe(Type.Enum([...LIST_FORMATS], { default: 'xlsx' })),
  template: maybe(Type.Boolean({ description: 'Only the head, to be filled in' })),
})
export type RisksSheetQuery = Static<typeof RisksSheetQuery>

export const getRisksSheet = endpoint({
  method: 'GET',
  path: '/api/risks/sheet',
  permit: 'monitoring.read',
  gives: 'raw',
  summary: { zh: '导出风险清单（Excel 或 CSV）', en: 'Risks as an Excel sheet or as CSV' },
  query: RisksSheetQuery,
})

export const postRisksSheet = endpoint({
  method: 'POST',
  path: '/api/risks/sheet',
  permit: 'monitoring.risk',
  mostBytes: 16 * 1024 * 1024,
  summary: { zh: '导入风险清单：先整体检查，无误才写入', en: 'Import risks: checked whole before any is written' },
  body: ListBody,
  reply: ListChecked,
})
