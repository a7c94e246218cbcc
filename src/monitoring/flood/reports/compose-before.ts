// 雨前快报 in words. Pure.

import { LEVELS } from '../../alarms/rule.ts'
import { REFUSALS } from '../response.ts'
import { SCENES } from '../settings.ts'
import { deskAt, deviceAt, levelAt, levelRun, NONE, sayLevels, sayShortly, sayTenth, truckAt, type Block, type Run, type Voice } from './brief.ts'
import { note, para, type Heading, type Parts } from './compose-parts.ts'
import type { BeforeFigures, Outlook } from './figures.ts'

const POINTS = 40
const DEVICES = 40

export function composeBefore(figures: BeforeFigures, at: string, voice: Voice, heading: Heading): Parts {
  return {
    first: [para(...foretold(figures, at, voice))],
    rest: [
      heading({ zh: '可能积水点位', en: 'Points likely to flood' }),
      ...sayPoints(figures, at, voice),
      heading({ zh: '监测设备', en: 'Devices' }),
      ...sayDevices(figures, at, voice),
      heading({ zh: '值守与抢险力量', en: 'Who and what is ready' }),
      ...sayReady(figures, voice),
    ],
  }
}

/** How many levels a point is to reach. */
export const reachedBy = ({ reaches }: Pick<Outlook, 'reaches'>): number => reaches.filter(({ minutes }) => minutes !== null).length

const likely = (points: readonly Outlook[]): Outlook[] => points.filter((point) => reachedBy(point) > 0)

function foretold({ expected, event, points }: BeforeFigures, at: string, voice: Voice): (Run | string)[] {
  const zh = voice.language === 'zh'
  const count = likely(points)
  const levels = sayLevels([1, 2, 3, 4].map((level) => count.filter((point) => reachedBy(point) === level).length), voice)
  const warning = expected && expected.warning > 0 ? LEVELS[expected.warning - 1]!.words[voice.language] : null
  const rain: (Run | string)[] = expected
    ? [zh ? `${warning ? `气象部门已发布暴雨${warning}预警，` : ''}预计 ${sayTenth(expected.hours)} 小时降雨 ${sayTenth(expected.mm)} 毫米。` : `${warning ? `The weather service has given a ${warning.toLowerCase()} warning of heavy rain; ` : ''}${sayTenth(expected.mm)} mm are expected within ${sayTenth(expected.hours)} h. `]
    : event
      ? [zh ? '目前正在降雨，平均 ' : 'It rains now, ', { text: zh ? `${event.mean} 毫米` : `${event.mean} mm`, href: deskAt(at) }, zh ? '。' : ' on average. ']
      : [zh ? '目前没有成场降雨，未填写预报雨量。' : 'It does not rain, and no expected rain was entered. ']
  const water =
    count.length === 0
      ? zh ? `按此推算，${points.length} 处积水点水位均不到蓝色。` : `By this none of ${points.length} flood points comes to blue.`
      : zh ? `按此推算，${points.length} 处积水点中 ${count.length} 处将达到蓝色及以上（${levels}）。` : `By this ${count.length} of ${points.length} flood points come to blue or above (${levels}).`
  return [...rain, water]
}

function sayPoints({ expected, points }: BeforeFigures, at: string, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  const listed = likely(points).slice(0, POINTS)
  const refused = points.filter((point) => point.refused !== null)
  const reasons = Object.entries(REFUSALS).flatMap(([reason, words]) => {
    const n = refused.filter((point) => point.refused === reason).length
    if (n === 0) return []
    // Where all have the same reason its count stands in the sentence already.
    return [n === refused.length ? words[voice.language] : `${words[voice.language]} ${n}`]
  })
  const how = expected
    ? zh
      ? '由各点位以往降雨过程率定的响应曲线推算：预报雨量按单峰过程分配，雨峰在历时的 2/5 处；时间自降雨开始起算。预报有误差，推算随之有误差。'
      : 'By the response of each point to its own past rain; the expected rain rises to one peak at two fifths of its time, and minutes count from its beginning. It errs as the forecast of the rain errs.'
    : zh
      ? '由各点位以往降雨过程率定的响应曲线与目前雨情推算今后 1 小时；时间自数据时刻起算。'
      : 'By the response of each point to its own past rain and what falls now, for an hour from the moment of the figures.'
  return [
    ...(listed.length === 0
      ? [para(zh ? '没有点位将达到蓝色水位。' : 'No point comes to blue.')]
      : [
          {
            kind: 'table' as const,
            name: zh ? '可能积水点位' : 'Points likely to flood',
            columns: [
              { head: zh ? '等级' : 'Level', share: 9 },
              { head: zh ? '点位' : 'Point', share: 27 },
              { head: zh ? '场景' : 'Scene', share: 15 },
              { head: zh ? '现水位，厘米' : 'Now, cm', share: 17, right: true },
              { head: zh ? '最高，厘米' : 'Peak, cm', share: 13, right: true },
              { head: zh ? '到蓝色 / 最高等级' : 'To blue / to its level', share: 21 },
            ],
            rows: listed.map((point) => [
              levelRun(reachedBy(point), voice),
              { text: point.name, href: deskAt(at, point.device) },
              { text: SCENES[point.scene][voice.language] },
              { text: point.silent ? NONE : sayTenth(point.level), href: point.silent ? deviceAt(point.device) : levelAt(point.device, point.at ?? at) },
              { text: sayTenth(point.peak?.value ?? null) },
              { text: sayReach(point, zh) },
            ]),
          },
        ]),
    note(how),
    ...(refused.length > 0 ? [note(zh ? `另有 ${refused.length} 处不作推算：${reasons.join('；')}。` : `Nothing is said of ${refused.length} points: ${reasons.join('; ')}.`)] : []),
  ]
}

