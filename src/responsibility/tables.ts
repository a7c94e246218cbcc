import { sql, type SqlBool } from 'kysely'
import type { Context, TableKind } from '../kernel/index.ts'
import type { Basis, Origin, RoadClass, Verdict } from './contract.ts'

export type RuleTable = {
  number: string
  ordinal: number
  category: string
  region: string
  basis: Basis
  roads: RoadClass[]
  hours: string
  unitCode: string
  note: string | null
  validFrom: Date
  validTo: Date | null
  replaces: string | null
  madeAt: Date
  madeBy: string
  endedBy: string | null
}

export type PrecedentTable = {
  number: string
  district: string
  verdict: Verdict
  category: string
  region: string
  componentCode: string | null
  unitCode: string
  origin: Origin
  source: string | null
  caseNumber: string | null
  note: string | null
  decidedAt: Date
  decidedBy: string
  withdrawnAt: Date | null
  withdrawnBy: string | null
  withdrawnNote: string | null
}

export type DutyTable = { unitCode: string; hours: string; deputyCode: string | null; note: string | null }

export type ModelTable = { version: number; trainedAt: Date; samples: number; figures: Record<string, number>; body: Buffer }

export type ResponsibilityTables = {
  responsibilityCount: { kind: 'rule' | 'precedent' | 'model'; district: string; taken: number }
  responsibilityRule: RuleTable
  responsibilityPrecedent: PrecedentTable
  responsibilityDuty: DutyTable
  responsibilityModel: ModelTable
}

/** Only this room's tables, so that the compiler refuses another room's. */
export const own = ({ db }: Pick<Context, 'db'>) => db.withTables<ResponsibilityTables>()

export const tables = {
  responsibility_count: 'local',
  responsibility_rule: 'reference',
  responsibility_precedent: 'sharded',
  responsibility_duty: 'reference',
  responsibility_model: 'reference',
} as const satisfies Record<string, TableKind>

/** Rules that hold, or will; one that was ended before it began never does. */
export const standingAt = (now: Date) => sql<SqlBool>`(valid_to is null or (valid_to > ${now} and valid_to > valid_from))`
