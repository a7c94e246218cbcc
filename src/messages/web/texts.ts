import type { Words } from '../../kernel/contract.ts'
import { CHANNELS } from '../rule.ts'

export const STATE_WORDS: Readonly<Record<string, Words>> = {
  waiting: { zh: '待发', en: 'Waiting' },
  gathering: { zh: '待汇总', en: 'Gathering' },
  sending: { zh: '发送中', en: 'Being sent' },
  sent: { zh: '已发', en: 'Sent' },
  dead: { zh: '失败', en: 'Dead' },
  held: { zh: '未设网关', en: 'Held, no gateway' },
  stopped: { zh: '已停止', en: 'Stopped' },
  gathered: { zh: '已汇总', en: 'In a digest' },
}

export const STATE_TAGS: Readonly<Record<string, string>> = { sent: 'green', dead: 'red', held: 'orange', waiting: 'brand', sending: 'brand', gathering: 'brand' }

export const CHANNEL_WORDS: Readonly<Record<string, Words>> = { ...CHANNELS, push: { zh: '系统推送', en: 'Push' } }

export const KIND_WORDS: Readonly<Record<string, Words>> = {
  sms: { zh: '短信网关（HTTP）', en: 'SMS gateway (HTTP)' },
  email: { zh: '邮件（SMTP）', en: 'E-mail (SMTP)' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  dingtalk: { zh: '钉钉机器人', en: 'DingTalk robot' },
}

export const UNIT_WORDS: Readonly<Record<string, Words>> = {
  urgent_hour: { zh: '紧急工作时', en: 'urgent hours' },
  work_hour: { zh: '工作时', en: 'working hours' },
  work_day: { zh: '工作日', en: 'working days' },
}
