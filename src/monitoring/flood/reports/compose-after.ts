// 雨后快报 in words. Pure.

import { countStates, deskAt, levelAt, levelRun, NONE, readingsOf, sayDay, sayLength, sayLevels, sayShortly, sayTenth, sayYears, wetStations, type Block, type Run, type Voice } from './brief.ts'
import { note, para, sayAlarms, sayCases, sayCommand, sayMinutes, type Heading, type Parts } from './compose-parts.ts'
import type { AfterFigures, Foretold } from './figures.ts'

const STATIONS = 30
const POINTS = 40

export function composeAfter(figures: AfterFigures, _at: string, voice: Voice, heading: Heading): Parts {
  const { alarms, cases, command, until } = figures
  return {
    first: [para(...inShort(figures, voice))],
    rest: [
      heading({ zh: '降雨过程', en: 'The rain' }),
      ...sayRain(figures, voice),
      heading({ zh: '积水过程', en: 'The water' }),
      ...sayWater(figures, voice),
      heading({ zh: '告警', en: 'Alarms' }),
      ...sayAlarms(alarms, voice, true),
      heading({ zh: '案件处置', en: 'Cases' }),
      ...sayCases(cases, voice),
      heading({ zh: '叫应与指令', en: 'Call-ups and orders' }),
      ...sayCommand(command, until, voice),
      heading({ zh: '预测与实际', en: 'What was foretold' }),
      ...sayForetold(figures, voice),
    ],
  }
}

/** When its last rain fell. */
const endOf = ({ event, rain, until }: Pick<AfterFigures, 'event' | 'rain' | 'until'>): string => event.endedAt ?? new Date(rain.at(-1)?.[0] ?? until).toISOString()

/** The moment in the middle of it, for the desk. */
const middleOf = (beganAt: string, end: string): string => new Date((+new Date(beganAt) + +new Date(end)) / 2).toISOString()

function inShort(figures: AfterFigures, voice: Voice): (Run | string)[] {
  const { event, points, alarms, cases } = figures
  const zh = voice.language === 'zh'
  const end = endOf(figures)
  const states = countStates(points)
  const count = states.reduce((sum, n) => sum + n, 0)
  const [worst] = points
  const most: Run = { text: zh ? `${event.most.total} 毫米` : `${event.most.total} mm`, href: readingsOf(event.most.device, 'rain', event.beganAt, end) }
  const mean: Run = { text: zh ? `${event.mean} 毫米` : `${event.mean} mm`, href: deskAt(middleOf(event.beganAt, end)) }
  const open = event.endedAt === null ? (zh ? '雨已停，本场降雨尚未判定结束，以下取至生成时刻。' : 'The rain has stopped but is not judged to be over; what follows is up to the moment of this report. ') : ''
  const rare = event.rarity ? (zh ? `，重现期${event.rarity.years >= 200 ? '' : ' '}${sayYears(event.rarity.years, voice)}（${event.rarity.name}，${event.rarity.minutes} 分钟）` : `; such rain falls ${sayYears(event.rarity.years, voice)} (${event.rarity.name}, ${event.rarity.minutes} min)`) : ''
  const rain: (Run | string)[] = zh
    ? [`本场降雨 ${sayDay(event.beganAt, voice)} 开始，${sayDay(end, voice)} 结束，历时 ${sayLength(+new Date(end) - +new Date(event.beganAt), voice)}；平均 `, mean, `，最大${event.most.name} `, most, `，最大 1 小时 ${event.most60} 毫米${rare}。${open}`]
    : [`It rained from ${sayDay(event.beganAt, voice)} to ${sayDay(end, voice)}, for ${sayLength(+new Date(end) - +new Date(event.beganAt), voice)}: `, mean, ` on average, the most at ${event.most.name}: `, most, `, ${event.most60} mm in its wettest hour${rare}. ${open}`]
  const water: (Run | string)[] =
    count === 0 || !worst
      ? [zh ? '各积水点水位均未到蓝色。' : 'No flood point came to blue. ']
      : zh
        ? [`积水 ${count} 处（${sayLevels(states, voice)}），最深${worst.name} `, { text: `${sayTenth(worst.peak)} 厘米`, href: levelAt(worst.device, worst.peakAt) }, '。']
        : [`Water stood at ${count} point${count > 1 ? 's' : ''} (${sayLevels(states, voice)}), the deepest ${worst.name}: `, { text: `${sayTenth(worst.peak)} cm`, href: levelAt(worst.device, worst.peakAt) }, '. ']
  const done = zh ? `共告警 ${alarms.total} 条，转立案件 ${cases.total} 件，已办结 ${cases.closed} 件，超时 ${cases.overdue} 件。` : `Alarms: ${alarms.total}; cases of them: ${cases.total}, ${cases.closed} over, ${cases.overdue} late.`
  return [...rain, ...water, done]
}

