// What can be set in a terminal: a number, a length, a value. What the table has not, or has in another length, is shown as hex.

import { fromGbk, toGbk } from './gbk.ts'
import { u32, u8, type Field, type Reader, type Writer } from './wire.ts'

type Kind = 'u32' | 'u16' | 'u8' | 'text'

const numbered = (kind: Kind, names: Readonly<Record<number, string>>) => Object.entries(names).map(([id, name]) => [Number(id), { name, kind }] as const)

const PARAMETERS = new Map<number, { readonly name: string; readonly kind: Kind }>([
  ...numbered('u32', {
    0x0001: 'heartbeatSeconds', 0x0002: 'tcpTimeoutSeconds', 0x0003: 'tcpRetries', 0x0004: 'udpTimeoutSeconds', 0x0005: 'udpRetries',
    0x0006: 'smsTimeoutSeconds', 0x0007: 'smsRetries', 0x0018: 'tcpPort', 0x0019: 'udpPort', 0x001b: 'cardServerTcpPort', 0x001c: 'cardServerUdpPort',
    0x0020: 'reportBy', 0x0021: 'reportPlan', 0x0022: 'unknownDriverSeconds', 0x0027: 'sleepSeconds', 0x0028: 'emergencySeconds', 0x0029: 'reportSeconds',
    0x002c: 'reportMetres', 0x002d: 'unknownDriverMetres', 0x002e: 'sleepMetres', 0x002f: 'emergencyMetres', 0x0030: 'turnDegrees',
    0x0045: 'callAnswering', 0x0046: 'callSeconds', 0x0047: 'monthCallSeconds',
    0x0050: 'alarmMask', 0x0051: 'alarmTextMask', 0x0052: 'alarmPhotoMask', 0x0053: 'alarmPhotoStoreMask', 0x0054: 'keyAlarmMask',
    0x0055: 'maxSpeedKmh', 0x0056: 'overspeedSeconds', 0x0057: 'drivingSeconds', 0x0058: 'dayDrivingSeconds', 0x0059: 'restSeconds', 0x005a: 'parkingSeconds',
    0x0064: 'photoByTime', 0x0065: 'photoByDistance', 0x0070: 'pictureQuality', 0x0071: 'brightness', 0x0072: 'contrast', 0x0073: 'saturation', 0x0074: 'chroma',
    0x0080: 'odometer', 0x0093: 'gnssSampleSeconds', 0x0095: 'gnssUploadSetting', 0x0100: 'can1SampleMs', 0x0102: 'can2SampleMs',
  }),
  ...numbered('u16', {
    0x0031: 'geofenceMetres', 0x005b: 'overspeedWarning', 0x005c: 'fatigueWarningSeconds', 0x005d: 'collision', 0x005e: 'rolloverDegrees',
    0x0081: 'provinceId', 0x0082: 'cityId', 0x0101: 'can1UploadSeconds', 0x0103: 'can2UploadSeconds',
  }),
  ...numbered('u8', { 0x0084: 'plateColor', 0x0090: 'gnssModes', 0x0091: 'gnssBaud', 0x0092: 'gnssOutput', 0x0094: 'gnssUpload' }),
  ...numbered('text', {
    0x0010: 'apn', 0x0011: 'dialUser', 0x0012: 'dialPassword', 0x0013: 'server', 0x0014: 'backupApn', 0x0015: 'backupUser', 0x0016: 'backupPassword',
    0x0017: 'backupServer', 0x001a: 'cardServer', 0x001d: 'cardBackupServer', 0x0023: 'secondApn', 0x0024: 'secondUser', 0x0025: 'secondPassword',
    0x0026: 'secondServer', 0x0040: 'platformPhone', 0x0041: 'resetPhone', 0x0042: 'factoryPhone', 0x0043: 'smsPhone', 0x0044: 'alarmSmsPhone',
    0x0048: 'listenPhone', 0x0049: 'privilegedPhone', 0x0083: 'plate',
  }),
])

export interface Parameter {
  /** Such as `0x0029`. */
  readonly id: string
  readonly name?: string
  readonly value?: number | string
  /** Where the value is not told. */
  readonly hex?: string
}

const SIZES = { u32: 4, u16: 2, u8: 1 } as const

function valueOf(kind: Kind, bytes: Buffer): number | string | undefined {
  if (kind === 'text') return fromGbk(bytes)
  return bytes.length === SIZES[kind] ? bytes.readUIntBE(0, SIZES[kind]) : undefined
}

function bytesOf(kind: Kind, value: number | string): Buffer {
  if (kind === 'text') return toGbk(String(value))
  const bytes = Buffer.alloc(SIZES[kind])
  bytes.writeUIntBE(Number(value), 0, SIZES[kind])
  return bytes
}

export const parameter: Field<Parameter> = {
  read(from: Reader) {
    const number = u32.read(from)
    const bytes = from.take(u8.read(from))
    const known = PARAMETERS.get(number)
    const value = known && valueOf(known.kind, bytes)
    const id = `0x${number.toString(16).padStart(4, '0')}`
    return { id, ...(known && { name: known.name }), ...(value === undefined ? { hex: bytes.toString('hex') } : { value }) }
  },
  write(to: Writer, { id, value, hex }) {
    const known = PARAMETERS.get(Number(id))
    const bytes = hex !== undefined || !known ? Buffer.from(hex ?? '', 'hex') : bytesOf(known.kind, value ?? '')
    u32.write(to, Number(id))
    u8.write(to, bytes.length)
    to.put(bytes)
  },
}
