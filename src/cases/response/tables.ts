import type { Context } from '../../kernel/index.ts'
import type { How } from './profile.ts'

type Moment = Date | null
type Way = How | null

export type CaseResponseTable = {
  id: string
  district: string
  number: string
  profile: string
  responderId: string
  responderName: string
  region: string
  unitPath: string
  category: string
  lng: number
  lat: number
  geofenceMetres: number
  orderedAt: Date
  orderedBy: string
  orderedByName: string
  note: string | null
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
  seenMetres: number | null
  nearing: number | null
  endedAt: Moment
  result: 'finished' | 'cancelled' | 'closed' | null
}

export const ownResponses = ({ db }: Pick<Context, 'db'>) => db.withTables<{ caseResponse: CaseResponseTable }>()
