// What a rule measures: from the readings of devices to one value of one device. The same for live readings and for a trial run over past ones.

import type { Position } from '../../kernel/contract.ts'
import { pointIndex } from '../../kernel/geometry/index.ts'
import { compileFormula } from './formula.ts'
import type { RuleBody } from './rule.ts'

/** A device as a rule sees it. */
export interface Watched {
  readonly code: string
  readonly number: number
  readonly position: Position | null
}

export interface Meter {
  /** The measured value of a device after a reading of a metric; undefined where nothing can be said yet. */
  feed(device: number, metric: string, at: number, value: number): { readonly device: number; readonly x: number } | undefined
  /** Milliseconds of past readings without which it begins half blind. */
  readonly looksBackMs: number
}

/** Readings kept for one window at most: a device that floods cannot fill the memory. */
const WINDOW_AT_MOST = 2_000
/** What a neighbour last said counts for so long. */
const FRESH_MS = 3_600_000

export function meterOf({ measure, side }: Pick<RuleBody, 'measure' | 'side'>, devices: readonly Watched[]): Meter {
  switch (measure.kind) {
    case 'threshold':
      return { looksBackMs: 0, feed: (device, metric, _, value) => (metric === measure.metric ? { device, x: value } : undefined) }
    case 'rate':
      return windowed(measure.metric, measure.within * 1000, (window) => change(window, side))
    case 'count':
      return windowed(measure.metric, measure.within * 1000, (window) => window.filter(([, value]) => (side === 'above' ? value >= measure.beyond : value <= measure.beyond)).length)
    case 'neighbours':
      return neighbours(measure.metric, measure.metres, devices)
    case 'formula':
      return formula(measure, devices)
    case 'speed':
    case 'fence':
    case 'stop':
    case 'absence':
      // Measured by positions, or by the clock, and not by readings.
      return { looksBackMs: 0, feed: () => undefined }
  }
}

type Sample = readonly [at: number, value: number]

function windowed(of: string, ms: number, say: (window: readonly Sample[]) => number): Meter {
  const windows = new Map<number, Sample[]>()
  return {
    looksBackMs: ms,
    feed(device, metric, at, value) {
      if (metric !== of) return undefined
      let window = windows.get(device)
      if (!window) windows.set(device, (window = []))
      window.push([at, value])
      const first = window.findIndex(([then]) => then > at - ms)
      window.splice(0, Math.max(first, window.length - WINDOW_AT_MOST))
      return { device, x: say(window) }
    },
  }
}

/** From the lowest before to now where a rise is looked for, from the highest where a fall is. */
function change(window: readonly Sample[], side: 'above' | 'below'): number {
  const now = window.at(-1)![1]
  const values = window.map(([, value]) => value)
  return now - (side === 'above' ? Math.min(...values) : Math.max(...values))
}

function neighbours(of: string, metres: number, devices: readonly Watched[]): Meter {
  const around = neighboursOf(devices, metres)
  const last = new Map<number, Sample>()
  return {
    looksBackMs: FRESH_MS,
    feed(device, metric, at, value) {
      if (metric !== of) return undefined
      last.set(device, [at, value])
      const others = (around.get(device) ?? []).flatMap((each) => {
        const said = last.get(each)
        return said && Math.abs(at - said[0]) <= FRESH_MS ? [said[1]] : []
      })
      // Of two no one can say which is wrong.
      return others.length < 2 ? undefined : { device, x: Math.abs(value - median(others)) }
    },
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const mid = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[mid]! : (sorted[mid - 1]! + sorted[mid]!) / 2
}

/** Neighbours of one device at most: the nearest. */
const AROUND_AT_MOST = 12

function neighboursOf(devices: readonly Watched[], metres: number): Map<number, number[]> {
  const placed = devices.flatMap(({ number, position }) => (position ? [{ number, position }] : []))
  const index = pointIndex(placed, ({ position }) => position)
  return new Map(
    placed.map((device) => [device.number, index.near(device.position, metres, AROUND_AT_MOST, (other) => other !== device).map(({ item }) => item.number)]),
  )
}

function formula({ expression, inputs }: Extract<RuleBody['measure'], { kind: 'formula' }>, devices: readonly Watched[]): Meter {
  const numbers = new Map(devices.map(({ code, number }) => [code, number]))
  const value = compileFormula(expression, new Set(inputs.map(({ name }) => name)))
  const names = new Map(inputs.map(({ name, device, metric }) => [`${numbers.get(device)} ${metric}`, name]))
  const subject = numbers.get(inputs[0]!.device)
  const values = new Map<string, number>()
  return {
    looksBackMs: FRESH_MS,
    feed(device, metric, _, said) {
      const name = names.get(`${device} ${metric}`)
      if (name === undefined || subject === undefined) return undefined
      values.set(name, said)
      if (values.size < inputs.length) return undefined
      const x = value(values)
      return Number.isFinite(x) ? { device: subject, x } : undefined
    },
  }
}