function sayRain(figures: AfterFigures, voice: Voice): Block[] {
  const { event, stations, rain } = figures
  const zh = voice.language === 'zh'
  const end = endOf(figures)
  const wet = wetStations(stations, STATIONS)
  return [
    { kind: 'pictures', pictures: [{ caption: zh ? '全市平均雨量，毫米/5 分钟' : 'Mean rain, mm in 5 minutes', href: deskAt(middleOf(event.beganAt, end)), picture: { kind: 'rain', bars: rain, zone: voice.zone } }] },
    {
      kind: 'table',
      name: zh ? '各站雨量，毫米' : 'Rain by gauge, mm',
      columns: [
        { head: zh ? '雨量站' : 'Gauge', share: 34 },
        { head: zh ? '累计' : 'Total', share: 14, right: true },
        { head: zh ? '最大 5 分钟' : 'Most in 5 min', share: 16, right: true },
        { head: zh ? '最大 1 小时' : 'Most in 1 h', share: 16, right: true },
        { head: zh ? '重现期' : 'Return period', share: 20 },
      ],
      rows: wet.map((station) => [
        { text: station.name, href: readingsOf(station.device, 'rain', event.beganAt, end) },
        { text: String(station.total), href: readingsOf(station.device, 'rain', event.beganAt, end) },
        { text: String(station.most5) },
        { text: String(station.most60) },
        { text: sayYears(station.years, voice) },
      ]),
    },
    note(zh ? `有记录的雨量站共 ${stations.length} 个，列出 ${wet.length} 个。重现期按本市暴雨强度公式，取 5 分钟至 3 小时中最稀遇者。` : `${wet.length} of ${stations.length} gauges that reported. Return periods are by the storm formula of the city, the rarest of its durations.`),
  ]
}

function sayWater({ points, unknown, until }: AfterFigures, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  const high = points.filter(({ state }) => state > 0)
  const tail = zh
    ? `有读数的积水点 ${points.length} 处，未到蓝色 ${points.length - high.length} 处${unknown > 0 ? `；${unknown} 处全程没有读数` : ''}。水位跟踪至 ${sayDay(until, voice)}；超限时间以 5 分钟计。`
    : `${points.length} points reported, ${points.length - high.length} stayed below blue${unknown > 0 ? `; ${unknown} never reported` : ''}. Followed to ${sayDay(until, voice)}; times are in steps of 5 minutes.`
  if (high.length === 0) return [para(tail)]
  const drawn = high.filter(({ course }) => course.length > 1)
  return [
    {
      kind: 'table',
      name: zh ? '积水点水位' : 'Water at flood points',
      columns: [
        { head: zh ? '最高等级' : 'Level', share: 12 },
        { head: zh ? '点位' : 'Point', share: 27 },
        { head: zh ? '最高，厘米' : 'Peak, cm', share: 17, right: true },
        { head: zh ? '时间' : 'At', share: 16 },
        { head: zh ? '蓝色以上' : 'Above blue', share: 16 },
        { head: zh ? '该等级以上' : 'At that level', share: 16 },
      ],
      rows: high.slice(0, POINTS).map((point) => [
        levelRun(point.state, voice),
        { text: point.name, href: deskAt(point.peakAt, point.device) },
        { text: sayTenth(point.peak), href: levelAt(point.device, point.peakAt) },
        { text: sayShortly(point.peakAt, voice) },
        { text: sayMinutes(point.above[0]!, voice) },
        { text: sayMinutes(point.above[point.state - 1]!, voice) },
      ]),
    },
    note(high.length > POINTS ? `${tail}${zh ? `列出最重的 ${POINTS} 处。` : ` The worst ${POINTS} are listed.`}` : tail),
    ...(drawn.length === 0
      ? []
      : [{ kind: 'pictures' as const, pictures: drawn.map((point) => ({ caption: `${point.name}${zh ? '，厘米' : ', cm'}`, href: levelAt(point.device, point.peakAt), picture: { kind: 'water' as const, course: point.course, levels: point.levels, zone: voice.zone } })) }]),
  ]
}

