export type VehicleState = 'in_service' | 'stopped' | 'retired'

export type VehicleTable = {
  code: string
  number: number
  plate: string
  phone: string
  kind: string
  name: string
  district: string
  ownerUnit: string | null
  driver: string
  /** By which bit its terminal tells that the pump runs. */
  pumpSignal: string | null
  state: VehicleState
  terminal: string | null
  digest: string | null
  madeAt: Date
  changedAt: Date
  changedBy: string
}

export type PositionTable = { at: Date; vehicle: number; lng: number; lat: number; status: number; alarm: number; speed: number; bearing: number; altitude: number }

export type VehicleLatestTable = {
  vehicle: number
  at: Date
  status: number
  alarm: number
  speed: number
  bearing: number
  altitude: number
  fixedAt: Date | null
  lng: number | null
  lat: number | null
  pump: boolean | null
  pumpAt: Date | null
  pumpSince: Date | null
}

export type VehicleTables = {
  vehicle: VehicleTable
  vehiclePosition: PositionTable
  vehicleLatest: VehicleLatestTable
  vehicleMedia: { vehicle: number; at: Date; mediaId: number; type: number; format: number; event: number; channel: number }
}

export const vehicleTables = {
  vehicle: 'reference',
  vehicle_position: 'telemetry',
  vehicle_latest: 'telemetry',
  vehicle_media: 'telemetry',
} as const