function sayReach(point: Outlook, zh: boolean): string {
  const minutes = (reach: Outlook['reaches'][number] | undefined) => (!reach || reach.minutes === null ? NONE : reach.minutes === 0 ? (zh ? '已到' : 'there') : zh ? `${reach.minutes} 分` : `${reach.minutes} min`)
  const n = reachedBy(point)
  return n === 1 ? minutes(point.reaches[0]) : `${minutes(point.reaches[0])} / ${minutes(point.reaches[n - 1])}`
}

const UNWELL = { stopped: { zh: '停用', en: 'out of service' }, silent: { zh: '没有新读数', en: 'silent' } }

function sayDevices({ devices, unwell }: BeforeFigures, at: string, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  if (unwell.length === 0) return [para(zh ? `液位计与雨量站共 ${devices} 台，全部有新读数。` : `All ${devices} level and rain gauges report.`)]
  const silent = unwell.filter(({ state }) => state === 'silent').length
  return [
    para(zh ? `液位计与雨量站共 ${devices} 台，停用 ${unwell.length - silent} 台，没有新读数 ${silent} 台，降雨前应恢复。` : `Of ${devices} level and rain gauges ${unwell.length - silent} are out of service and ${silent} silent; they should be put right before the rain.`),
    {
      kind: 'table',
      name: zh ? '停用与静默设备' : 'Devices that do not report',
      columns: [
        { head: zh ? '设备' : 'Device', share: 26 },
        { head: zh ? '名称' : 'Name', share: 34 },
        { head: zh ? '状态' : 'State', share: 18 },
        { head: zh ? '最后读数' : 'Last reading', share: 22 },
      ],
      rows: unwell.slice(0, DEVICES).map(({ device, name, state, lastAt }) => [{ text: device, href: lastAt ? levelOrRain(device, lastAt) : deviceAt(device) }, { text: name }, { text: UNWELL[state][voice.language] }, { text: lastAt ? sayShortly(lastAt, voice) : NONE }]),
    },
    ...(unwell.length > DEVICES ? [note(zh ? `以上为前 ${DEVICES} 台。` : `The first ${DEVICES} of them.`)] : []),
  ]
}

const DAY_MS = 86_400_000
const levelOrRain = (device: string, at: string): string => `${deviceAt(device)}?${new URLSearchParams({ from: new Date(+new Date(at) - DAY_MS).toISOString(), to: new Date(+new Date(at) + DAY_MS).toISOString() }).toString()}`

const DOING = { moving: { zh: '行驶', en: 'moving' }, still: { zh: '停驻', en: 'standing' }, silent: { zh: '失联', en: 'silent' }, never: { zh: '未上线', en: 'never heard' } }

function sayReady({ trucks, staff, points }: BeforeFigures, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  const ready = trucks.filter(({ doing }) => doing === 'moving' || doing === 'still').length
  const roll = zh
    ? `防汛名册共 ${staff.people} 人（责任人 ${staff.responsible}、值守 ${staff.watch}、抢险 ${staff.crew}），覆盖积水点 ${staff.points} 处，未排人 ${Math.max(0, points.length - staff.points)} 处。`
    : `${staff.people} people are on the roll (${staff.responsible} responsible, ${staff.watch} on watch, ${staff.crew} crew) at ${staff.points} points; ${Math.max(0, points.length - staff.points)} have nobody.`
  if (trucks.length === 0) return [para(roll), para(zh ? '没有登记在用的防洪泵车。' : 'No pump truck is in service.')]
  return [
    para(roll, zh ? `防洪泵车 ${trucks.length} 辆，在线 ${ready} 辆。` : ` ${ready} of ${trucks.length} pump trucks are heard.`),
    {
      kind: 'table',
      name: zh ? '防洪泵车' : 'Pump trucks',
      columns: [
        { head: zh ? '车辆' : 'Truck', share: 30 },
        { head: zh ? '号牌' : 'Plate', share: 20 },
        { head: zh ? '驾驶员' : 'Driver', share: 16 },
        { head: zh ? '状态' : 'State', share: 14 },
        { head: zh ? '最后定位' : 'Last heard', share: 20 },
      ],
      rows: trucks.map(({ code, name, plate, driver, doing, at }) => [{ text: name, href: truckAt(code) }, { text: plate }, { text: driver || NONE }, { text: DOING[doing][voice.language] }, { text: at ? sayShortly(at, voice) : NONE }]),
    },
  ]
}
