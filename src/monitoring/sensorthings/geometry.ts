// Well-known text and how places lie to each other. Nothing here reads a database.

import { distanceMetres } from '../../kernel/contract.ts'

export interface Geometry {
  readonly type: 'Point' | 'LineString' | 'Polygon'
  /** Of a point one line of one position. */
  readonly lines: readonly (readonly (readonly [number, number])[])[]
}

type Position = readonly [number, number]

export const pointAt = (position: Position): Geometry => ({ type: 'Point', lines: [[position]] })

const TYPES = { POINT: 'Point', LINESTRING: 'LineString', POLYGON: 'Polygon' } as const

/** POINT, LINESTRING and POLYGON in degrees, longitude first; undefined for anything else. */
export function readWkt(text: string): Geometry | undefined {
  const [, name, body] = /^\s*(?:SRID=4326;)?\s*(POINT|LINESTRING|POLYGON)\s*(\(.*\))\s*$/i.exec(text) ?? []
  if (name === undefined || body === undefined) return undefined
  const type = TYPES[name.toUpperCase() as keyof typeof TYPES]
  const inside = type === 'Polygon' ? /^\(\s*(\(.*\))\s*\)$/.exec(body)?.[1] : body
  const lines = inside?.split(/\)\s*,\s*\(/).map((line) => line.replaceAll(/^\(|\)$/g, '').split(',').map(positionOf))
  if (!lines || lines.some((line) => line.includes(undefined))) return undefined
  const whole = lines as Position[][]
  if (type === 'Point' && (whole.length !== 1 || whole[0]!.length !== 1)) return undefined
  if (type === 'LineString' && (whole.length !== 1 || whole[0]!.length < 2)) return undefined
  if (type === 'Polygon' && whole.some((ring) => ring.length < 4 || ring[0]!.join() !== ring.at(-1)!.join())) return undefined
  return { type, lines: whole }
}

function positionOf(text: string): Position | undefined {
  const [, x, y] = /^\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*$/.exec(text) ?? []
  if (x === undefined) return undefined
  const position: Position = [Number(x), Number(y)]
  return Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90 ? position : undefined
}

const METRES = (Math.PI / 180) * 6_371_008.8

/** Metres from a place to one that is part of a line, on a plane that touches the place. */
function toSegment([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const shrink = Math.cos((y * Math.PI) / 180)
  const [px, py, dx, dy] = [(ax - x) * shrink, ay - y, (bx - ax) * shrink, by - ay]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(px * dx + py * dy) / square))
  return Math.hypot(px + share * dx, py + share * dy) * METRES
}

function insideRings([x, y]: Position, rings: Geometry['lines']): boolean {
  let inside = false
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    }
  }
  return inside
}

/** One of the two must be a point: the things of a city stand on one. */
function metres(point: Geometry, other: Geometry): number {
  const place = point.lines[0]![0]!
  if (other.type === 'Point') return distanceMetres([...place], [...other.lines[0]![0]!])
  if (other.type === 'Polygon' && insideRings(place, other.lines)) return 0
  return Math.min(...other.lines.flatMap((line) => line.slice(1).map((end, i) => toSegment(place, line[i]!, end))))
}

export function distance(a: Geometry, b: Geometry): number | null {
  if (a.type === 'Point') return metres(a, b)
  return b.type === 'Point' ? metres(b, a) : null
}

/** Rounding of degrees is no distance. */
const NOTHING = 0.001

export function meets(a: Geometry, b: Geometry): boolean | null {
  const between = distance(a, b)
  return between === null ? null : between < NOTHING
}
