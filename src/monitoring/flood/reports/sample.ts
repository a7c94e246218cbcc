// Reports with figures of one made evening, for the tests of what they say and how they are written.

import type { ReportShown } from './contract.ts'
import type { AfterFigures, BeforeFigures, DuringFigures, Figures } from './figures.ts'

const BEGAN = '2026-07-18T10:05:00.000Z'
const ENDED = '2026-07-18T13:10:00.000Z'
const AT = '2026-07-18T12:32:00.000Z'
const LEVELS = [10, 15, 27, 40]
const minutes = (from: string, n: number): string => new Date(+new Date(from) + n * 60_000).toISOString()

const event = {
  beganAt: BEGAN,
  endedAt: null,
  gauges: 2,
  mean: 31.4,
  most: { device: 'RG-1', name: '北站雨量站', total: 48.6 },
  most5: 9.1,
  most60: 40.2,
  most1440: 48.6,
  rarity: { years: 2.4, minutes: 60, device: 'RG-1', name: '北站雨量站' },
}
const stations = [
  { device: 'RG-1', name: '北站雨量站', total: 48.6, most5: 9.1, most60: 40.2, years: 2.4 },
  { device: 'RG-2', name: '南站雨量站', total: 14.2, most5: 2.2, most60: 9.8, years: null },
]
const rain: [number, number][] = Array.from({ length: 37 }, (_, i) => [+new Date(minutes(BEGAN, 5 * (i + 1))), Math.max(0, 6 - Math.abs(i - 16) / 2)])
const course: [number, number][] = Array.from({ length: 36 }, (_, i) => [+new Date(minutes(AT, 5 * (i - 35))), Math.max(2, 45 - 2.2 * (35 - i))])
const point = { device: 'WL-1', name: '中关村北大街下穿通道', scene: 'vehicle-underpass', levels: LEVELS } as const
const alarms = {
  total: 1,
  levels: [0, 0, 0, 1],
  listed: [
    {
      district: '999902', id: '019f0000-0000-7000-8000-000000000001', device: 'WL-1', name: point.name, rule: { zh: '积水深度超限', en: 'Water too deep' }, level: 4, peak: 4, worst: 45, unit: 'cm',
      raisedAt: minutes(BEGAN, 90), clearedAt: null, acknowledgedAt: null, caseNumber: '99990220260718000001',
    },
  ],
}
const cases = {
  total: 1,
  closed: 0,
  overdue: 1,
  listed: [
    {
      number: '99990220260718000001', category: { zh: '道路积水', en: 'Water on the road' }, place: { zh: '清河区', en: 'Qinghe' }, state: { zh: '处置中', en: 'In disposal' }, unit: { zh: '排水公司', en: 'Drainage company' },
      reportedAt: minutes(BEGAN, 91), dueAt: minutes(BEGAN, 121), endedAt: null, overdue: true,
    },
  ],
}
const command = {
  calls: [
    { id: 'c1', point: 'WL-1', pointName: point.name, who: '赵海', unit: { zh: '排水公司', en: 'Drainage company' }, at: minutes(BEGAN, 92), received: { at: minutes(BEGAN, 93), how: 'clicked' as const }, arrived: { at: minutes(BEGAN, 107), how: 'measured' as const } },
  ],
  orders: [
    {
      id: 'o1', point: 'WL-1', pointName: point.name, who: '移动泵车 1 号', unit: null, at: minutes(BEGAN, 95), received: { at: minutes(BEGAN, 96), how: 'measured' as const }, arrived: { at: minutes(BEGAN, 118), how: 'measured' as const },
      words: '到场抽排', done: null, cancelled: false, profile: '103060', dueAt: minutes(BEGAN, 155), overdue: false,
    },
  ],
  more: false,
}

export const BEFORE: BeforeFigures = {
  kind: 'before',
  expected: { mm: 60, hours: 3, warning: 3 },
  event: null,
  points: [
    { ...point, level: 1.2, at: AT, silent: false, state: 0, refused: null, peak: { minutes: 85, value: 33.1 }, reaches: LEVELS.map((limit, i) => ({ limit, minutes: [55, 62, 78, null][i]!, soonest: null, latest: null })) },
    { ...point, device: 'WL-2', name: '西苑低洼地段', scene: 'low-ground', level: null, at: null, silent: true, state: 0, refused: 'never-rose', peak: null, reaches: [] },
  ],
  devices: 4,
  unwell: [{ device: 'WL-2', name: '西苑低洼地段', state: 'silent', lastAt: minutes(AT, -600) }],
  trucks: [{ code: 'V-P1', name: '移动泵车 1 号', plate: '晋A12345', driver: '李行', doing: 'still', at: AT }],
  staff: { people: 5, points: 1, responsible: 1, watch: 2, crew: 2 },
}
export const DURING: DuringFigures = {
  kind: 'during',
  event,
  stations: stations.map((station, i) => ({ ...station, now: [3.1, 0.4][i]!, hour: [28.8, 6.1][i]!, silent: false })),
  rain,
  points: [
    { ...point, level: 45, at: AT, silent: false, state: 4, trend: 6.2, course },
    { ...point, device: 'WL-2', name: '西苑低洼地段', scene: 'low-ground', level: 3, at: AT, silent: false, state: 0, trend: 0, course: [] },
  ],
  alarms,
  cases,
  command,
}
export const AFTER: AfterFigures = {
  kind: 'after',
  event: { ...event, endedAt: ENDED },
  until: minutes(ENDED, 180),
  stations,
  rain,
  points: [{ ...point, peak: 52.3, peakAt: minutes(AT, 15), above: [95, 80, 55, 30], state: 4, course }],
  unknown: 1,
  alarms: { ...alarms, listed: alarms.listed.map((alarm) => ({ ...alarm, level: 0, clearedAt: minutes(ENDED, 60) })) },
  cases: { ...cases, closed: 1, listed: cases.listed.map((one) => ({ ...one, endedAt: minutes(ENDED, 90) })) },
  command,
  foretold: [
    { device: 'WL-1', name: point.name, limit: 40, reachedAt: minutes(BEGAN, 130), foretoldAt: minutes(BEGAN, 105) },
    { device: 'WL-2', name: '西苑低洼地段', limit: 10, reachedAt: null, foretoldAt: minutes(BEGAN, 100) },
  ],
  learned: 0,
}

export const reportOf = (figures: Figures, over: Partial<ReportShown> = {}): ReportShown => ({
  id: '019f0000-0000-7000-8000-00000000000a',
  kind: figures.kind,
  region: '9999',
  regionName: { zh: '样例市', en: 'Sample City' },
  year: 2026,
  number: null,
  at: AT,
  title: '',
  made: { at: AT, by: '王敏' },
  issued: null,
  revision: 1,
  form: 1,
  texts: { title: '', lead: '', close: '' },
  figures,
  ...over,
})
