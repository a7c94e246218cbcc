// Tables that reports share: alarms, cases, call-ups and orders. Pure.

import type { Words } from '../../../kernel/contract.ts'
import { alarmAt, caseAt, deskAt, levelRun, NONE, sayLength, sayLevels, sayShortly, type Block, type Run, type Voice } from './brief.ts'
import { sayUnit } from '../../units.ts'
import type { Alarm, Called, CaseSaid, Command, DuringFigures, Ordered } from './figures.ts'

export type Heading = (words: Words) => Block

/** What stands with the author's first text, and what follows it. */
export interface Parts {
  readonly first: Block[]
  readonly rest: Block[]
}

export const para = (...runs: (Run | string)[]): Block => ({ kind: 'para', runs: runs.map((run) => (typeof run === 'string' ? { text: run } : run)) })
export const note = (text: string): Block => ({ kind: 'note', text })

export const more = (listed: number, total: number, { language }: Voice): Block[] =>
  total > listed ? [note(language === 'zh' ? `以上为前 ${listed} 条，共 ${total} 条。` : `The first ${listed} of ${total}.`)] : []

const MINUTE_MS = 60_000
const between = (from: string, to: string): number => +new Date(to) - +new Date(from)

/** Seconds below a minute, whole minutes above: an answer within seconds is what a call-up is for. */
function sayTook(ms: number, { language }: Voice): string {
  const zh = language === 'zh'
  if (ms < MINUTE_MS) return `${Math.round(ms / 1000)} ${zh ? '秒' : 's'}`
  return `${Math.round(ms / MINUTE_MS)} ${zh ? '分' : 'min'}`
}

export function sayAlarms({ total, levels, listed }: DuringFigures['alarms'], voice: Voice, over: boolean): Block[] {
  const zh = voice.language === 'zh'
  if (total === 0) return [para(zh ? (over ? '本场降雨没有积水点与雨量站告警。' : '目前没有积水点与雨量站告警。') : over ? 'No flood point or gauge raised an alarm in this rain.' : 'No flood point or gauge rings.')]
  const said = zh ? `${over ? '共告警' : '正在告警'} ${total} 条：${sayLevels(levels, voice)}。` : `${total} alarm${total > 1 ? 's' : ''} ${over ? 'in all' : 'ring now'}: ${sayLevels(levels, voice)}.`
  return [
    para(said),
    {
      kind: 'table',
      name: zh ? '告警' : 'Alarms',
      columns: [
        { head: zh ? '等级' : 'Level', share: 9 },
        { head: zh ? '点位' : 'Where', share: 27 },
        { head: zh ? '告警' : 'Alarm', share: 22 },
        { head: zh ? '升级时' : 'As it rose', share: 14, right: true },
        { head: zh ? '时间' : 'Raised', share: 16 },
        { head: over ? (zh ? '解除' : 'Cleared') : zh ? '处理' : 'State', share: 16 },
      ],
      rows: listed.map((alarm) => [
        levelRun(over ? alarm.peak : alarm.level, voice),
        { text: alarm.name, href: alarmAt(alarm) },
        { text: alarm.rule[voice.language] },
        { text: `${alarm.worst} ${sayUnit(alarm.unit, voice.language)}`.trim() },
        { text: sayShortly(alarm.raisedAt, voice) },
        { text: over ? (alarm.clearedAt ? sayShortly(alarm.clearedAt, voice) : zh ? '未解除' : 'rings still') : attended(alarm, zh) },
      ]),
    },
    ...more(listed.length, total, voice),
  ]
}

const attended = ({ caseNumber, acknowledgedAt }: Alarm, zh: boolean): string => {
  if (caseNumber) return zh ? '已转案件' : 'a case'
  if (acknowledgedAt) return zh ? '已确认' : 'acknowledged'
  return zh ? '未确认' : 'not attended'
}

export function sayCases({ total, closed, overdue, listed }: DuringFigures['cases'], voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  if (total === 0) return [para(zh ? '没有由告警转立的案件。' : 'No alarm became a case.')]
  return [
    para(zh ? `由告警转立案件 ${total} 件，已办结 ${closed} 件，在办 ${total - closed} 件，超时 ${overdue} 件。` : `${total} case${total > 1 ? 's' : ''} came of alarms: ${closed} over, ${total - closed} open, ${overdue} late.`),
    {
      kind: 'table',
      name: zh ? '案件' : 'Cases',
      columns: [
        { head: zh ? '案号' : 'Number', share: 31 },
        { head: zh ? '类别' : 'Category', share: 15 },
        { head: zh ? '处置单位' : 'Unit', share: 18 },
        { head: zh ? '环节' : 'Stage', share: 11 },
        { head: zh ? '处置截止' : 'Due', share: 15 },
        { head: zh ? '时限' : 'In time', share: 10 },
      ],
      rows: listed.map((one) => [
        { text: one.number, href: caseAt(one.number) },
        { text: one.category[voice.language] },
        { text: one.unit?.[voice.language] ?? NONE },
        { text: one.state[voice.language] },
        { text: one.dueAt ? sayShortly(one.dueAt, voice) : NONE },
        inTime(one, zh),
      ]),
    },
    ...more(listed.length, total, voice),
  ]
}

