// Lengths, areas and boxes on the ground, from WGS84 degrees. Pure, and read by the browser too.

import type { Position } from '../contract.ts'

export type Ring = readonly (readonly number[])[]
/** An outer ring and its holes, as in GeoJSON; each ring closed by its first point. */
export type Rings = readonly Ring[]
export type Box = readonly [west: number, south: number, east: number, north: number]

/** Mean radius of the earth (IUGG): within 0.3 % of the ellipsoid everywhere. */
const RADIUS = 6_371_008.8
const RAD = Math.PI / 180

/** Metres of one degree of latitude; of longitude times the cosine of the latitude. */
export const METRES_PER_DEGREE = RADIUS * RAD

export const lngScale = (lat: number): number => Math.cos(lat * RAD)

/** The way between two points along the great circle. */
export function distanceMetres(a: Position, b: Position): number {
  const dLat = Math.sin(((b[1] - a[1]) * RAD) / 2)
  const dLng = Math.sin(((b[0] - a[0]) * RAD) / 2)
  const h = dLat * dLat + Math.cos(a[1] * RAD) * Math.cos(b[1] * RAD) * dLng * dLng
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The area of one ring; its direction does not matter. */
export function ringSquareMetres(ring: Ring): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    sum += (b[0]! - a[0]!) * RAD * (2 + Math.sin(a[1]! * RAD) + Math.sin(b[1]! * RAD))
  }
  return Math.abs((sum * RADIUS * RADIUS) / 2)
}

/** The area of a polygon without its holes. */
export const areaSquareMetres = ([outer, ...holes]: Rings): number =>
  outer ? ringSquareMetres(outer) - holes.reduce((sum, hole) => sum + ringSquareMetres(hole), 0) : 0

export function boxOf(points: Iterable<readonly number[]>): Box {
  let west = Infinity
  let south = Infinity
  let east = -Infinity
  let north = -Infinity
  for (const [lng, lat] of points as Iterable<[number, number]>) {
    if (lng < west) west = lng
    if (lng > east) east = lng
    if (lat < south) south = lat
    if (lat > north) north = lat
  }
  return [west, south, east, north]
}

export const boxesMeet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

export const boxHolds = (box: Box, [lng, lat]: Position): boolean => lng >= box[0] && lng <= box[2] && lat >= box[1] && lat <= box[3]

/** The box that reaches `metres` to every side of a point. */
export function boxAround([lng, lat]: Position, metres: number): Box {
  const dLat = metres / METRES_PER_DEGREE
  const dLng = dLat / Math.max(0.01, lngScale(lat))
  return [lng - dLng, lat - dLat, lng + dLng, lat + dLat]
}

/** The middle of a polygon's area, which for a crooked one may lie outside it. */
export function centroid(rings: Rings): Position {
  const ring = rings[0]!
  const [x0, y0] = ring[0] as [number, number]
  let area = 0
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const ax = ring[i]![0]! - x0
    const ay = ring[i]![1]! - y0
    const bx = ring[i + 1]![0]! - x0
    const by = ring[i + 1]![1]! - y0
    const cross = ax * by - bx * ay
    area += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return area === 0 ? [x0, y0] : [x0 + x / (3 * area), y0 + y / (3 * area)]
}
