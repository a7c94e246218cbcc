// What a platform says to a terminal. The same tables write what is sent and read what `chengyun jt808 decode` is shown.

import type { MessageKind } from './from-terminal.ts'
import { parameter } from './parameters.ts'
import { hex, hexRest, list, listRest, messageId, NOTHING, onBit, only2019, optional, parameterId, record, shown, since2019, sized, sizedText, text, textRest, time, u16, u32, u8 } from './wire.ts'

const answered = { answers: u16 }

const micro = shown(u32, (wire) => wire / 1e6, (value) => Math.round(value * 1e6))

// Areas: bit 0 of the attributes brings times, bit 1 a speed; 2019 adds a speed by night and a name.
const area = { areaId: u32, attributes: u16 }
const times = { from: onBit('attributes', 0, time), to: onBit('attributes', 0, time) }
const speed = { maxSpeedKmh: onBit('attributes', 1, u16), overspeedSeconds: onBit('attributes', 1, u8) }
const nightSpeed = { nightSpeedKmh: only2019(onBit('attributes', 1, u16)) }
const name = only2019(optional(sizedText(u16)))
const point = { lat: micro, lng: micro }

const circle = record({ ...area, ...point, radiusM: u32, ...times, ...speed, ...nightSpeed, name })
const box = record({ ...area, top: micro, left: micro, bottom: micro, right: micro, ...times, ...speed, ...nightSpeed, name })
const polygon = record({ ...area, ...times, ...speed, points: list(u16, record(point)), ...nightSpeed, name })

const turn = record({
  pointId: u32,
  segmentId: u32,
  ...point,
  widthM: u8,
  attributes: u8,
  longestSeconds: onBit('attributes', 0, u16),
  shortestSeconds: onBit('attributes', 0, u16),
  ...speed,
  ...nightSpeed,
})
const route = record({ routeId: u32, attributes: u16, ...times, turns: list(u16, turn), name })

export const FROM_PLATFORM = {
  0x8001: { zh: '平台通用应答', en: 'general answer of the platform', body: record({ ...answered, answersId: messageId, result: u8 }) },
  0x8003: { zh: '服务器补传分包请求', en: 'request for parts', body: record({ firstSerial: u16, parts: since2019(list(u8, u16), list(u16, u16)) }) },
  0x8100: { zh: '终端注册应答', en: 'answer to a registration', body: record({ ...answered, result: u8, code: textRest }) },
  0x8103: { zh: '设置终端参数', en: 'set parameters', body: record({ parameters: list(u8, parameter) }) },
  0x8104: { zh: '查询终端参数', en: 'question for all parameters', body: NOTHING },
  0x8105: { zh: '终端控制', en: 'control of the terminal', body: record({ command: u8, words: textRest }) },
  0x8106: { zh: '查询指定终端参数', en: 'question for some parameters', body: record({ parameters: list(u8, parameterId) }) },
  0x8107: { zh: '查询终端属性', en: 'question for attributes', body: NOTHING },
  0x8108: { zh: '下发终端升级包', en: 'upgrade', body: record({ type: u8, makerId: text(5), softwareVersion: sizedText(u8), data: sized(u32, hexRest) }) },
  0x8201: { zh: '位置信息查询', en: 'question for the position', body: NOTHING },
  0x8202: { zh: '临时位置跟踪控制', en: 'follow the position', body: record({ everySeconds: u16, forSeconds: optional(u32) }) },
  0x8203: { zh: '人工确认报警消息', en: 'alarm confirmed', body: record({ ...answered, alarmTypes: u32 }) },
  0x8300: { zh: '文本信息下发', en: 'text', body: record({ flags: u8, type: only2019(u8), text: textRest }) },
  0x8301: { zh: '事件设置', en: 'set events', body: record({ type: u8, events: optional(list(u8, record({ id: u8, text: sizedText(u8) }))) }) },
  0x8302: { zh: '提问下发', en: 'question', body: record({ flags: u8, question: sizedText(u8), answers: listRest(record({ id: u8, text: sizedText(u16) })) }) },
  0x8303: { zh: '信息点播菜单设置', en: 'set subscriptions', body: record({ type: u8, items: optional(list(u8, record({ type: u8, name: sizedText(u16) }))) }) },
  0x8304: { zh: '信息服务', en: 'information', body: record({ type: u8, text: sizedText(u16) }) },
  0x8400: { zh: '电话回拨', en: 'call back', body: record({ listenOnly: u8, phone: textRest }) },
  0x8401: { zh: '设置电话本', en: 'set the telephone book', body: record({ type: u8, contacts: optional(list(u8, record({ directions: u8, phone: sizedText(u8), name: sizedText(u8) }))) }) },
  0x8500: { zh: '车辆控制', en: 'control of the vehicle', body: since2019(record({ control: u8 }), record({ controls: hexRest })) },
  0x8600: { zh: '设置圆形区域', en: 'set round areas', body: record({ action: u8, areas: list(u8, circle) }) },
  0x8601: { zh: '删除圆形区域', en: 'delete round areas', body: record({ areaIds: list(u8, u32) }) },
  0x8602: { zh: '设置矩形区域', en: 'set rectangular areas', body: record({ action: u8, areas: list(u8, box) }) },
  0x8603: { zh: '删除矩形区域', en: 'delete rectangular areas', body: record({ areaIds: list(u8, u32) }) },
  0x8604: { zh: '设置多边形区域', en: 'set a polygon', body: polygon },
  0x8605: { zh: '删除多边形区域', en: 'delete polygons', body: record({ areaIds: list(u8, u32) }) },
  0x8606: { zh: '设置路线', en: 'set a route', body: route },
  0x8607: { zh: '删除路线', en: 'delete routes', body: record({ routeIds: list(u8, u32) }) },
  0x8608: { zh: '查询区域或线路数据', en: 'question for areas or routes', body: record({ type: u8, ids: list(u32, u32) }) },
  0x8702: { zh: '上报驾驶员身份信息请求', en: 'question for the driver', body: NOTHING },
  0x8800: { zh: '多媒体数据上传应答', en: 'answer to multimedia data', body: record({ mediaId: u32, missing: optional(list(u8, u16)) }) },
  0x8801: {
    zh: '摄像头立即拍摄命令',
    en: 'take pictures',
    body: record({ channel: u8, command: u16, everySeconds: u16, keep: u8, resolution: u8, quality: u8, brightness: u8, contrast: u8, saturation: u8, chroma: u8 }),
  },
  0x8802: { zh: '存储多媒体数据检索', en: 'search for multimedia', body: record({ type: u8, channel: u8, event: u8, from: time, to: time }) },
  0x8803: { zh: '存储多媒体数据上传命令', en: 'send multimedia', body: record({ type: u8, channel: u8, event: u8, from: time, to: time, delete: u8 }) },
  0x8804: { zh: '录音开始命令', en: 'record sound', body: record({ command: u8, seconds: u16, keep: u8, rate: u8 }) },
  0x8805: { zh: '单条存储多媒体数据检索上传命令', en: 'send one multimedia', body: record({ mediaId: u32, delete: u8 }) },
  0x8900: { zh: '数据下行透传', en: 'transparent data to the terminal', body: record({ type: u8, data: hexRest }) },
  0x8a00: { zh: '平台 RSA 公钥', en: 'RSA key of the platform', body: record({ e: u32, n: hex(128) }) },
} as const satisfies Record<number, MessageKind>
