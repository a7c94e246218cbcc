// What JT/T 1078 (video) adds to JT/T 808.

import type { MessageKind } from './from-terminal.ts'
import { hex, list, record, sizedText, time, u16, u32, u8 } from './wire.ts'

const server = { server: sizedText(u8), tcpPort: u16, udpPort: u16 }
const span = { from: time, to: time }
const alarms = hex(8)
const kinds = { mediaType: u8, streamType: u8, storage: u8 }

export const VIDEO = {
  0x1003: {
    zh: '终端上传音视频属性',
    en: 'audio and video attributes',
    body: record({ audioCoding: u8, audioChannels: u8, audioRate: u8, audioBits: u8, audioFrameBytes: u16, audioOut: u8, videoCoding: u8, maxAudioChannels: u8, maxVideoChannels: u8 }),
  },
  0x1005: { zh: '终端上传乘客流量', en: 'passengers', body: record({ ...span, boarded: u16, left: u16 }) },
  0x1205: {
    zh: '终端上传音视频资源列表',
    en: 'recordings',
    body: record({ answers: u16, recordings: list(u32, record({ channel: u8, ...span, alarms, ...kinds, bytes: u32 })) }),
  },
  0x1206: { zh: '文件上传完成通知', en: 'upload done', body: record({ answers: u16, result: u8 }) },
  0x9101: { zh: '实时音视频传输请求', en: 'live video', body: record({ ...server, channel: u8, mediaType: u8, streamType: u8 }) },
  0x9102: { zh: '音视频实时传输控制', en: 'control of live video', body: record({ channel: u8, command: u8, close: u8, streamType: u8 }) },
  0x9105: { zh: '实时音视频传输状态通知', en: 'state of live video', body: record({ channel: u8, lossPercent: u8 }) },
  0x9201: { zh: '录像回放请求', en: 'replay', body: record({ ...server, channel: u8, ...kinds, mode: u8, speed: u8, ...span }) },
  0x9202: { zh: '录像回放控制', en: 'control of replay', body: record({ channel: u8, command: u8, speed: u8, at: time }) },
  0x9205: { zh: '查询资源列表', en: 'question for recordings', body: record({ channel: u8, ...span, alarms, ...kinds }) },
  0x9206: {
    zh: '文件上传指令',
    en: 'upload a recording',
    body: record({ server: sizedText(u8), port: u16, user: sizedText(u8), password: sizedText(u8), path: sizedText(u8), channel: u8, ...span, alarms, ...kinds, when: u8 }),
  },
  0x9207: { zh: '文件上传控制', en: 'control of an upload', body: record({ answers: u16, command: u8 }) },
  0x9301: { zh: '云台旋转', en: 'turn the camera', body: record({ channel: u8, direction: u8, speed: u8 }) },
  0x9302: { zh: '云台调整焦距控制', en: 'focus', body: record({ channel: u8, direction: u8 }) },
} as const satisfies Record<number, MessageKind>
