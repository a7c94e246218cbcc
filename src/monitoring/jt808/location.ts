// The position (位置信息汇报): 28 bytes that are always there, then items with a number and a length each.

import { hex, optional, record, signed16, tenths, time, u16, u32, u8, Writer, type Field, type Reader } from './wire.ts'

/** Bits of the alarm word, from the lowest. Bits 15 to 17 are of 2019. */
const ALARMS = [
  'emergency', 'overspeed', 'fatigue', 'danger', 'gnss-fault', 'antenna-open', 'antenna-short', 'power-low',
  'power-off', 'display-fault', 'speech-fault', 'camera-fault', 'card-reader-fault', 'overspeed-soon', 'fatigue-soon', 'driving-violation',
  'tyre-pressure', 'right-blind-spot', 'driving-too-long', 'parking-too-long', 'area', 'route', 'road-time', 'off-route',
  'speed-sensor-fault', 'fuel', 'stolen', 'ignition', 'moved', 'collision', 'rollover', 'door',
] as const

/** Bits of the status word that are named; 2 and 3 are in the position, 8 and 9 in `load`. Bits 6, 7 and 22 are of 2019. */
const STATES = {
  0: 'acc', 1: 'fixed', 4: 'out-of-service', 5: 'shifted', 6: 'forward-collision', 7: 'lane-departure', 10: 'fuel-cut', 11: 'power-cut',
  12: 'doors-locked', 13: 'front-door', 14: 'middle-door', 15: 'rear-door', 16: 'driver-door', 17: 'fifth-door',
  18: 'gps', 19: 'beidou', 20: 'glonass', 21: 'galileo', 22: 'moving',
} as const

const FIXED = 1 << 1
const SOUTH = 1 << 2
const WEST = 1 << 3
const LOADS = ['empty', 'half', undefined, 'full'] as const

const STATE_BITS = Object.entries(STATES).map(([bit, name]) => [2 ** Number(bit), name] as const)

/** The items of the standard by number. Those of makers are kept as they came. */
const ITEMS = {
  0x01: { name: 'mileageKm', size: 4, field: tenths(u32) },
  0x02: { name: 'fuelL', size: 2, field: tenths(u16) },
  0x03: { name: 'recorderSpeedKmh', size: 2, field: tenths(u16) },
  0x04: { name: 'eventToConfirm', size: 2, field: u16 },
  0x05: { name: 'tyrePressures', size: 30, field: hex(30) },
  0x06: { name: 'cabinTempC', size: 2, field: signed16 },
  0x11: { name: 'overspeedAt', size: undefined, field: record({ areaType: u8, areaId: optional(u32) }) },
  0x12: { name: 'areaPassed', size: 6, field: record({ areaType: u8, areaId: u32, direction: u8 }) },
  0x13: { name: 'routeTime', size: 7, field: record({ routeId: u32, seconds: u16, result: u8 }) },
  0x25: { name: 'signals', size: 4, field: u32 },
  0x2a: { name: 'inputs', size: 2, field: u16 },
  0x2b: { name: 'analog', size: 4, field: record({ ad1: u16, ad0: u16 }) },
  0x30: { name: 'signalStrength', size: 1, field: u8 },
  0x31: { name: 'satellites', size: 1, field: u8 },
} as const satisfies Record<number, { name: string; size: number | undefined; field: Field<unknown> }>

interface Item {
  readonly name: string
  readonly size: number | undefined
  readonly field: Field<unknown>
}

const itemOf = (id: number) => (ITEMS as unknown as Record<number, Item>)[id]
const ITEM_IDS = Object.keys(ITEMS).map(Number)

export interface UnknownItem {
  readonly id: string
  readonly hex: string
}

export interface Items {
  readonly mileageKm?: number
  readonly fuelL?: number
  readonly recorderSpeedKmh?: number
  readonly eventToConfirm?: number
  readonly tyrePressures?: string
  readonly cabinTempC?: number
  readonly overspeedAt?: { readonly areaType: number; readonly areaId?: number | undefined }
  readonly areaPassed?: { readonly areaType: number; readonly areaId: number; readonly direction: number }
  readonly routeTime?: { readonly routeId: number; readonly seconds: number; readonly result: number }
  readonly signals?: number
  readonly inputs?: number
  readonly analog?: { readonly ad1: number; readonly ad0: number }
  readonly signalStrength?: number
  readonly satellites?: number
  /** Items that the standard has not, or that are not as long as it says. */
  readonly unknown?: readonly UnknownItem[]
  /** What follows the last item and is none. */
  readonly rest?: string
}

