// The ground on which a city is laid: that of a piece of map, or an empty plain of any size.

import { readFileSync } from 'node:fs'
import type { Feature, FeatureCollection } from 'geojson'
import { lngScale, METRES_PER_DEGREE } from '../kernel/index.ts'
import { roadNames } from './names.ts'
import { clipChain, type Box, type Point, type Shape } from './shape.ts'

export type RoadClass = 'motorway' | 'primary' | 'secondary' | 'tertiary' | 'residential' | 'service' | 'path'

export interface Road {
  readonly kind: RoadClass
  readonly name: string
  readonly points: readonly Point[]
}

/** A thing of the map with a place of its own: a lamp of traffic, a stop, a shop. */
export interface Spot {
  readonly tags: Readonly<Record<string, string>>
  readonly at: Point
}

export interface Patch {
  readonly layer: 'building' | 'water' | 'green'
  readonly kind: string
  readonly name: string
  /** A closed ring, or for a river its middle line. */
  readonly points: readonly Point[]
  readonly closed: boolean
}

export interface Ground {
  readonly origin: readonly [lng: number, lat: number]
  readonly width: number
  readonly height: number
  /** All of the ground, as a shape to be cut. */
  readonly whole: Shape
  readonly roads: readonly Road[]
  readonly spots: readonly Spot[]
  readonly patches: readonly Patch[]
  toDegrees(at: Point): [lng: number, lat: number]
}

const DIGITS = 1e7
const round = (degrees: number): number => Math.round(degrees * DIGITS) / DIGITS

function plain(origin: readonly [number, number], width: number, height: number) {
  const kx = METRES_PER_DEGREE * lngScale(origin[1] + height / METRES_PER_DEGREE / 2)
  const whole: Shape = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ]
  return {
    origin,
    width,
    height,
    whole,
    kx,
    toDegrees: ([x, y]: Point): [number, number] => [round(origin[0] + x / kx), round(origin[1] + y / METRES_PER_DEGREE)],
  }
}

/** A square plain without a map, wide enough for so many cells. Its roads come from the cutting. */
export function emptyGround(cells: number): Ground {
  const side = Math.sqrt(cells * 10_000)
  return { ...plain([117.02, 36.65], side, side), roads: [], spots: [], patches: [] }
}

const CLASSES: Readonly<Record<string, RoadClass>> = {
  motorway: 'motorway',
  trunk: 'motorway',
  primary: 'primary',
  primary_link: 'primary',
  secondary: 'secondary',
  secondary_link: 'secondary',
  tertiary: 'tertiary',
  tertiary_link: 'tertiary',
  residential: 'residential',
  living_street: 'residential',
  unclassified: 'residential',
  service: 'service',
  pedestrian: 'service',
  footway: 'path',
  cycleway: 'path',
  path: 'path',
}

const GREEN = new Set(['grass', 'forest', 'meadow', 'park', 'garden', 'pitch', 'wood', 'grassland', 'playground', 'stadium', 'track'])

/** How far the map may reach past the border of the city, so that its roads do not end at it. */
const MARGIN = 400

/** The ground of the map extract that is shipped with the program (ODbL, see `sources/NOTICE.md`). */
export function mappedGround(): Ground {
  const map = JSON.parse(readFileSync(new URL('./sources/ground.geojson', import.meta.url), 'utf8')) as FeatureCollection
  const [west, south, east, north] = map.bbox as [number, number, number, number]
  const kx = METRES_PER_DEGREE * lngScale((south + north) / 2)
  const base = plain([west, south], (east - west) * kx, (north - south) * METRES_PER_DEGREE)
  const toPoint = ([lng, lat]: readonly number[]): Point => [(lng! - west) * kx, (lat! - south) * METRES_PER_DEGREE]
  const reach: Box = [-MARGIN, -MARGIN, base.width + MARGIN, base.height + MARGIN]

  // Streets of the map that bear no name get one: people must be able to say where they are.
  const nameOf = roadNames()
  const roads: Road[] = []
  const spots: Spot[] = []
  const patches: Patch[] = []
  for (const { geometry, properties } of map.features as Feature[]) {
    const tags = (properties ?? {}) as Record<string, string>
    if (geometry.type === 'Point') {
      const at = toPoint(geometry.coordinates)
      if (at[0] > 0 && at[1] > 0 && at[0] < base.width && at[1] < base.height) spots.push({ tags, at })
      continue
    }
    if (geometry.type === 'LineString') {
      const kind = tags.tunnel || tags.indoor ? undefined : CLASSES[tags.highway ?? '']
      const river = tags.waterway === 'river'
      const name = tags.name ?? (tags.highway === 'residential' ? nameOf('residential') : '')
      for (const points of kind || river ? clipChain(geometry.coordinates.map(toPoint), reach) : []) {
        if (kind) roads.push({ kind, name, points })
        else patches.push({ layer: 'water', kind: 'river', name: tags.name ?? '', points, closed: false })
      }
      continue
    }
    if (geometry.type !== 'Polygon') continue
    const points = geometry.coordinates[0]!.map(toPoint)
    if (!points.some(([x, y]) => x > reach[0] && y > reach[1] && x < reach[2] && y < reach[3])) continue
    const use = tags.leisure ?? tags.landuse ?? tags.natural ?? ''
    const name = tags.name ?? ''
    const building = tags.building === 'yes' ? 'building' : tags.building
    if (building) patches.push({ layer: 'building', kind: building, name, points, closed: true })
    else if (tags.natural === 'water') patches.push({ layer: 'water', kind: 'lake', name, points, closed: true })
    else if (GREEN.has(use)) patches.push({ layer: 'green', kind: use, name, points, closed: true })
    if (tags.amenity || tags.shop) {
      const at: Point = [points.reduce((sum, [x]) => sum + x, 0) / points.length, points.reduce((sum, [, y]) => sum + y, 0) / points.length]
      if (at[0] > 0 && at[1] > 0 && at[0] < base.width && at[1] < base.height) spots.push({ tags, at })
    }
  }
  return { ...base, roads, spots, patches }
}
