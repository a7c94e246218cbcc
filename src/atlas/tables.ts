import type { Geometry } from 'geojson'
import type { Context, PolygonGeometry, TableKind } from '../kernel/index.ts'
import type { CityRow } from './pack/city.ts'
import type { Grade } from './contract.ts'
import type { Level } from './region.ts'

/** As `pg` reads a point. */
export type Point = { x: number; y: number }

export type CityTable = { code: string; body: CityRow }

export type DivisionTable = {
  code: string
  name: string
  nameEn: string | null
  level: Level
  parentCode: string | null
  geometry: PolygonGeometry | null
}

export type BeatTable = { code: string; name: string; streetCode: string }

export type CellTable = {
  code: string
  communityCode: string
  beatCode: string | null
  grade: Grade
  geometry: PolygonGeometry
}

export type ComponentTable = {
  code: string
  district: string
  category: string
  name: string | null
  state: string
  cellCode: string | null
  communityCode: string
  ownerUnit: string | null
  maintainerUnit: string | null
  position: Point
  recordedOn: string | null
  changedOn: string | null
  source: string | null
  note: string | null
}

export type AddressTable = {
  code: string
  district: string
  name: string
  alias: string | null
  kind: 'door' | 'place'
  communityCode: string
  position: Point
  pairs: string[]
}

export type MapFeatureTable = {
  id: string
  layer: 'road' | 'building' | 'water' | 'green'
  kind: string | null
  name: string | null
  minZoom: number
  extent: string
  geometry: Geometry
  pairs: string[]
}

export type AtlasTables = {
  city: CityTable
  division: DivisionTable
  beat: BeatTable
  cell: CellTable
  component: ComponentTable
  address: AddressTable
  mapFeature: MapFeatureTable
}

export const ownTables = ({ db }: Context) => db.withTables<AtlasTables>()

export const tables = {
  city: 'reference',
  division: 'reference',
  beat: 'reference',
  cell: 'reference',
  component: 'sharded',
  address: 'sharded',
  map_feature: 'reference',
} as const satisfies Record<string, TableKind>
