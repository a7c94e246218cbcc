import type { Context, TableKind } from '../../kernel/index.ts'
import type { StationRain } from './rain.ts'
import type { Fit, Refused } from './response.ts'
import { reportTables } from './reports/tables.ts'
import type { FloodSettings, Scene } from './settings.ts'

export type Judged = Pick<FloodSettings, 'wetMeanMm' | 'wetGaugeMm' | 'dryHours' | 'leastMm'>

export type FloodPointTable = { device: string; scene: Scene; gauges: string[]; levels: number[]; changedAt: Date; changedBy: string }
export type RainEventTable = { beganAt: Date; endedAt: Date | null; stations: StationRain[]; judged: Judged }
export type FloodFitTable = { device: string; fit: Fit | null; refused: Refused | null; learnedTo: Date; fittedAt: Date }

type FloodTables = {
  floodPoint: FloodPointTable
  rainEvent: RainEventTable
  rainMark: { id: number; countedTo: Date }
  floodFit: FloodFitTable
}

export const ownFlood = ({ db }: Pick<Context, 'db'>) => db.withTables<FloodTables>()

export const floodTables = {
  flood_point: 'reference',
  rain_event: 'reference',
  rain_mark: 'local',
  flood_fit: 'reference',
  ...reportTables,
} as const satisfies Record<string, TableKind>
