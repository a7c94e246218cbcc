import { event } from '../kernel/index.ts'
import type { CaseChanges, Lamp } from './contract.ts'

/** Where a case lies for scopes: the smallest region known, the responsible unit ('' before dispatch), the category. */
export interface CasePlace {
  region: string
  unit: string
  category: string
}

/** One step of one case; `changes` holds every column that it changed, times as ISO text. */
export interface CaseStepped {
  number: string
  district: string
  ordinal: number
  step: string
  fromState: string | null
  toState: string
  at: string
  actorId: string
  changes: CaseChanges
  place: CasePlace
}

/** `at` is the moment at which the lamp had to turn, which may be earlier than that at which it was noticed. */
export interface CaseLampChanged {
  number: string
  district: string
  lamp: Lamp
  at: string
  state: string
  /** The clock that ran: 'dispose' is the disposal limit. */
  clock: string
  place: CasePlace
}

/** A batch of past cases of one district; `readStepsOfImport` gives their steps, and no `caseStepped` tells of them. */
export interface CasesImported {
  batch: string
  district: string
  cases: number
}

export const caseStepped = event<CaseStepped>('cases.stepped')
export const caseLampChanged = event<CaseLampChanged>('cases.lamp-changed')
export const casesImported = event<CasesImported>('cases.imported')
/** 核实 or 核查 was given to a collector. */
export interface CaseTaskGiven {
  number: string
  district: string
  task: string
  kind: string
  collectorId: string
  place: CasePlace
}

export const caseTaskGiven = event<CaseTaskGiven>('cases.task-given')
export const flowLoaded = event<{ code: string; version: number }>('cases.flow-loaded')
