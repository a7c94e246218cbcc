import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BIN_MS } from '../rain.ts'
import type { Fit } from '../response.ts'
import type { Brief } from './brief.ts'
import { compose } from './compose.ts'
import { leadOf } from './compose-after.ts'
import { bringsOf, courseOver, foretoldOf, rainOf } from './hindsight.ts'
import { AFTER, BEFORE, DURING, reportOf } from './sample.ts'
import { textOfDocx, textOfPdf } from './testing.ts'
import { writeDocx } from './write-docx.ts'
import { writePdf } from './write-pdf.ts'

const ZH = { language: 'zh', zone: 'Asia/Shanghai' } as const
const EN = { language: 'en', zone: 'Asia/Shanghai' } as const

const lines = ({ blocks }: Brief): string[] =>
  blocks.flatMap((block) => {
    if (block.kind === 'para') return [block.runs.map(({ text }) => text).join('')]
    if (block.kind === 'table') return block.rows.map((cells) => cells.map(({ text }) => text).join(' | '))
    return block.kind === 'pictures' ? block.pictures.map(({ caption }) => caption) : [block.text]
  })
const links = ({ blocks }: Brief): string[] =>
  blocks.flatMap((block) => (block.kind === 'para' ? block.runs : block.kind === 'table' ? block.rows.flat() : block.kind === 'pictures' ? block.pictures : []).flatMap(({ href }) => href ?? []))

