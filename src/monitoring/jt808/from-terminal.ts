// What a terminal says, message by message, in the order of the standard.

import { location, place } from './location.ts'
import { parameter } from './parameters.ts'
import { bcd, hex, hexRest, list, listRest, listUpTo, messageId, NOTHING, only2019, optional, record, since2019, sized, sizedText, text, textRest, time, u16, u32, u8 } from './wire.ts'
import type { Field } from './wire.ts'

const vehicle = { plateColor: u8, plate: textRest }

const REGISTRATIONS = {
  2011: record({ provinceId: u16, cityId: u16, makerId: text(5), model: text(8), terminalId: text(7), ...vehicle }),
  2013: record({ provinceId: u16, cityId: u16, makerId: text(5), model: text(20), terminalId: text(7), ...vehicle }),
  2019: record({ provinceId: u16, cityId: u16, makerId: text(11), model: text(30), terminalId: text(30), ...vehicle }),
} as const

/** All of 2013 but the plate; a registration of 2011 has the same header and is shorter. */
const LENGTH_2013 = 37

const registration: Field<Registration> = {
  read(from) {
    if (from.version !== 2019) from.version = from.left < LENGTH_2013 ? 2011 : 2013
    return REGISTRATIONS[from.version].read(from)
  },
  write: (to, value) => REGISTRATIONS[to.version].write(to, value),
}

export interface Registration {
  readonly provinceId: number
  readonly cityId: number
  readonly makerId: string
  readonly model: string
  readonly terminalId: string
  readonly plateColor: number
  readonly plate: string
}

export interface Authentication {
  readonly code: string
  readonly imei?: string | undefined
  readonly softwareVersion?: string | undefined
}

const authentication: Field<Authentication> = since2019(record({ code: textRest }), record({ code: sizedText(u8), imei: text(15), softwareVersion: text(20) })) as Field<Authentication>

const attributes = (model: number, terminalId: number) =>
  record({
    types: u16,
    makerId: text(5),
    model: text(model),
    terminalId: text(terminalId),
    iccid: bcd(10),
    hardwareVersion: sizedText(u8),
    firmwareVersion: sizedText(u8),
    gnss: u8,
    network: u8,
  })

const driver = record({
  status: u8,
  changedAt: time,
  cardResult: optional(u8),
  name: optional(sizedText(u8)),
  certificate: optional(text(20)),
  authority: optional(sizedText(u8)),
  validUntil: optional(bcd(4)),
  identity: only2019(optional(text(20))),
})

const media = { mediaId: u32, type: u8, format: u8, event: u8, channel: u8 }

/** How many bytes follow; they themselves are not shown. */
const bytesLeft: Field<number> = {
  read: (from) => from.take(from.left).length,
  write: (to, count) => to.put(Buffer.alloc(count)),
}

const SIZE_OF_PLACE = 28

/** 2011 has no position in it. */
const mediaData: Field<object> = {
  read(from) {
    const head = record(media).read(from)
    return { ...head, ...(from.left >= SIZE_OF_PLACE && { location: place.read(from) }), dataBytes: bytesLeft.read(from) }
  },
  write: (to, value) => record({ ...media, location: place, dataBytes: bytesLeft }).write(to, value as never),
}

/** One frame on a CAN bus. The highest bits of the number: channel, extended frame, sampled or averaged. */
const canItem: Field<{ readonly channel: number; readonly extended: boolean; readonly averaged: boolean; readonly canId: number; readonly data: string }> = {
  read(from) {
    const word = u32.read(from)
    return { channel: word >>> 31, extended: (word & 2 ** 30) !== 0, averaged: (word & 2 ** 29) !== 0, canId: word & 0x1fff_ffff, data: hex(8).read(from) }
  },
  write(to, { channel, extended, averaged, canId, data }) {
    u32.write(to, (channel * 2 ** 31 + (extended ? 2 ** 30 : 0) + (averaged ? 2 ** 29 : 0) + canId) >>> 0)
    hex(8).write(to, data)
  },
}

