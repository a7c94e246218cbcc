import type { Context } from '../../kernel/index.ts'
import type { Flow } from '../flow.ts'
import type { CaseTables } from '../tables.ts'
import type { StateMapping } from './mapping.ts'

export type FlowVersionTable = {
  code: string
  version: number
  body: Flow
  loadedAt: Date
  publishedBy: string | null
  note: string | null
}

/** Which flow new cases of a district follow from a moment on; '' for the whole city, and without a code the district goes with the city. */
export type FlowUseTable = {
  district: string
  since: Date
  code: string | null
  version: number | null
  chosenAt: Date
  chosenBy: string
}

export type FlowDraftTable = {
  code: string
  /** The flow that it was copied from. */
  base: string
  revision: number
  body: Flow
  begunAt: Date
  begunBy: string
  savedAt: Date
  savedBy: string
}

export type FlowMappingTable = {
  id: string
  name: string
  fromFlow: string
  toFlow: string
  states: StateMapping
  begunAt: Date
  begunBy: string
}

export type FlowMoveTable = {
  mapping: string
  district: string
  /** Cases up to this number are done. */
  upTo: string
  seen: number
  moved: number
  stayed: number
  endedAt: Date | null
}

type Tables = CaseTables & {
  flowVersion: FlowVersionTable
  flowUse: FlowUseTable
  flowDraft: FlowDraftTable
  flowMapping: FlowMappingTable
  flowMove: FlowMoveTable
}

export const ownFlows = ({ db }: Pick<Context, 'db'>) => db.withTables<Tables>()
