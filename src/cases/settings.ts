// Numbers of a case's life that a city may set.

import { setting } from '../registry/index.ts'
import type { FloodKind } from './gate/report-through-gate.ts'

const metres = { zh: '米', en: 'metres' }

export const alikeMetres = setting({
  code: 'cases.alike-metres',
  words: { zh: '疑似重复：距离', en: 'Suspected duplicates: distance' },
  means: { zh: '在此距离内的案件才比较是否同一事件', en: 'Only cases within this distance are compared as the same incident' },
  unit: metres,
  shipped: 50,
  least: 10,
  most: 200,
})

export const alikeHours = setting({
  code: 'cases.alike-hours',
  words: { zh: '疑似重复：时间', en: 'Suspected duplicates: time' },
  means: { zh: '前后相差不超过此时间的案件才比较是否同一事件', en: 'Only cases reported within this time of each other are compared' },
  unit: { zh: '小时', en: 'hours' },
  shipped: 24,
  least: 1,
  most: 168,
})

export const geofenceMetres = setting({
  code: 'cases.geofence-metres',
  words: { zh: '应急响应：到达半径', en: 'Emergency response: radius of arrival' },
  means: { zh: '进入此半径即判定到达现场', en: 'Within this radius a responder counts as arrived' },
  unit: metres,
  shipped: 50,
  least: 20,
  most: 500,
})

/** Over how long reports are counted, in minutes. */
export const FLOOD_MINUTES: Readonly<Record<FloodKind, number>> = { address: 10, phone: 60, system: 10, text: 60 }

const flood = (kind: FloodKind, zh: string, en: string, shipped: number) =>
  setting({
    code: `cases.flood-${kind}`,
    words: { zh: `防刷：${zh}`, en: `Floods: ${en}` },
    means: { zh: '超过的来件转入待甄别，不进入受理待办', en: 'What comes beyond it waits to be sifted and does not reach the desk' },
    unit: { zh: `件 / ${FLOOD_MINUTES[kind]} 分钟`, en: `reports in ${FLOOD_MINUTES[kind]} minutes` },
    shipped,
    least: 1,
    most: 100_000,
  })

/** A street full of citizens behind one mobile gateway stays below; whoever tells of one thing to all their friends, too. */
export const FLOOD_LIMITS = {
  address: flood('address', '同一网络地址', 'one network address', 30),
  phone: flood('phone', '同一电话号码', 'one telephone number', 10),
  system: flood('system', '同一外部系统', 'one other system', 600),
  text: flood('text', '完全相同的内容', 'the very same words', 20),
}