for (const { figures, says, leads } of [
  {
    figures: BEFORE,
    says: [
      '气象部门已发布暴雨橙色预警，预计 3 小时降雨 60 毫米。按此推算，2 处积水点中 1 处将达到蓝色及以上（橙色 1）。',
      '橙色 | 中关村北大街下穿通道 | 车辆下穿通道 | 1.2 | 33.1 | 55 分 / 78 分',
      '另有 1 处不作推算：历次降雨均未积水，无从推算。',
      '液位计与雨量站共 4 台，停用 0 台，没有新读数 1 台，降雨前应恢复。',
      'WL-2 | 西苑低洼地段 | 没有新读数 | 07-18 10:32',
      '防汛名册共 5 人（责任人 1、值守 2、抢险 2），覆盖积水点 1 处，未排人 1 处。防洪泵车 1 辆，在线 1 辆。',
      '移动泵车 1 号 | 晋A12345 | 李行 | 停驻 | 07-18 20:32',
    ],
    leads: ['/flood?at=2026-07-18T12%3A32%3A00.000Z&point=WL-1', '/vehicles/V-P1'],
  },
  {
    figures: DURING,
    says: [
      '本场降雨自 7月18日 18:05 开始，至 7月18日 20:32 历时 2 小时 27 分钟；平均 31.4 毫米，最大北站雨量站 48.6 毫米。积水 1 处（红色 1），最重中关村北大街下穿通道 45 厘米。正在告警 1 条，转立案件 1 件，已办结 0 件，超时 1 件。',
      '北站雨量站 | 3.1 | 28.8 | 48.6 | 40.2 | 2.4 年一遇',
      '南站雨量站 | 0.4 | 6.1 | 14.2 | 9.8 | —',
      '红色 | 中关村北大街下穿通道 | 45 | +6.2 | 07-18 20:32',
      '积水点共 2 处，蓝色以下 1 处。',
      '红色 | 中关村北大街下穿通道 | 积水深度超限 | 45 厘米 | 07-18 19:35 | 已转案件',
      '99990220260718000001 | 道路积水 | 排水公司 | 处置中 | 07-18 20:06 | 超时',
      '叫应 1 人次，收到 1（中位 1 分钟，实测 0），到场 1（中位 15 分钟，实测 1）。',
      '中关村北大街下穿通道 | 赵海 | 07-18 19:37 | 19:38 1 分 点击 | 19:52 15 分 实测',
      '中关村北大街下穿通道：到场抽排 | 移动泵车 1 号 | 07-18 19:40 | 20:03 23 分 实测 | — | 按时',
    ],
    leads: [
      '/devices/RG-1?metric=rain&from=2026-07-18T10%3A05%3A00.000Z&to=2026-07-18T12%3A32%3A00.000Z',
      '/devices/WL-1?metric=level&from=2026-07-18T09%3A32%3A00.000Z&to=2026-07-18T13%3A32%3A00.000Z',
      '/alarms?alarm=019f0000-0000-7000-8000-000000000001&state=open',
      '/cases/99990220260718000001',
    ],
  },
  {
    figures: AFTER,
    says: [
      '本场降雨 7月18日 18:05 开始，7月18日 21:10 结束，历时 3 小时 5 分钟；平均 31.4 毫米，最大北站雨量站 48.6 毫米，最大 1 小时 40.2 毫米，重现期 2.4 年一遇（北站雨量站，60 分钟）。积水 1 处（红色 1），最深中关村北大街下穿通道 52.3 厘米。共告警 1 条，转立案件 1 件，已办结 1 件，超时 1 件。',
      '北站雨量站 | 48.6 | 9.1 | 40.2 | 2.4 年一遇',
      '红色 | 中关村北大街下穿通道 | 52.3 | 07-18 20:47 | 95 分钟 | 30 分钟',
      '红色 | 中关村北大街下穿通道 | 积水深度超限 | 45 厘米 | 07-18 19:35 | 07-18 22:10',
      '达到各自最高等级前 1 小时内，预测报出 1 处，提前量中位 25 分钟，最短 25 分钟；漏报 0 处，空报 1 处。',
      '中关村北大街下穿通道 | 40 | 07-18 19:50 | 07-18 20:15 | 25 分钟',
      '西苑低洼地段 | 10 | 07-18 19:45 | — | 空报',
    ],
    leads: ['/alarms?alarm=019f0000-0000-7000-8000-000000000001&state=over', '/flood?at=2026-07-18T12%3A47%3A00.000Z&point=WL-1'],
  },
]) {
  test(`${figures.kind}: each figure is said, and leads to its readings`, () => {
    const brief = compose(reportOf(figures), ZH)

    for (const line of says) assert.ok(lines(brief).includes(line), `${line}\n\n${lines(brief).join('\n')}`)
    for (const href of leads) assert.ok(links(brief).includes(href), `${href}\n\n${links(brief).join('\n')}`)
  })

  test(`${figures.kind}: in English no Chinese is left but for names, and Word and PDF say the same as the page`, async () => {
    const english = compose(reportOf(figures), EN)
    const NAMES = /中关村北大街下穿通道|西苑低洼地段|[北南]站雨量站|移动泵车 1 号|晋A12345|李行|赵海|王敏|到场抽排/g
    assert.equal([english.masthead, english.issue, english.title, english.asOf, ...english.foot, ...lines(english)].join('\n').replaceAll(NAMES, '').match(/[\u4e00-\u9fff，。：（）]+/), null)

    const brief = compose(reportOf(figures, { number: 7, issued: { at: '2026-07-18T12:40:00.000Z', by: '陈立' }, texts: { title: '', lead: '今日午后出现短时强降雨。', close: '喆、堃到岗。' } }), ZH)
    const said = [brief.masthead, '2026年 第 7 期', brief.title, brief.asOf, ...brief.foot, ...lines(brief).flatMap((line) => line.split(' | '))]
    const bare = (text: string) => text.replaceAll(/[\s\u3000]/g, '')
    for (const [kind, text] of [
      ['docx', bare(await textOfDocx(await writeDocx(brief, { base: 'https://city.example', language: 'zh' })))],
      ['pdf', bare(textOfPdf(await writePdf(brief, { base: 'https://city.example', language: 'zh', at: new Date('2026-07-18T12:40:00Z') })))],
    ] as const) {
      for (const words of said) assert.ok(text.includes(bare(words)), `${kind}: ${words}`)
      for (const href of links(brief)) assert.ok(text.includes(`https://city.example/workbench${href}`), `${kind}: ${href}`)
    }
  })
}

