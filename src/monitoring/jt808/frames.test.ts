// All of frames.json: what was worked out from the standard (`computed`), and what each source's own test says (`expected`).
// A source's names are turned into ours here; what it says of a maker's own messages, items and parameters is not the standard's and not compared.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { isDamaged, type Frame } from './frame.ts'
import { location, type Location } from './location.ts'
import { readHex, readMessage, type Message } from './message.ts'
import { samples, type Sample } from './testing.ts'
import { Writer } from './wire.ts'

/** Sound frames whose body is not: a general answer without anything in it. */
const EMPTY_ANSWERS = new Set([191, 192])

const wrongOnPurpose = ({ id, hex, computed }: Sample) =>
  EMPTY_ANSWERS.has(id) || !computed?.checksum_ok || !computed.bodyLength_ok || Buffer.from(hex, 'hex').subarray(1, -1).includes(0x7e)

const read = (hex: string) => {
  const frame = readHex(hex)
  return isDamaged(frame) ? frame : readMessage(frame)
}

function sound({ id, hex }: Pick<Sample, 'id' | 'hex'>): Message {
  const found = read(hex)
  assert.ok(!isDamaged(found), `frame ${id}: ${JSON.stringify(found)}`)
  return found
}

const right = samples.filter((sample) => !wrongOnPurpose(sample))
const from = (source: Sample['source']) => right.filter((sample) => sample.source === source && sample.expected)

const compared: Record<string, number> = {}
const count = (what: string, more = 1) => (compared[what] = (compared[what] ?? 0) + more)
after(() => console.log(`compared: ${Object.entries(compared).map(([what, n]) => `${n} ${what}`).join(', ')}`))

test('every damaged frame gives a fault, and every sound one a message', () => {
  for (const sample of samples) {
    const found = read(sample.hex)
    assert.equal(isDamaged(found), wrongOnPurpose(sample), `frame ${sample.id}: ${JSON.stringify(found)}`)
    count(isDamaged(found) ? 'damaged frames' : 'sound frames')
  }
})

test('headers are read as the standard lays them out', () => {
  for (const sample of right) {
    const { messageId, terminalPhone, serialNo, encrypt, version2019, protocolVersion = 0, packageTotal, packageIndex, bodyLength } = sample.computed!
    const { header, body } = readHex(sample.hex) as Frame
    assert.deepEqual(
      [header.id, header.phone, header.serial, header.encryption, header.version, header.protocolVersion, header.part?.total, header.part?.index, body.length],
      [Number(messageId), terminalPhone, serialNo, encrypt, version2019 ? 2019 : 2013, protocolVersion, packageTotal, packageIndex, bodyLength],
      `frame ${sample.id}`,
    )
    count('headers')
  }
})

/** The items as they would be sent, in the order of their numbers. */
function itemsOf({ items }: Location, empty: Location): string[] {
  const to = new Writer(2013)
  location.write(to, { ...empty, items: { ...items, rest: undefined } })
  const bytes = to.bytes().subarray(28)
  const found: string[] = []
  for (let at = 0; at < bytes.length; at += 2 + bytes[at + 1]!) found.push(bytes.toString('hex', at, at + 2 + bytes[at + 1]!))
  return found.toSorted()
}

test('positions and their items are read as the standard lays them out', () => {
  for (const sample of right.filter(({ computed }) => computed?.location && !computed.subpackage)) {
    const said = sample.computed!.location!
    const found = sound(sample).body as Location
    assert.deepEqual(
      [found.alarm, found.status, found.states.includes('acc'), found.states.includes('fixed'), ...found.position, found.altitudeM, found.speedKmh, found.courseDeg, digitsOf(found.at)],
      [said.alarm, said.status, said.acc, said.fixed, said.lng, said.lat, said.altitude_m, said.speed_kmh, said.direction_deg, realTime(said.time_bcd)],
      `frame ${sample.id}`,
    )
    count('positions')
    if (!said.additional) continue
    const items = said.additional.map(({ id, hex }) => id.slice(2) + (hex.length / 2).toString(16).padStart(2, '0') + hex)
    assert.deepEqual(itemsOf(found, found), items.toSorted(), `items of frame ${sample.id}`)
    count('items of positions', items.length)
  }
})

const digitsOf = (at: string | null) => at?.replaceAll(/\D/g, '').slice(2, 14) ?? null
const realTime = (digits: string) => (digits === '000000000000' ? null : digits)

