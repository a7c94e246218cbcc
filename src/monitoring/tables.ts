import type { Context, TableKind } from '../kernel/index.ts'
import { capTables } from './cap/tables.ts'
import { alarmTables } from './alarms/tables.ts'
import { commandTables } from './flood/command/tables.ts'
import { floodTables } from './flood/tables.ts'
import type { Reason } from './gate.ts'
import { riskTables } from './risk/tables.ts'
import type { Trade } from './trades.ts'
import { vehicleTables, type VehicleTables } from './vehicles/tables.ts'
import { wallTables } from './wall/tables.ts'

export type DeviceState = 'in_service' | 'stopped' | 'retired'

/** One thing that a product measures. */
export type Metric = {
  readonly no: number
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly unit: string
  readonly min: number
  readonly max: number
  /** Digits behind the point, as it is shown. */
  readonly precision: number
  /** Seconds from one reading to the next. */
  readonly period: number
  /** Its readings are kept for so many days; without it as long as all. */
  readonly keepDays?: number | undefined
}

export type ProductTable = { code: string; zh: string; en: string; metrics: Metric[]; trade: Trade | null; changedAt: Date; changedBy: string }

export type DeviceTable = {
  code: string
  number: number
  product: string
  name: string
  district: string
  cell: string | null
  position: { x: number; y: number } | string | null
  ownerUnit: string | null
  component: string | null
  gateway: string | null
  state: DeviceState
  digest: string | null
  keyTail: string | null
  madeAt: Date
  changedAt: Date
  changedBy: string
}

export type LatestTable = { series: number; at: Date; value: number; flags: number }
export type RollupTable = { series: number; at: Date; n: number; sum: number; low: number; high: number }

export type QuarantineTable = {
  id: string
  district: string
  way: string
  reason: Reason
  device: string
  payload: string
  cameAt: Date
  replayedAt: Date | null
  replayedBy: string | null
  outcome: string | null
}

export type MonitoringTables = {
  product: ProductTable
  device: DeviceTable
  reading: LatestTable
  readingLatest: LatestTable
  readingMinute: RollupTable
  readingHour: RollupTable
  readingDay: RollupTable
  readingQuarantine: QuarantineTable
  readingIntake: { at: Date; way: string; reason: string; n: number; lagMs: number; mostLagMs: number }
} & VehicleTables

/** Only this room's tables, so that the compiler refuses another room's. */
export const own = ({ db }: Pick<Context, 'db'>) => db.withTables<MonitoringTables>()

export const tables = {
  product: 'reference',
  device: 'reference',
  reading: 'telemetry',
  reading_latest: 'telemetry',
  reading_minute: 'telemetry',
  reading_hour: 'telemetry',
  reading_day: 'telemetry',
  reading_quarantine: 'telemetry',
  reading_intake: 'local',
  ...alarmTables,
  ...capTables,
  ...vehicleTables,
  ...floodTables,
  ...riskTables,
  ...commandTables,
  ...wallTables,
} as const satisfies Record<string, TableKind>
