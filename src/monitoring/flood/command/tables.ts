import type { Context, TableKind } from '../../../kernel/index.ts'
import type { How } from '../../../cases/contract.ts'
import type { FloodProfile, FloodRole } from './profile.ts'

type Moment = Date | null
type Way = How | null

export type FloodStaffTable = { point: string; accountId: string; role: FloodRole; phone: string | null; ordinal: number; changedAt: Date; changedBy: string }
export type FloodTruckTable = { vehicle: string; accountId: string; changedAt: Date; changedBy: string }

export type AssignmentTable = {
  id: string
  district: string
  kind: 'call' | 'order'
  point: string
  pointName: string
  accountId: string | null
  personName: string | null
  role: FloodRole | null
  unitCode: string | null
  vehicle: string | null
  vehicleName: string | null
  words: string
  profile: FloodProfile | null
  lng: number
  lat: number
  geofenceMetres: number
  orderedAt: Date
  orderedBy: string
  orderedByName: string
  startLng: number | null
  startLat: number | null
  receivedAt: Moment
  receivedHow: Way
  acceptedAt: Moment
  acceptedHow: Way
  leftAt: Moment
  leftHow: Way
  arrivedAt: Moment
  arrivedHow: Way
  finishedAt: Moment
  finishedHow: Way
  claims: Record<string, string>
  seenAt: Moment
  seenLng: number | null
  seenLat: number | null
  seenMetres: number | null
  nearing: number | null
  endedAt: Moment
  result: 'finished' | 'cancelled' | 'released' | null
  endReason: string | null
  steps: number
}

export type AssignmentStepTable = {
  assignment: string
  district: string
  ordinal: number
  what: string
  how: Way
  at: Date
  actorId: string
  actorName: string
  note: string | null
}

type CommandTables = {
  floodStaff: FloodStaffTable
  floodTruck: FloodTruckTable
  floodAssignment: AssignmentTable
  floodAssignmentStep: AssignmentStepTable
}

export const ownCommand = ({ db }: Pick<Context, 'db'>) => db.withTables<CommandTables>()

export const commandTables = {
  flood_staff: 'reference',
  flood_truck: 'reference',
  flood_assignment: 'sharded',
  flood_assignment_step: 'sharded',
} as const satisfies Record<string, TableKind>
