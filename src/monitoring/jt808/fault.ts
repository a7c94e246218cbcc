import type { Words } from '../../kernel/index.ts'

/** What can be wrong with bytes that come in. */
export const FAULTS = {
  hex: { zh: '不是十六进制文本', en: 'not hexadecimal' },
  flag: { zh: '首尾缺少 7e 标识位，或中间夹有 7e', en: 'no flag 7e at both ends, or a flag in between' },
  escape: { zh: '7d 之后既非 01 也非 02', en: '7d is followed by neither 01 nor 02' },
  short: { zh: '不足一个消息头', en: 'shorter than a header' },
  long: { zh: '超过一帧的最大长度', en: 'longer than a frame can be' },
  checksum: { zh: '校验码不符', en: 'the check code does not fit' },
  length: { zh: '消息体长度与消息头所写不符', en: 'the body is not as long as the header says' },
  part: { zh: '分包序号不在总包数之内', en: 'the number of the part is not among its parts' },
  body: { zh: '消息体不足其应有的字段', en: 'the body ends before its fields do' },
} as const satisfies Record<string, Words>

export type FaultCode = keyof typeof FAULTS