const inTime = ({ overdue, dueAt }: CaseSaid, zh: boolean): Run => (overdue ? { text: zh ? '超时' : 'late', level: 4 } : { text: dueAt === null ? NONE : zh ? '按时' : 'in time' })

/** The moment, the time since the call or order, and whether a device measured it or somebody said so. */
function mark(from: string, given: Called['received'], voice: Voice): Run {
  if (!given) return { text: NONE }
  const zh = voice.language === 'zh'
  return { text: `${sayShortly(given.at, voice).slice(6)} ${sayTook(between(from, given.at), voice)} ${given.how === 'measured' ? (zh ? '实测' : 'measured') : zh ? '点击' : 'clicked'}` }
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!

/** The middle of the times to a mark, and how many of them a device measured. */
function pace(all: readonly Called[], of: (one: Called) => Called['received'], voice: Voice, words: Words): string[] {
  const there = all.flatMap((one) => of(one) ? [{ took: between(one.at, of(one)!.at), how: of(one)!.how }] : [])
  if (there.length === 0) return []
  const measured = there.filter(({ how }) => how === 'measured').length
  const half = middle(there.map((each) => each.took))
  const took = half < MINUTE_MS ? sayTook(half, voice) : sayLength(half, voice)
  return [voice.language === 'zh' ? `${words.zh} ${there.length}（中位 ${took}，实测 ${measured}）` : `${there.length} ${words.en} (median ${took}, ${measured} measured)`]
}

const RECEIVED = { zh: '收到', en: 'received' }
const ARRIVED = { zh: '到场', en: 'arrived' }
const DONE = { zh: '完成', en: 'done' }

export function sayCommand({ calls, orders, more: cutOff }: Command, at: string, voice: Voice): Block[] {
  const zh = voice.language === 'zh'
  const and = zh ? '，' : ', '
  if (calls.length + orders.length === 0) return [para(zh ? '没有叫应与指令。' : 'Nobody was called up, and nothing was ordered.')]
  const blocks: Block[] = []
  if (calls.length > 0) {
    blocks.push(para([zh ? `叫应 ${calls.length} 人次` : `${calls.length} called up`, ...pace(calls, ({ received }) => received, voice, RECEIVED), ...pace(calls, ({ arrived }) => arrived, voice, ARRIVED)].join(and), zh ? '。' : '.'))
    blocks.push({
      kind: 'table',
      name: zh ? '叫应' : 'Call-ups',
      columns: [
        { head: zh ? '点位' : 'Point', share: 28 },
        { head: zh ? '人员' : 'Who', share: 20 },
        { head: zh ? '叫应' : 'Called', share: 16 },
        { head: zh ? '收到' : 'Received', share: 20 },
        { head: zh ? '到场签到' : 'Arrived', share: 20 },
      ],
      rows: calls.map((call) => [{ text: call.pointName, href: deskAt(at, call.point) }, { text: call.who }, { text: sayShortly(call.at, voice) }, mark(call.at, call.received, voice), mark(call.at, call.arrived, voice)]),
    })
  }
  if (orders.length > 0) {
    const late = orders.filter(({ overdue }) => overdue).length
    blocks.push(
      para(
        [zh ? `指令 ${orders.length} 条` : `${orders.length} orders`, ...pace(orders, ({ received }) => received, voice, RECEIVED), ...pace(orders, ({ arrived }) => arrived, voice, ARRIVED), ...pace(orders, (one) => (one as Ordered).done, voice, DONE), zh ? `超时 ${late} 条` : `${late} late`].join(and),
        zh ? '。' : '.',
      ),
    )
    blocks.push({
      kind: 'table',
      name: zh ? '指令' : 'Orders',
      columns: [
        { head: zh ? '点位与指令' : 'Point and order', share: 26 },
        { head: zh ? '执行' : 'Who', share: 15 },
        { head: zh ? '下达' : 'Ordered', share: 14 },
        { head: zh ? '到场' : 'Arrived', share: 20 },
        { head: zh ? '完成' : 'Done', share: 20 },
        { head: zh ? '时限' : 'In time', share: 10 },
      ],
      rows: orders.map((order) => [
        { text: `${order.pointName}${zh ? '：' : ': '}${order.words}`, href: deskAt(at, order.point) },
        { text: order.who },
        { text: sayShortly(order.at, voice) },
        mark(order.at, order.arrived, voice),
        order.cancelled ? { text: zh ? '已撤回' : 'called off' } : mark(order.at, order.done, voice),
        order.overdue ? { text: zh ? '超时' : 'late', level: 4 } : { text: order.dueAt === null ? NONE : zh ? '按时' : 'in time' },
      ]),
    })
  }
  return [...blocks, ...(cutOff ? [note(zh ? '叫应与指令较多，只列最早的。' : 'There were more; the earliest are listed.')] : [])]
}

export const sayMinutes = (count: number, { language }: Voice): string => (count === 0 ? NONE : language === 'zh' ? `${count} 分钟` : `${count} min`)
