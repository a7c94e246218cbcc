// What a rule measures of a vehicle: from its positions to one value. The same live and for a trial run. Nothing here reads a clock or a database.

import type { Position } from '../../kernel/contract.ts'
import { distanceMetres, polygonIndex } from '../../kernel/geometry/index.ts'
import { advance, QUIET, type Limits, type Watch } from './advance.ts'
import { isOfVehicles, type RuleBody, type VehicleMeasure } from './rule.ts'

/** A position with a fix. */
export interface VehicleFix {
  readonly at: number
  readonly position: Position
  readonly kmh: number
}

/** The value after a fix, and what is remembered then. */
export type Weigh = (vehicle: number, before: Watch, fix: VehicleFix) => { readonly x: number; readonly after: Watch }

/** It stands where it stays within so many metres. */
const STOP_METRES = 40
/** Longer without a position, and nobody knows how quick it was. */
const GAP_MS = 5 * 60_000

const inAny = (areas: VehicleMeasure & { kind: 'fence' | 'stop' }): ((at: Position) => boolean) => {
  const index = polygonIndex(areas.areas, (ring) => ({ type: 'Polygon', coordinates: [ring] }))
  return ([lng, lat]) => index.find(lng, lat) !== undefined
}

/** Seconds since it is so; 1 at once, and 0 where it is not. */
function secondsSo(is: (vehicle: number, fix: VehicleFix) => boolean): (vehicle: number, fix: VehicleFix) => number {
  const since = new Map<number, number>()
  return (vehicle, fix) => {
    if (!is(vehicle, fix)) {
      since.delete(vehicle)
      return 0
    }
    const from = since.get(vehicle) ?? fix.at
    since.set(vehicle, from)
    return Math.max(1, (fix.at - from) / 1000)
  }
}

function standing(allowed: (at: Position) => boolean): (vehicle: number, fix: VehicleFix) => number {
  const anchors = new Map<number, VehicleFix>()
  return (vehicle, fix) => {
    const anchor = anchors.get(vehicle)
    const stays = anchor !== undefined && distanceMetres(anchor.position, fix.position) <= STOP_METRES
    if (!stays) anchors.set(vehicle, fix)
    return stays && !allowed(fix.position) ? (fix.at - anchor.at) / 1000 : 0
  }
}

function meterOf(measure: VehicleMeasure): (vehicle: number, fix: VehicleFix) => number {
  if (measure.kind === 'speed') return (_, { kmh }) => kmh
  const inside = inAny(measure)
  if (measure.kind === 'stop') return standing(inside)
  return secondsSo((_, { position }) => inside(position) === (measure.when === 'inside'))
}

/** Weighs fixes of vehicles by a rule, each vehicle in the order of time. */
export function weigherOf({ measure }: Pick<RuleBody, 'measure'>, limits: (at: number) => Limits): Weigh {
  if (!isOfVehicles(measure)) throw new Error(`${measure.kind} is not measured of vehicles`)
  const meter = meterOf(measure)
  const last = new Map<number, number>()
  return (vehicle, before, fix) => {
    const gap = fix.at - (last.get(vehicle) ?? fix.at) > GAP_MS
    last.set(vehicle, fix.at)
    const x = meter(vehicle, fix)
    return { x, after: advance(measure.kind === 'speed' && gap && before.level === 0 ? QUIET : before, x, fix.at, limits(fix.at)) }
  }
}

const LOOKS_BACK_MOST_MS = 24 * 3_600_000

/** Milliseconds of past positions without which it begins half blind. */
export function looksBackMs({ measure, levels, bands }: Pick<RuleBody, 'measure' | 'levels' | 'bands'>): number {
  if (measure.kind === 'speed') return 0
  const most = Math.max(0, ...[levels, ...bands.map((band) => band.levels)].flat().filter((limit) => limit !== null))
  return Math.min(LOOKS_BACK_MOST_MS, (most + 3_600) * 1000)
}