// ── yezhihao/jt808-server: the whole message, field by field in the order of the wire

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json }

const HEADER = new Set(['messageId', 'properties', 'protocolVersion', 'clientId', 'serialNo', 'verified'])
/** Messages of a regional standard, or whose content is a maker's own: their headers are compared above. */
const NOT_STANDARD = new Set(['0x0900', '0x1210', '0x1211', '0x9208', '0x9212'])
/** Alarm words of JT/T 1078, which the source has as one or two numbers and we as one run of hex. */
const NOT_COMPARED = new Set(['warnBit1', 'warnBit2', 'alarms'])
const MICRO = new Set(['lat', 'lng', 'top', 'left', 'bottom', 'right'])

const plain = (value: Json): Json => {
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return digitsOf(value)
  return /^0x[\da-f]+$/.test(value) ? Number(value) : value
}

const bytesOf = (hex: string): number[] => [...Buffer.from(hex, 'hex')]

/** A position as it lies on the wire, where the hemispheres are in the status. */
function wire({ alarm, status, position: [lng, lat], altitudeM, speedKmh, courseDeg, at, items }: Location): Json[] {
  const tenfold = (value?: number) => (value === undefined ? [] : [Math.round(value * 10)])
  const { mileageKm, fuelL, recorderSpeedKmh, tyrePressures, analog, unknown: _unknown, ...others } = items
  const { eventToConfirm, cabinTempC, overspeedAt, areaPassed, routeTime, signals, inputs, signalStrength, satellites } = others
  const rest = [cabinTempC, overspeedAt, areaPassed, routeTime, signals, inputs, analog && analog.ad1 * 65_536 + analog.ad0, signalStrength, satellites]
  return [
    alarm, status, Math.round(Math.abs(lat) * 1e6), Math.round(Math.abs(lng) * 1e6), altitudeM, Math.round(speedKmh * 10), courseDeg, at,
    ...tenfold(mileageKm), ...tenfold(fuelL), ...tenfold(recorderSpeedKmh), eventToConfirm, ...bytesOf(tyrePressures ?? ''), ...rest,
  ]
}

function values(body: Json, name = ''): Json[] {
  if (body === undefined || NOT_COMPARED.has(name)) return []
  if (body === null || typeof body !== 'object') return [MICRO.has(name) && typeof body === 'number' && !Number.isInteger(body) ? Math.round(body * 1e6) : plain(body)]
  if ('position' in body) return wire(body as unknown as Location).flatMap((value) => values(value))
  if (Array.isArray(body)) return body.flatMap((value) => values(value, name))
  return Object.entries(body).flatMap(([field, value]) => (HEADER.has(field) ? [] : values(value, field)))
}

/** Where the source shows a field in another way than we do. */
const AS_WE_SHOW: Readonly<Record<string, (expected: Record<string, Json>) => Json>> = {
  '0x0104': ({ responseSerialNo, parameters }) => [responseSerialNo, Object.keys(parameters as object).map(Number)],
  '0x8103': ({ parameters }) => Object.keys(parameters as object).map(Number),
  '0x0705': ({ total, dateTime, items }) => [total, String(dateTime).padStart(10, '0'), items],
  '0x8500': ({ type }) => [type],
  '0x0801': ({ packet, ...said }) => ({ ...said, bytes: String(packet).length / 2 }),
}

const AS_SOURCE_SHOWS: Readonly<Record<string, (body: Record<string, Json>) => Json>> = {
  '0x0104': ({ answers, parameters }) => [answers, (parameters as { id: string }[]).map(({ id }) => id)],
  '0x8103': ({ parameters }) => (parameters as { id: string }[]).map(({ id }) => id),
  '0x0705': ({ count: total, receivedAt, items }) => [total, receivedAt, (items as { canId: number; data: string }[]).map(({ canId, data }) => [canId, bytesOf(data)])],
  '0x0901': ({ data }) => bytesOf(String(data)),
  '0x8108': ({ data, ...said }) => [said, bytesOf(String(data))],
  '0x8a00': ({ e, n }) => [e, bytesOf(String(n))],
  '0x1205': ({ answers, recordings }) => [answers, (recordings as { alarms: string }[]).map(({ alarms: _alarms, ...one }) => one)],
}

