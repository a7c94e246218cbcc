import type { Context, TableKind } from '../../kernel/index.ts'
import type { Field, RiskKind } from './kinds.ts'
import type { Cells } from './matrix.ts'
import type { HazardSource, Stage } from './stage.ts'

export type RiskState = 'watched' | 'ended'

export type RiskTable = {
  code: string
  district: string
  name: string
  field: Field
  kind: RiskKind
  lng: number
  lat: number
  cell: string | null
  component: string | null
  likelihood: number
  consequence: number
  level: number
  matrix: number
  measures: string
  ownerUnit: string | null
  ownerPerson: string
  reviewDays: number
  reviewedAt: Date
  reviewBy: Date
  overdue: boolean
  state: RiskState
  steps: number
  madeAt: Date
  changedAt: Date
  changedBy: string
}

export const RISK_STEPS = {
  made: { zh: '登记', en: 'Registered' },
  changed: { zh: '修改', en: 'Changed' },
  reviewed: { zh: '复评', en: 'Reviewed' },
  imported: { zh: '导入', en: 'Imported' },
  ended: { zh: '消除', en: 'Removed' },
  'watched-again': { zh: '重新管控', en: 'Watched again' },
} as const
export type RiskStep = keyof typeof RISK_STEPS

export type RiskStepTable = { risk: string; district: string; ordinal: number; what: RiskStep; at: Date; actor: string | null; note: string | null; body: object }

export type HazardTable = {
  code: string
  district: string
  risk: string | null
  words: string
  field: Field
  grade: number
  source: HazardSource
  category: string
  lng: number
  lat: number
  cell: string | null
  component: string | null
  files: string[]
  ownerUnit: string | null
  foundAt: Date
  foundBy: string
  caseNumber: string | null
  follows: string | null
  stage: Stage
  late: boolean
  dueAt: Date | null
  endedAt: Date | null
}

type RiskTables = {
  risk: RiskTable
  riskDevice: { risk: string; district: string; device: string }
  riskStep: RiskStepTable
  riskMatrix: { version: number; cells: Cells; note: string; changedAt: Date; changedBy: string }
  riskNumber: { district: string; kind: string; last: number }
  riskTally: { district: string; ownerUnit: string; field: Field; level: number; overdue: boolean; n: number }
  riskTile: { district: string; field: Field; level: number; x: number; y: number; n: number; east: string; north: string }
  hazard: HazardTable
  hazardTally: { district: string; ownerUnit: string; field: Field; grade: number; stage: Stage; late: boolean; n: number }
}

export const ownRisks = ({ db }: Pick<Context, 'db'>) => db.withTables<RiskTables>()

export const riskTables = {
  risk: 'sharded',
  risk_device: 'sharded',
  risk_step: 'sharded',
  risk_matrix: 'reference',
  risk_number: 'sharded',
  risk_tally: 'sharded',
  risk_tile: 'sharded',
  hazard: 'sharded',
  hazard_tally: 'sharded',
} as const satisfies Record<string, TableKind>
