// 雨中快报 in words. Pure.

import { countStates, deskAt, levelAt, levelRun, NONE, readingsOf, sayDay, sayLength, sayLevels, sayShortly, sayTenth, sayYears, wetStations, type Block, type Run, type Voice } from './brief.ts'
import { note, para, sayAlarms, sayCases, sayCommand, type Heading, type Parts } from './compose-parts.ts'
import type { DuringFigures } from './figures.ts'

const STATIONS = 20
const POINTS = 30
const HOUR_MS = 3_600_000

export function composeDuring(figures: DuringFigures, at: string, voice: Voice, heading: Heading): Parts {
  const { alarms, cases, command } = figures
  return {
    first: [para(...inShort(figures, at, voice))],
    rest: [
      heading({ zh: '雨情', en: 'Rain' }),
      ...sayRain(figures, at, voice),
      heading({ zh: '水情', en: 'Water' }),
      ...sayWater(figures, at, voice),
      heading({ zh: '告警', en: 'Alarms' }),
      ...sayAlarms(alarms, voice, false),
      heading({ zh: '案件处置', en: 'Cases' }),
      ...sayCases(cases, voice),
      heading({ zh: '叫应与指令', en: 'Call-ups and orders' }),
      ...sayCommand(command, at, voice),
    ],
  }
}

/** The whole report in four sentences. */
function inShort({ event, points, alarms, cases }: DuringFigures, at: string, voice: Voice): (Run | string)[] {
  const zh = voice.language === 'zh'
  const states = countStates(points)
  const count = states.reduce((sum, n) => sum + n, 0)
  const [worst] = points
  const rain: (Run | string)[] = event
    ? zh
      ? [`本场降雨自 ${sayDay(event.beganAt, voice)} 开始，至 ${sayDay(at, voice)} 历时 ${sayLength(+new Date(at) - +new Date(event.beganAt), voice)}；平均 `, { text: `${event.mean} 毫米`, href: deskAt(at) }, `，最大${event.most.name} `, total(event.most, event.beganAt, at, zh), '。']
      : [`It has rained since ${sayDay(event.beganAt, voice)}, for ${sayLength(+new Date(at) - +new Date(event.beganAt), voice)}; `, { text: `${event.mean} mm`, href: deskAt(at) }, ` on average, the most at ${event.most.name}: `, total(event.most, event.beganAt, at, zh), '. ']
    : [zh ? '目前没有成场降雨。' : 'There is no rain to speak of. ']
  const water: (Run | string)[] =
    count === 0 || !worst
      ? [zh ? '各积水点水位均在蓝色以下。' : 'All flood points are below blue. ']
      : zh
        ? [`积水 ${count} 处（${sayLevels(states, voice)}），最重${worst.name} `, { text: `${sayTenth(worst.level)} 厘米`, href: levelAt(worst.device, worst.at ?? at) }, '。']
        : [`Water at ${count} point${count > 1 ? 's' : ''} (${sayLevels(states, voice)}), the worst ${worst.name}: `, { text: `${sayTenth(worst.level)} cm`, href: levelAt(worst.device, worst.at ?? at) }, '. ']
  const done = zh ? `正在告警 ${alarms.total} 条，转立案件 ${cases.total} 件，已办结 ${cases.closed} 件，超时 ${cases.overdue} 件。` : `Alarms that ring: ${alarms.total}; cases: ${cases.total}, ${cases.closed} over, ${cases.overdue} late.`
  return [...rain, ...water, done]
}

const total = ({ device, total: mm }: { device: string; total: number }, from: string, to: string, zh: boolean): Run => ({ text: zh ? `${mm} 毫米` : `${mm} mm`, href: readingsOf(device, 'rain', from, to) })

