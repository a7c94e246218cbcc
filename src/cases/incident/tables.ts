import type { Context, TableKind } from '../../kernel/index.ts'

export type StormState = 'open' | 'over' | 'dismissed'

export type StormTable = {
  id: string
  district: string
  state: StormState
  /** Of classes, or the class itself where it is in no family. */
  family: string
  /** What its reports say, the commonest first. */
  aspects: string[]
  lng: number
  lat: number
  metres: number
  wide: boolean
  since: Date
  lastAt: Date
  usual: number
  chance: number
  reports: number
  /** The case into which its reports were merged. */
  root: string | null
  openedAt: Date
  endedAt: Date | null
  endedBy: string | null
  note: string | null
}

export type StormMemberTable = { storm: string; district: string; number: string; reportedAt: Date }

export type IncidentTables = { storm: StormTable; stormMember: StormMemberTable }

export const INCIDENT_TABLES = { storm: 'sharded', storm_member: 'sharded' } as const satisfies Record<string, TableKind>

export const ownStorms = ({ db }: Pick<Context, 'db'>) => db.withTables<IncidentTables>()