const MINUTE_MS = 60_000
/** Minutes between the first word of the forecast and the level itself. */
export const leadOf = ({ reachedAt, foretoldAt }: Foretold): number | null => (reachedAt === null || foretoldAt === null ? null : (+new Date(reachedAt) - +new Date(foretoldAt)) / MINUTE_MS)

function sayForetold({ foretold, learned }: AfterFigures, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  if (foretold.length === 0) return [para(zh ? '没有点位达到蓝色，预测也未报出。' : 'No point came to blue, and none was foretold to.')]
  const leads = foretold.flatMap((one) => leadOf(one) ?? []).toSorted((a, b) => a - b)
  const missed = foretold.filter(({ foretoldAt }) => foretoldAt === null).length
  const vain = foretold.filter(({ reachedAt }) => reachedAt === null).length
  const median = leads.length === 0 ? null : leads[Math.floor((leads.length - 1) / 2)]!
  const said = zh
    ? `达到各自最高等级前 1 小时内，预测报出 ${leads.length} 处${median === null ? '' : `，提前量中位 ${median} 分钟，最短 ${leads[0]} 分钟`}；漏报 ${missed} 处，空报 ${vain} 处。`
    : `Within the hour before, ${leads.length} points were foretold to come to their level${median === null ? '' : `, ${median} minutes before in the median, ${leads[0]} at the least`}; ${missed} were missed, ${vain} foretold in vain.`
  const rests =
    learned > 0
      ? zh
        ? `其中 ${learned} 处的率定已含本场降雨，提前量偏乐观。`
        : `At ${learned} of them the forecast had learned from this rain when it was tried on it: their leads are flattered.`
      : zh
        ? '以降雨前的率定逐 5 分钟重算。'
        : 'Reckoned anew for every five minutes by what was learned before this rain.'
  return [
    para(said),
    {
      kind: 'table',
      name: zh ? '预测与实际' : 'Foretold and happened',
      columns: [
        { head: zh ? '点位' : 'Point', share: 36 },
        { head: zh ? '水位，厘米' : 'Level, cm', share: 14, right: true },
        { head: zh ? '首次预测' : 'Foretold at', share: 18 },
        { head: zh ? '实际到达' : 'Reached at', share: 18 },
        { head: zh ? '提前量' : 'Lead', share: 18 },
      ],
      rows: foretold.slice(0, POINTS).map((one) => {
        const lead = leadOf(one)
        return [
          { text: one.name, href: deskAt(one.foretoldAt ?? one.reachedAt!, one.device) },
          { text: String(one.limit) },
          { text: one.foretoldAt ? sayShortly(one.foretoldAt, voice) : NONE },
          one.reachedAt ? { text: sayShortly(one.reachedAt, voice), href: levelAt(one.device, one.reachedAt) } : { text: NONE },
          { text: lead === null ? (one.reachedAt === null ? (zh ? '空报' : 'in vain') : zh ? '漏报' : 'missed') : zh ? `${lead} 分钟` : `${lead} min` },
        ]
      }),
    },
    note(rests),
  ]
}
