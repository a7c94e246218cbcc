// Devices, products, metrics and readings as the entities of SensorThings. Nothing here reads a database.

import { pointAt } from './geometry.ts'
import { linkOf, MODEL, type Kind } from './model.ts'
import { seriesOf } from '../series.ts'
import type { Metric } from '../tables.ts'
import type { Device, Product, World } from './world.ts'

export interface Observed {
  /** Milliseconds. */
  readonly at: number
  readonly value: number
  readonly late: boolean
}

/** One entity: of a device, of a product, of a metric of either, or a reading. */
export interface Item {
  readonly kind: Kind
  readonly device?: Device
  readonly product: Product
  readonly metric?: Metric
  readonly observed?: Observed
  /** From the first reading to the last, where it was looked up. */
  readonly span?: readonly [number, number]
}

type Json = unknown

export const seriesOfItem = ({ device, metric }: Item): number => seriesOf(device!.number, metric!.no)

export function idOf(item: Item): string | number {
  const { kind, device, product, metric, observed } = item
  if (kind === 'Datastreams') return seriesOfItem(item)
  if (kind === 'Observations') return `${seriesOfItem(item)}-${observed?.at ?? 0}`
  if (kind === 'ObservedProperties') return `${product.code}~${metric!.code}`
  return kind === 'Sensors' ? product.code : device!.code
}

export function selfOf({ base }: World, item: Item): string {
  const id = idOf(item)
  return `${base}/${item.kind}(${typeof id === 'number' ? id : `'${encodeURIComponent(id)}'`})`
}

const iso = (at: number): string => new Date(at).toISOString()
const OM = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement'
const GEOJSON = 'application/geo+json'

const describe = ({ district, cell, ownerUnit, component, gateway, state, product }: Device) => ({ product: product.code, district, cell, ownerUnit, component, gateway, state })

/** A property as it is shown; what is not known is null. */
export function propertyOf(world: World, item: Item, name: string): Json {
  const { kind, device, product, metric, observed, span } = item
  const word = ({ zh, en }: { zh: string; en: string }) => (world.language === 'zh' ? zh : en)
  const time = span ? `${iso(span[0])}/${iso(span[1])}` : null
  const place = device?.position
  const of: Record<Kind, () => Record<string, Json>> = {
    Things: () => ({ name: device!.name, description: `${word(product)} ${device!.code}`, properties: describe(device!) }),
    Locations: () => ({ name: device!.name, description: `${word(product)} ${device!.code}`, encodingType: GEOJSON, location: place && { type: 'Point', coordinates: place }, properties: null }),
    HistoricalLocations: () => ({}),
    Datastreams: () => ({
      name: `${device!.name} ${word(metric!)}`,
      description: `${word(product)} ${device!.code}: ${word(metric!)}`,
      observationType: OM,
      unitOfMeasurement: { name: metric!.unit || null, symbol: metric!.unit || null, definition: null },
      observedArea: place ? { type: 'Polygon', coordinates: [[place, place, place, place]] } : null,
      phenomenonTime: time,
      resultTime: time,
      properties: { metric: metric!.code, period: metric!.period, min: metric!.min, max: metric!.max, precision: metric!.precision },
    }),
    Sensors: () => ({
      name: word(product),
      description: product.code,
      encodingType: 'application/json',
      metadata: { code: product.code, metrics: product.metrics.map(({ code, unit, min, max, precision, period }) => ({ code, unit, min, max, precision, period })) },
      properties: { zh: product.zh, en: product.en },
    }),
    ObservedProperties: () => ({
      name: word(metric!),
      definition: selfOf(world, item),
      description: metric!.unit === '' ? word(metric!) : `${word(metric!)} (${metric!.unit})`,
      properties: { code: metric!.code, product: product.code, unit: metric!.unit, zh: metric!.zh, en: metric!.en },
    }),
    Observations: () => ({
      phenomenonTime: iso(observed!.at),
      // Devices tell one time: that of what they saw.
      resultTime: iso(observed!.at),
      result: observed!.value,
      resultQuality: null,
      validTime: null,
      parameters: { late: observed!.late },
    }),
    FeaturesOfInterest: () => ({
      name: device!.name,
      description: `${word(product)} ${device!.code}`,
      encodingType: GEOJSON,
      // Where a device has no position of its own, nothing is known but its district.
      feature: place ? { type: 'Point', coordinates: place } : { type: 'Feature', geometry: null, properties: { district: device!.district } },
      properties: { district: device!.district },
    }),
  }
  return of[kind]()[name] ?? null
}

/** A property as conditions see it: times as milliseconds, places as geometry. */
export function valueOf(world: World, item: Item, name: string): Json {
  if (name === 'location' || name === 'feature') return item.device?.position ? pointAt(item.device.position) : null
  const value = propertyOf(world, item, name)
  return MODEL[item.kind].properties[name] === 'time' && typeof value === 'string' ? Date.parse(value) : value
}

const streamsOf = (device: Device, only?: Metric): Item[] =>
  (only ? [only] : device.product.metrics).map((metric) => ({ kind: 'Datastreams', device, product: device.product, metric }))

/** All entities of a kind but readings, which are too many, in the order of their ids. */
export function allOf({ devices, products }: World, kind: Kind): Item[] {
  const ofDevices = (one: readonly Device[]): Item[] => one.map((device) => ({ kind, device, product: device.product }))
  const everything = [...products.values()]
  if (kind === 'Things' || kind === 'FeaturesOfInterest') return ofDevices(devices)
  if (kind === 'Locations') return ofDevices(devices.filter(({ position }) => position))
  if (kind === 'Datastreams') return devices.flatMap((device) => streamsOf(device)).toSorted((a, b) => seriesOfItem(a) - seriesOfItem(b))
  if (kind === 'Sensors') return everything.map((product) => ({ kind, product }))
  if (kind === 'ObservedProperties') return everything.flatMap((product) => product.metrics.map((metric) => ({ kind, product, metric })))
  // Of where a device was before, nothing is kept.
  return []
}

export function findItem(world: World, kind: Kind, key: string | number): Item | undefined {
  if (kind === 'Datastreams') {
    const device = typeof key === 'number' ? world.bySeries(key) : undefined
    return device && streamsOf(device).find((item) => idOf(item) === key)
  }
  if (typeof key !== 'string') return undefined
  if (kind === 'Things' || kind === 'FeaturesOfInterest' || kind === 'Locations') {
    const device = world.byCode.get(key)
    return device && (kind !== 'Locations' || device.position) ? { kind, device, product: device.product } : undefined
  }
  return allOf(world, kind).find((item) => idOf(item) === key)
}

/** What an entity is linked to; readings are read elsewhere. */
export function follow(world: World, item: Item, name: string): Item[] {
  const { kind, device, product, metric } = item
  const to = linkOf(kind, name)!.kind
  const same = (): Item[] => [{ kind: to, device, product }]
  if (to === 'Datastreams') {
    if (kind === 'Things') return streamsOf(device!)
    if (kind === 'Observations') return streamsOf(device!, metric)
    return world.devices.filter((each) => each.product === product).flatMap((each) => streamsOf(each, metric))
  }
  if (to === 'Things' || to === 'FeaturesOfInterest') return same()
  if (to === 'Locations') return device!.position ? same() : []
  if (to === 'Sensors') return [{ kind: to, product }]
  return to === 'ObservedProperties' ? [{ kind: to, product, metric }] : []
}

/** The series behind an entity: those whose readings its `Observations` are. */
export const streamsBehind = (item: Item): Item[] => (item.kind === 'Datastreams' ? [item] : streamsOf(item.device!))