test('yezhihao/jt808-server: every field of every standard message', () => {
  for (const sample of from('yezhihao/jt808-server')) {
    const { messageId } = sample.computed!
    if (NOT_STANDARD.has(messageId)) continue
    const expected = sample.expected as Record<string, Json>
    const withoutWarning = messageId === '0x1205' ? JSON.parse(JSON.stringify(expected, (name, value: unknown) => (name === 'warnBit' ? undefined : value))) : expected
    const body = sound(sample).body as Record<string, Json>
    const theirs = values(AS_WE_SHOW[messageId]?.(expected) ?? withoutWarning)
    assert.deepEqual(values(AS_SOURCE_SHOWS[messageId]?.(body) ?? body), theirs, `frame ${sample.id} ${messageId}`)
    count('values of yezhihao/jt808-server', theirs.length)
  }
})

// ── go-jt808: scalar fields by name

type Found = Record<string, Json> & Partial<Location>

const GO: Readonly<Record<string, (body: Found) => Json>> = {
  ProvinceID: ({ provinceId }) => provinceId,
  CityID: ({ cityId }) => cityId,
  ManufacturerID: ({ makerId }) => makerId,
  TerminalModel: ({ model }) => model,
  TerminalID: ({ terminalId }) => terminalId,
  PlateColor: ({ plateColor }) => plateColor,
  LicensePlateNumber: ({ plate }) => plate,
  AuthCode: ({ code }) => code,
  TerminalIMEI: ({ imei }) => imei ?? '',
  SoftwareVersion: ({ softwareVersion }) => softwareVersion ?? '',
  MultimediaID: ({ mediaId }) => mediaId,
  MultimediaType: ({ type }) => type,
  MultimediaFormatEncode: ({ format }) => format,
  EventItemEncode: ({ event }) => event,
  ChannelID: ({ channel }) => channel,
  AlarmSign: (body) => placeOf(body).alarm,
  StatusSign: (body) => placeOf(body).status,
  Latitude: (body) => Math.round(placeOf(body).position[1] * 1e6),
  Longitude: (body) => Math.round(placeOf(body).position[0] * 1e6),
  Altitude: (body) => placeOf(body).altitudeM,
  Speed: (body) => Math.round(placeOf(body).speedKmh * 10),
  Direction: (body) => placeOf(body).courseDeg,
  DateTime: (body) => placeOf(body).at?.slice(0, 19).replace('T', ' '),
  StartTime: ({ from: at }) => String(at).slice(0, 19).replace('T', ' '),
  EndTime: ({ to: at }) => String(at).slice(0, 19).replace('T', ' '),
  BoardNumber: ({ boarded }) => boarded,
  AlightNumber: ({ left }) => left,
  OriginalSerialNumber: ({ firstSerial }) => firstSerial,
  AgainPackageCount: ({ parts }) => (parts as readonly Json[]).length,
  RespondSerialNumber: ({ answers }) => answers,
  Result: ({ result }) => result,
  TimeInterval: ({ everySeconds }) => everySeconds,
  TrackValidity: ({ forSeconds }) => forSeconds,
  Flag: ({ flags }) => flags,
  ShootCommand: ({ command }) => command,
  PhotoIntervalOrVideoTime: ({ everySeconds }) => everySeconds,
  SaveFlag: ({ keep }) => keep,
  Resolution: ({ resolution }) => resolution,
  VideoQuality: ({ quality }) => quality,
  Intensity: ({ brightness }) => brightness,
  Contrast: ({ contrast }) => contrast,
  Saturation: ({ saturation }) => saturation,
  Chroma: ({ chroma }) => chroma,
}

const placeOf = (body: Found): Location => (body.location ?? body) as unknown as Location

test('go-jt808: the fields it names, in its frame or in the one it answers with', () => {
  for (const sample of from('cuteLittleDevil/go-jt808')) {
    const { msg, ...said } = sample.expected as Record<string, Json>
    if (NOT_STANDARD.has(sample.computed!.messageId)) continue
    const body = sound({ id: sample.id, hex: typeof msg === 'string' ? msg : sample.hex }).body as Found
    for (const [field, value] of Object.entries(said)) {
      if (!(field in GO)) continue
      assert.deepEqual(GO[field]!(body), value, `frame ${sample.id}: ${field}`)
      count('fields of go-jt808')
    }
  }
})

// ── SmallChi/JT808: pairs of field and value

type Of = (message: Message, body: Found) => Json