test('before it is issued a report has no number, and what the author leaves empty is not there', () => {
  const brief = compose(reportOf(DURING), ZH)

  assert.deepEqual([brief.issue, brief.foot[1], brief.name], ['草稿（签发时编号）', '签发：未签发', '内涝雨中快报-草稿-2026年7月18日'])
  assert.ok(!lines(brief).some((line) => line.includes('下一步安排')))
  assert.ok(lines(compose(reportOf(DURING, { texts: { title: '', lead: '', close: '封控下穿通道。' } }), ZH)).includes('七、下一步安排'))
})

// ── Water that was, and that is to come

const NOON = Date.parse('2026-07-18T12:00:00+08:00')
const FIT: Fit = {
  response: { delay: 5, drains: 0, recession: 0, rise: 2 },
  fading: 0.01,
  raining: { low: Array.from({ length: 12 }, () => -1), high: Array.from({ length: 12 }, () => 1) },
  after: { low: Array.from({ length: 12 }, () => -1), high: Array.from({ length: 12 }, () => 1) },
  rains: 3,
  explained: 0.9,
  base: 1,
}

test('the peak of a course is its highest reading, and time above a limit counts in steps', () => {
  const course = [4, 12, 31, 22, 9].map((cm, i) => ({ at: NOON + i * BIN_MS, cm, high: cm + (i === 2 ? 1.5 : 0) }))

  assert.deepEqual(courseOver(course, [10, 15, 27, 40]), { peak: 32.5, peakAt: NOON + 2 * BIN_MS, above: [15, 10, 5, 0] })
  assert.equal(courseOver([], [10]), undefined)
})

for (const { level, high = level, rain, reached, foretold, because } of [
  { level: [1, 1, 1, 1, 1, 1], rain: [0, 0, 0, 0, 0, 0], reached: null, foretold: null, because: 'nothing happened' },
  { level: [1, 1, 1, 40, 41, 41], rain: [0, 0, 0, 0, 0, 0], reached: 3, foretold: null, because: 'water without rain is foreseen by nobody' },
  { level: [1, 1, 2, 9, 19, 28], rain: [0, 0, 5, 5, 5, 5], reached: 5, foretold: 2, because: 'the first rain was enough' },
  { level: [1, 1, 2, 3, 3, 3], rain: [0, 0, 5, 0, 0, 0], reached: null, foretold: 2, because: 'the rain stopped short of what it promised' },
  { level: [1, 1, 1, 20, 1, 1], high: [1, 1, 1, 28, 1, 1], rain: [0, 0, 0, 0, 0, 0], reached: 3, foretold: null, because: 'it was reached between two readings that are kept' },
] as { level: number[]; high?: number[]; rain: number[]; reached: number | null; foretold: number | null; because: string }[]) {
  test(`foretold: ${because}`, () => {
    const said = foretoldOf({ from: NOON, rain, level, high }, FIT, 27)

    const steps = [said.reachedAt, said.foretoldAt].map((at) => (at === null ? null : (Date.parse(at) - NOON) / BIN_MS))
    assert.deepEqual(steps, [reached, foretold])
  })
}

test('the lead of a forecast is from its first word to the level itself', () => {
  const [first, second] = AFTER.foretold

  assert.deepEqual([leadOf(first!), leadOf(second!)], [25, null])
})

test('an expected rain keeps its sum, peaks at two fifths of its time, and more of it brings more water sooner', () => {
  const rain = rainOf({ mm: 60, hours: 3 })
  const wet = bringsOf(FIT, { mm: 60, hours: 3 }, 1, [10, 15, 27, 40], 300)
  const wetter = bringsOf(FIT, { mm: 90, hours: 3 }, 1, [10, 15, 27, 40], 100)

  assert.deepEqual([rain.length, Math.round(rain.reduce((sum, mm) => sum + mm, 0) * 1e6) / 1e6, rain.indexOf(Math.max(...rain))], [36, 60, 14])
  assert.ok(wet.reaches[0]!.minutes! > 0 && wetter.reaches[0]!.minutes! < wet.reaches[0]!.minutes!)
  // Two centimetres for each millimetre, but no more than the gauge can measure.
  assert.ok(Math.abs(wet.peak.value - 121) < 1, String(wet.peak.value))
  assert.equal(wetter.peak.value, 100)
})