function sayRain({ event, stations, rain }: DuringFigures, at: string, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  const from = event?.beganAt ?? new Date(+new Date(at) - 24 * HOUR_MS).toISOString()
  const wet = wetStations(stations, STATIONS)
  const silent = stations.filter((station) => station.silent).length
  const pictures: Block[] =
    rain.some(([, mm]) => mm > 0) ? [{ kind: 'pictures', pictures: [{ caption: zh ? '全市平均雨量，毫米/5 分钟' : 'Mean rain, mm in 5 minutes', href: deskAt(at), picture: { kind: 'rain', bars: rain, zone: voice.zone } }] }] : []
  if (wet.length === 0) return [para(zh ? `${stations.length} 个雨量站${event ? '本场降雨' : '24 小时内'}均无雨。` : `None of ${stations.length} gauges has had rain.`)]
  const since = event ? { zh: '本场累计', en: 'Since it began' } : { zh: '24 小时', en: '24 h' }
  return [
    ...pictures,
    {
      kind: 'table',
      name: zh ? '各站雨量，毫米' : 'Rain by gauge, mm',
      columns: [
        { head: zh ? '雨量站' : 'Gauge', share: 30 },
        { head: zh ? '5 分钟' : '5 min', share: 12, right: true },
        { head: zh ? '1 小时' : '1 h', share: 12, right: true },
        { head: since[voice.language], share: 16, right: true },
        { head: zh ? '最大 1 小时' : 'Most in 1 h', share: 15, right: true },
        { head: zh ? '重现期' : 'Return period', share: 19 },
      ],
      rows: wet.map((station) => [
        { text: station.name, href: readingsOf(station.device, 'rain', from, at) },
        { text: station.silent ? NONE : String(station.now) },
        { text: station.silent ? NONE : String(station.hour) },
        { text: String(station.total), href: readingsOf(station.device, 'rain', from, at) },
        { text: String(station.most60) },
        { text: sayYears(station.years, voice) },
      ]),
    },
    note(rest(stations.length, wet.length, silent, zh)),
  ]
}

const rest = (all: number, shown: number, silent: number, zh: boolean): string =>
  zh
    ? `雨量站共 ${all} 个，列出 ${shown} 个${silent > 0 ? `，${silent} 个没有新读数` : ''}。重现期按本市暴雨强度公式，取 5 分钟至 3 小时中最稀遇者。`
    : `${shown} of ${all} gauges${silent > 0 ? `, ${silent} of them silent` : ''}. Return periods are by the storm formula of the city, the rarest of its durations.`

function sayWater({ points }: DuringFigures, at: string, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  const high = points.filter(({ state }) => state > 0)
  const silent = points.filter((point) => point.silent).length
  const tail = zh
    ? `积水点共 ${points.length} 处，蓝色以下 ${points.length - high.length - silent} 处${silent > 0 ? `，没有新读数 ${silent} 处` : ''}。`
    : `${points.length} flood points, ${points.length - high.length - silent} below blue${silent > 0 ? `, ${silent} silent` : ''}.`
  if (high.length === 0) return [para(tail)]
  const drawn = high.filter(({ course }) => course.length > 1)
  return [
    {
      kind: 'table',
      name: zh ? '积水点水位' : 'Water at flood points',
      columns: [
        { head: zh ? '等级' : 'Level', share: 10 },
        { head: zh ? '点位' : 'Point', share: 34 },
        { head: zh ? '水位，厘米' : 'cm', share: 16, right: true },
        { head: zh ? '10 分钟变化' : 'In 10 min', share: 18, right: true },
        { head: zh ? '读数时间' : 'Read at', share: 22 },
      ],
      rows: high.slice(0, POINTS).map((point) => [
        levelRun(point.state, voice),
        { text: point.name, href: deskAt(at, point.device) },
        { text: sayTenth(point.level), href: levelAt(point.device, point.at ?? at) },
        { text: point.trend === null ? NONE : `${point.trend > 0 ? '+' : point.trend < 0 ? '−' : ''}${Math.abs(point.trend)}` },
        { text: point.at ? sayShortly(point.at, voice) : NONE },
      ]),
    },
    note(high.length > POINTS ? `${tail}${zh ? `列出最重的 ${POINTS} 处。` : ` The worst ${POINTS} are listed.`}` : tail),
    ...(drawn.length === 0
      ? []
      : [{ kind: 'pictures' as const, pictures: drawn.map((point) => ({ caption: `${point.name}${zh ? '，厘米' : ', cm'}`, href: levelAt(point.device, point.at ?? at), picture: { kind: 'water' as const, course: point.course, levels: point.levels, zone: voice.zone } })) }]),
  ]
}