const SMALLCHI: Readonly<Record<string, Of>> = {
  'Header.MsgId': ({ header }) => header.id,
  'Header.MsgNum': ({ header }) => header.serial,
  'Header.TerminalPhoneNo': ({ header }) => header.phone.replace(/^0+/, ''),
  ReplyMsgId: (_, { answersId }) => Number(answersId),
  AckMsgId: (_, { answersId }) => Number(answersId),
  ReplyMsgNum: (_, { answers }) => answers,
  AckMsgNum: (_, { answers }) => answers,
  AreaID: (_, { provinceId }) => provinceId,
  CityOrCountyId: (_, { cityId }) => cityId,
  MakerId: (_, { makerId }) => makerId,
  PlateColor: (_, { plateColor }) => plateColor,
  PlateNo: (_, { plate }) => plate,
  TerminalId: (_, { terminalId }) => terminalId,
  TerminalModel: (_, { model }) => model,
  Terminal_SIM_ICCID: (_, { iccid }) => iccid,
  Terminal_Hardware_Version_Num: (_, { hardwareVersion }) => hardwareVersion,
  Terminal_Firmware_Version_Num: (_, { firmwareVersion }) => firmwareVersion,
  TerminalType: (_, { types }) => types,
  GNSSModule: (_, { gnss }) => gnss,
  CommunicationModule: (_, { network }) => network,
  AnswerParamsCount: (_, { parameters }) => (parameters as readonly Json[]).length,
  GPSTime: (_, { at }) => at?.slice(0, 19).replace('T', ' '),
  Lat: (_, { position }) => Math.round(position![1] * 1e6),
  Lng: (_, { position }) => Math.round(position![0] * 1e6),
  Speed: (_, { speedKmh }) => Math.round(speedKmh! * 10),
  Altitude: (_, { altitudeM }) => altitudeM,
  AlarmFlag: (_, { alarm }) => alarm,
  StatusFlag: (_, { status }) => status,
  'BasicLocationAttachData[JT808Constants.JT808_0x0200_0x01]).Mileage': (_, { items }) => Math.round(items!.mileageKm! * 10),
  'BasicLocationAttachData[JT808Constants.JT808_0x0200_0x02]).Oil': (_, { items }) => Math.round(items!.fuelL! * 10),
  Code: (_, { code }) => code,
  CommandWord: (_, { command }) => command,
  TextInfo: (_, { text }) => text,
  TextFlag: (_, { flags }) => flags,
  RetransmitPackageCount: (_, { missing }) => ((missing ?? []) as readonly Json[]).length,
}

test('SmallChi/JT808: the fields it names', () => {
  for (const sample of from('SmallChi/JT808')) {
    const message = sound(sample)
    // 0x0304 is not in the standard.
    if (message.header.id === 0x0304) continue
    for (const { field, value } of sample.expected as { field: string; value: Json }[]) {
      if (!(field in SMALLCHI)) continue
      const theirs = typeof value === 'string' && value.startsWith('_0x') ? Number(value.slice(1)) : value
      assert.deepEqual(SMALLCHI[field]!(message, message.body as Found), theirs, `frame ${sample.id}: ${field}`)
      count('fields of SmallChi/JT808')
    }
  }
})

// ── Traccar: that there is a position, and attributes

const TRACCAR: Readonly<Record<string, (body: Found) => Json>> = {
  iccid: ({ iccid }) => iccid,
  cardCode: ({ certificate }) => certificate,
  sat: ({ locations }) => (locations as unknown as Location[])[0]!.items.satellites,
}

test('traccar: standard positions lie on the globe, and standard attributes have its values', () => {
  for (const sample of from('traccar')) {
    const { header, body } = sound(sample)
    for (const said of [sample.expected, ...(sample.alsoExpected ?? [])] as { check: string; attribute?: string; value?: Json }[]) {
      if (said.attribute !== undefined && said.attribute in TRACCAR) {
        assert.deepEqual(TRACCAR[said.attribute]!(body as Found), said.value, `frame ${sample.id}: ${said.attribute}`)
        count('attributes of traccar')
      }
      if (!/^verifyPositions?$/.test(said.check) || ![0x0200, 0x0704].includes(header.id)) continue
      for (const { position, at } of 'locations' in body ? (body.locations as Location[]) : [body as Location]) {
        assert.ok(Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90 && at !== null, `frame ${sample.id}`)
        count('positions of traccar')
      }
    }
  }
})