export interface Location {
  readonly alarm: number
  readonly alarms: readonly string[]
  readonly status: number
  readonly states: readonly string[]
  readonly load?: string
  /** Longitude and latitude in degrees, as the terminal says: where it has no fix, most often its last one or zero. */
  readonly position: readonly [number, number]
  /** Whether the terminal has a fix and the position lies on the globe. */
  readonly located: boolean
  readonly altitudeM: number
  readonly speedKmh: number
  readonly courseDeg: number
  readonly at: string | null
  readonly items: Items
}

const FIXED_PART = record({ alarm: u32, status: u32, lat: u32, lng: u32, altitudeM: u16, speedKmh: tenths(u16), courseDeg: u16, at: time })

const namesOf = (word: number, bits: readonly (readonly [number, string])[]) =>
  word === 0 ? [] : bits.filter(([bit]) => Math.floor(word / bit) % 2 === 1).map(([, name]) => name)
const ALARM_BITS = ALARMS.map((name, bit) => [2 ** bit, name] as const)

/** The names of the bits of an alarm word. */
export const alarmsOf = (word: number): string[] => namesOf(word, ALARM_BITS)

/** The position without items, as it stands in a multimedia message. */
export const place: Field<Location> = {
  read(from) {
    const { lat, lng, ...said } = FIXED_PART.read(from)
    const { status } = said
    const position = [degrees(lng, status & WEST), degrees(lat, status & SOUTH)] as const
    const load = LOADS[(status >> 8) & 3]
    return {
      ...said,
      alarms: alarmsOf(said.alarm),
      states: namesOf(status, STATE_BITS),
      ...(load !== undefined && load !== 'empty' && { load }),
      position,
      located: (status & FIXED) !== 0 && Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90,
      items: {},
    }
  },
  write(to, { alarm, status, position: [lng, lat], altitudeM, speedKmh, courseDeg, at }) {
    const hemispheres = (lat < 0 ? SOUTH : 0) | (lng < 0 ? WEST : 0)
    const micro = (value: number) => Math.round(Math.abs(value) * 1e6)
    FIXED_PART.write(to, { alarm, status: (status | hemispheres) >>> 0, lat: micro(lat), lng: micro(lng), altitudeM, speedKmh, courseDeg, at })
  },
}

const degrees = (wire: number, negative: number) => (negative && wire > 0 ? -wire / 1e6 : wire / 1e6)

/** The position with all items to the end of the body. */
export const location: Field<Location> = {
  read(from) {
    const found = place.read(from)
    return from.left > 0 ? { ...found, items: readItems(from) } : found
  },
  write(to, value) {
    place.write(to, value)
    writeItems(to, value.items)
  },
}

function readItems(from: Reader): Items {
  const named: Record<string, unknown> = {}
  const unknown: UnknownItem[] = []
  while (from.left >= 2) {
    const id = from.bytes[from.at]!
    const size = from.bytes[from.at + 1]!
    if (size > from.left - 2) break
    from.at += 2
    const known = itemOf(id)
    if (known && (known.size === undefined ? size === 1 || size === 5 : known.size === size) && !(known.name in named)) named[known.name] = known.field.read(from.inner(size))
    else unknown.push({ id: `0x${id.toString(16).padStart(2, '0')}`, hex: from.take(size).toString('hex') })
  }
  return { ...named, ...(unknown.length > 0 && { unknown }), ...(from.left > 0 && { rest: from.take(from.left).toString('hex') }) }
}

function writeItems(to: Writer, items: Items): void {
  for (const id of ITEM_IDS) {
    const { name, field } = itemOf(id)!
    const value = items[name as keyof Items]
    if (value === undefined) continue
    const inner = new Writer(to.version)
    field.write(inner, value)
    putItem(to, id, inner.bytes())
  }
  for (const one of items.unknown ?? []) putItem(to, Number(one.id), Buffer.from(one.hex, 'hex'))
  if (items.rest !== undefined) to.put(Buffer.from(items.rest, 'hex'))
}

function putItem(to: Writer, id: number, value: Buffer): void {
  to.put(Buffer.from([id, value.length]))
  to.put(value)
}