export interface MessageKind {
  readonly zh: string
  readonly en: string
  readonly body: Field<unknown>
}

const answered = { answers: u16 }

export const FROM_TERMINAL = {
  0x0001: { zh: '终端通用应答', en: 'general answer', body: record({ ...answered, answersId: messageId, result: u8 }) },
  0x0002: { zh: '终端心跳', en: 'heartbeat', body: NOTHING },
  0x0003: { zh: '终端注销', en: 'log-out', body: NOTHING },
  0x0004: { zh: '查询服务器时间请求', en: 'question for the time', body: NOTHING },
  0x0005: { zh: '终端补传分包请求', en: 'request for parts', body: record({ firstSerial: u16, parts: list(u16, u16) }) },
  0x0100: { zh: '终端注册', en: 'registration', body: registration },
  0x0102: { zh: '终端鉴权', en: 'authentication', body: authentication },
  0x0104: { zh: '查询终端参数应答', en: 'parameters', body: record({ ...answered, parameters: listUpTo(u8, parameter) }) },
  0x0107: { zh: '查询终端属性应答', en: 'attributes', body: since2019(attributes(20, 7), attributes(30, 30)) },
  0x0108: { zh: '终端升级结果通知', en: 'result of an upgrade', body: record({ type: u8, result: u8 }) },
  0x0200: { zh: '位置信息汇报', en: 'position', body: location },
  0x0201: { zh: '位置信息查询应答', en: 'answer with a position', body: record({ ...answered, location }) },
  0x0301: { zh: '事件报告', en: 'event', body: record({ event: u8 }) },
  0x0302: { zh: '提问应答', en: 'answer to a question', body: record({ ...answered, answer: u8 }) },
  0x0303: { zh: '信息点播/取消', en: 'subscription', body: record({ type: u8, wanted: u8 }) },
  0x0500: { zh: '车辆控制应答', en: 'answer of a controlled vehicle', body: record({ ...answered, location }) },
  0x0700: { zh: '行驶记录数据上传', en: 'data of the recorder', body: record({ ...answered, command: u8, data: hexRest }) },
  0x0701: { zh: '电子运单上报', en: 'waybill', body: record({ waybill: sized(u32, hexRest) }) },
  0x0702: { zh: '驾驶员身份信息采集上报', en: 'driver', body: driver },
  0x0704: { zh: '定位数据批量上传', en: 'batch of positions', body: record({ count: u16, late: u8, locations: listRest(sized(u16, location)) }) },
  0x0705: { zh: 'CAN 总线数据上传', en: 'CAN data', body: record({ count: u16, receivedAt: bcd(5), items: listRest(canItem) }) },
  0x0800: { zh: '多媒体事件信息上传', en: 'multimedia event', body: record(media) },
  0x0801: { zh: '多媒体数据上传', en: 'multimedia data', body: mediaData },
  0x0802: { zh: '存储多媒体数据检索应答', en: 'multimedia found', body: record({ ...answered, found: list(u16, record({ mediaId: u32, type: u8, channel: u8, event: u8, location: place })) }) },
  0x0805: { zh: '摄像头立即拍摄命令应答', en: 'answer of a camera', body: record({ ...answered, result: u8, mediaIds: optional(list(u16, u32)) }) },
  0x0900: { zh: '数据上行透传', en: 'transparent data', body: record({ type: u8, data: hexRest }) },
  0x0901: { zh: '数据压缩上报', en: 'packed data', body: record({ data: sized(u32, hexRest) }) },
  0x0a00: { zh: '终端 RSA 公钥', en: 'RSA key of the terminal', body: record({ e: u32, n: hex(128) }) },
} as const satisfies Record<number, MessageKind>

/** Answers to what the platform asked: they are not answered in turn. */
export const ANSWERS: ReadonlySet<number> = new Set([0x0001, 0x0104, 0x0107, 0x0201, 0x0302, 0x0500, 0x0700, 0x0802, 0x0805, 0x1003, 0x1205])
