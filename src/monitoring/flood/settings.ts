// What rain and flood points are judged by, as data in one place. Nothing here reads a database.

import type { Words } from '../../kernel/contract.ts'

export interface FloodSettings {
  /** So much within five minutes makes them wet: as the mean of all gauges, or at any one of them. */
  readonly wetMeanMm: number
  readonly wetGaugeMm: number
  /** An event is over after so long without wet minutes. */
  readonly dryHours: number
  /** With less than this at its wettest gauge it was no event. */
  readonly leastMm: number
  readonly storm: StormFormula
}

/** 暴雨强度公式 i = A (1 + C lg P) / (t + b)^n, in millimetres a minute. */
export interface StormFormula {
  readonly a: number
  readonly c: number
  readonly b: number
  readonly n: number
  /** Minutes for which it holds. */
  readonly shortest: number
  readonly longest: number
}

export const DEFAULT_SETTINGS: FloodSettings = {
  wetMeanMm: 0.1,
  wetGaugeMm: 0.5,
  dryHours: 2,
  leastMm: 2,
  // Of Beijing, 《给水排水设计手册》第5册: q = 2001 (1 + 0.811 lg P) / (t + 8)^0.711 litres a second and hectare, which are 1/166.67 mm a minute.
  storm: { a: 12.006, c: 0.811, b: 8, n: 0.711, shortest: 5, longest: 180 },
}

/** 蓝黄橙红, in centimetres: a car slows, turns back, the road is closed. */
export const DEFAULT_LEVELS: readonly number[] = [10, 15, 27, 40]

/** What gauges call what they measure. */
export const RAIN = 'rain'
export const LEVEL = 'level'

export const SCENES = {
  'vehicle-underpass': { zh: '车辆下穿通道', en: 'Vehicle underpass' },
  'foot-underpass': { zh: '人行下穿通道', en: 'Foot underpass' },
  'low-ground': { zh: '低洼地段', en: 'Low ground' },
  'retention-basin': { zh: '缓洪池', en: 'Retention basin' },
  'flood-channel': { zh: '排洪渠', en: 'Flood channel' },
  'pumping-station': { zh: '雨污水泵站', en: 'Pumping station' },
  'sewage-works': { zh: '污水处理厂', en: 'Sewage works' },
  'pump-truck': { zh: '防洪泵车', en: 'Pump truck' },
} as const satisfies Record<string, Words>
export type Scene = keyof typeof SCENES
export const SCENE_CODES = Object.keys(SCENES) as Scene[]
