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
  extensions: number
  suspensions: number
  shirks: number
  urges: number
  /** 督办, and of those the ones that the media caused. */
  orders: number
  mediaOrders: number
  reopens: number
  /** What was appealed against with success: 'late', 'rework', 'shirk'. The fact stays; the statistics leave it out. */
  excused: string[]
  /** Procedures that are open in this case. */
  asked: string[]
  /** Paths of the units that assist (协办). */
  helpers: string[]
  /** Where a suspended or merged case stood before. */
  cameFrom: string | null
  suspendedUntil: Date | null
  /** The limit that a unit gave those below it. */
  innerDueAt: Date | null
  mergedInto: string | null
  /** Reports of this problem: its own and those merged into it. */
  reports: number
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
  /** What was left of the limit when the clock was stopped, in the milliseconds that it counts. */
  clockLeftMs: number | null
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

/** 程序: an extension asked for, a supervision order, a conference … The acts on it are steps of the case. */
export type CaseProceedingTable = {
  id: string
  district: string
  number: string
  kind: string
  /** The first, second … of its kind in the case. */
  ordinal: number
  state: string
  result: string | null
  /** Whose list it is on: holders of this permit, of the case's unit or of the units that take part. */
  awaits: string | null
  /** The unit that had the case when it was opened. */
  unitCode: string | null
  unitPath: string | null
  unitName: string | null
  /** Paths of the units that take part. */
  participants: string[]
  region: string
  category: string
  openedAt: Date
  openedBy: string
  openedByName: string
  reason: string | null
  note: string | null
  untilAt: Date | null
  dueAt: Date | null
  endedAt: Date | null
  endedByName: string | null
  endNote: string | null
  /** In yuan. */
  cost: number | null
  outside: string | null
  openedOrdinal: number
  endedOrdinal: number | null
}

/** The part of a case that is one unit's: that of an assisting unit (协办), or of a unit below the one that has the case (下派). */
export type CasePartTable = {
  id: string
  district: string
  number: string
  role: 'assist' | 'inner'
  unitCode: string
  unitPath: string
  unitName: string
  /** Path of the unit that gave it. */
  fromPath: string
  task: string | null
  givenAt: Date
  givenByName: string
  dueAt: Date | null
  endedAt: Date | null
  result: 'done' | 'returned' | 'withdrawn' | null
  late: boolean | null
  note: string | null
  files: string[]
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
  caseProceeding: CaseProceedingTable
  casePart: CasePartTable
  caseReporter: CaseReporterTable
  caseSearch: { number: string; district: string; words: string[] }
  caseOrigin: { system: string; key: string; district: string; number: string; batch: string | null }
  caseNumberBlock: { district: string; day: string; taken: number }
}

export type CaseRow = CaseFileTable
export type StepRow = CaseStepTable
export type TaskRow = CaseTaskTable
export type ProceedingRow = CaseProceedingTable
export type PartRow = CasePartTable

/** Only this room's tables, so that the compiler refuses another room's. */
export const own = ({ db }: Pick<Context, 'db'>) => db.withTables<CaseTables>()
