import type { Generated } from 'kysely'
import type { Context } from '../kernel/index.ts'
import type { Lamp } from './contract.ts'

export type CaseFileTable = {
  number: string
  district: string
  flow: string
  state: string
  stage: number
  ordinal: number
  outcome: string
  source: string
  category: string
  description: string
  lng: number | null
  lat: number | null
  street: string | null
  community: string | null
  cell: string | null
  beat: string | null
  grade: string | null
  address: string | null
  componentCode: string | null
  photo: string | null
  attributes: Record<string, unknown>
  reporterId: string
  conditionId: string | null
  unitCode: string | null
  unitPath: string | null
  unitName: string | null
  collectorId: string | null
  collectorName: string | null
  disposedBy: string[]
  reason: string | null
  returns: number
  reworks: number
  rating: number | null
  reportedAt: Date
  acceptedAt: Date | null
  establishedAt: Date | null
  dispatchedAt: Date | null
  disposedAt: Date | null
  checkedAt: Date | null
  endedAt: Date | null
  disposeDueAt: Date | null
  disposedLate: boolean | null
  clock: string | null
  clockFrom: Date | null
  clockAmount: number | null
  clockUnit: string | null
  dueAt: Date | null
  yellowAt: Date | null
  lamp: Lamp
  nextTurnAt: Date | null
}

export type CaseStepTable = {
  number: string
  ordinal: number
  district: string
  step: string
  fromState: string | null
  toState: string
  actorId: string
  actorName: string
  /** The post (岗位) as which the actor acted. */
  post: string | null
  /** Where from: the network address, 'import' for history. */
  address: string | null
  lng: number | null
  lat: number | null
  takenAt: Date
  note: string | null
  reason: string | null
  files: string[]
  changes: Record<string, unknown>
}

export type CaseTaskTable = {
  id: string
  district: string
  number: string
  kind: 'verify' | 'check'
  collectorId: string
  collectorName: string
  givenAt: Date
  dueAt: Date | null
  endedAt: Date | null
  passed: boolean | null
}

export type CaseReporterTable = {
  number: string
  district: string
  queryWord: string
  name: string | null
  phone: string | null
  email: string | null
  accountId: string | null
}

export type CaseTables = {
  caseFile: CaseFileTable & { urgency: Generated<number> }
  caseStep: CaseStepTable
  caseTask: CaseTaskTable
  caseReporter: CaseReporterTable
  caseSearch: { number: string; district: string; words: string[] }
  caseOrigin: { system: string; key: string; district: string; number: string; batch: string | null }
  caseNumberBlock: { district: string; day: string; taken: number }
  flowVersion: { code: string; version: number; body: unknown; loadedAt: Date }
}

export type CaseRow = CaseFileTable
export type StepRow = CaseStepTable
export type TaskRow = CaseTaskTable

/** Only this room's tables, so that the compiler refuses another room's. */
export const own = ({ db }: Pick<Context, 'db'>) => db.withTables<CaseTables>()
