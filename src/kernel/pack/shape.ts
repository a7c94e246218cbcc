// Whether a geometry of a pack can be what it says: degrees, closed rings, nothing that crosses itself. Pure.

import Flatbush from 'flatbush'
import type { Words } from '../contract.ts'
import type { PackFile } from '../room.ts'

type Point = readonly [number, number]

const say = (zh: string, en: string): Words => ({ zh, en })

const isPoint = (value: unknown): value is Point =>
  Array.isArray(value) &&
  value.length >= 2 &&
  Number.isFinite(value[0]) &&
  Number.isFinite(value[1]) &&
  Math.abs(value[0]) <= 180 &&
  Math.abs(value[1]) <= 90

const NOT_DEGREES = say('坐标应为 WGS84 经纬度（度）', 'coordinates must be WGS84 degrees, longitude first')

/** Why a geometry is refused; undefined where it is sound. */
export function shapeFault(geometry: unknown, wanted: NonNullable<PackFile['geometry']>): Words | undefined {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown }
  if (typeof type !== 'string' || !Array.isArray(coordinates)) return say('缺少几何', 'has no geometry')
  if (wanted === 'Point' && type !== 'Point') return say('应为点', 'must be a Point')
  if (wanted === 'Polygon' && type !== 'Polygon' && type !== 'MultiPolygon') return say('应为面', 'must be a Polygon or MultiPolygon')
  if (type === 'Point') return isPoint(coordinates) ? undefined : NOT_DEGREES
  if (type === 'LineString') return lineFault(coordinates)
  if (type === 'MultiLineString' || type === 'MultiPolygon') {
    if (coordinates.length === 0) return say('几何为空', 'is empty')
    for (const part of coordinates) {
      const fault = type === 'MultiPolygon' ? polygonFault(part) : lineFault(part)
      if (fault) return fault
    }
    return undefined
  }
  if (type === 'Polygon') return polygonFault(coordinates)
  return say(`不支持的几何 ${type}`, `the geometry ${type} is not known here`)
}

function lineFault(line: unknown): Words | undefined {
  if (!Array.isArray(line) || line.length < 2) return say('线至少有两点', 'a line needs two points')
  return line.every(isPoint) ? undefined : NOT_DEGREES
}

function polygonFault(rings: unknown): Words | undefined {
  if (!Array.isArray(rings) || rings.length === 0) return say('几何为空', 'is empty')
  for (const ring of rings) {
    const fault = ringFault(ring)
    if (fault) return fault
  }
  return undefined
}

function ringFault(ring: unknown): Words | undefined {
  if (!Array.isArray(ring) || ring.length < 4) return say('环至少有四点', 'a ring needs four points')
  if (!ring.every(isPoint)) return NOT_DEGREES
  const [first, last] = [ring[0]!, ring.at(-1)!]
  if (first[0] !== last[0] || first[1] !== last[1]) return say('环未闭合', 'the ring is not closed')
  return crossesItself(ring) ? say('边界自相交', 'the border crosses itself') : undefined
}

const side = (a: Point, b: Point, c: Point) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

/** Two edges that cut through one another; merely touching is let pass, since digitised borders do. */
const cross = (a: Point, b: Point, c: Point, d: Point) =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0

/** Up to this many points comparing all edges is quicker than building an index. */
const FEW = 80

function crossesItself(ring: readonly Point[]): boolean {
  const edges = ring.length - 1
  const meets = (i: number, j: number) => cross(ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!)
  if (edges <= FEW) {
    for (let i = 0; i < edges; i++) for (let j = i + 2; j < edges; j++) if (meets(i, j)) return true
    return false
  }
  const tree = new Flatbush(edges)
  const boxOf = (i: number) => {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[i + 1]!]
    return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const
  }
  for (let i = 0; i < edges; i++) tree.add(...boxOf(i))
  tree.finish()
  for (let i = 0; i < edges; i++) if (tree.search(...boxOf(i), (j) => j > i + 1 && meets(i, j)).length > 0) return true
  return false
}
