// The water at a point over time: what was, what is foreseen and how far it may be off, and the rain below it.

import { drawnAt, LEVEL_DRAWINGS, wallTime } from '../../kernel/web/index.ts'
import type { FloodCurve, FloodShown } from '../contract.ts'

const LINE = { lineStyle: { color: '#EBEFF1' } }
const AXIS = { color: '#5A6B76', fontSize: 11 }
const TIME = { ...AXIS, hideOverlap: true, formatter: '{HH}:{mm}' }
const MINUTE_MS = 60_000

interface Said {
  readonly now: string
  readonly levels: readonly string[]
}

export function curveOption({ levels, rain, forecast, point, at }: FloodCurve, said: Said) {
  const now = drawnAt(at)
  const from = now - 180 * MINUTE_MS
  const to = now + 65 * MINUTE_MS
  const drawn = (ones: typeof levels) => ones.map(([when, cm]) => [drawnAt(when), cm] as const)
  const before = drawn(levels.filter(([when]) => when <= +new Date(at)))
  const after = drawn(levels.filter(([when]) => when > +new Date(at)))
  const last = before.at(-1)
  const start = last && forecast.length > 0 ? [[now, last[1], last[1], last[1]] as const] : []
  const ahead = [...start, ...forecast.map(([when, value, low, high]) => [drawnAt(when), value, low, high] as const)]
  const seen = Math.max(...levels.map(([, cm]) => cm), ...forecast.map(([, cm]) => cm), 5)
  // A bound far above everything else would press the rest flat; it is cut off at the top.
  const top = niceTop(Math.max(seen * 1.1, Math.min(Math.max(0, ...forecast.map(([, , , high]) => high)), seen * 1.4), point.levels.find((limit) => limit > seen) ?? 0))
  const none = { symbol: 'none', silent: true, animation: false }
  return {
    animation: false,
    grid: [
      { left: 34, right: 56, top: 18, height: '58%' },
      { left: 34, right: 56, bottom: 22, height: '18%' },
    ],
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => (typeof value === 'number' ? value.toFixed(1) : '') },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { type: 'time', min: from, max: to, gridIndex: 0, axisLabel: { show: false }, axisTick: { show: false } },
      { type: 'time', min: from, max: to, gridIndex: 1, axisLabel: TIME, splitNumber: 4 },
    ],
    yAxis: [
      { type: 'value', min: 0, max: top, gridIndex: 0, splitNumber: 4, splitLine: LINE, axisLabel: AXIS },
      { type: 'value', min: 0, max: atLeast(4), gridIndex: 1, splitNumber: 1, splitLine: LINE, axisLabel: AXIS },
    ],
    series: [
      { ...none, type: 'line', stack: 'band', data: ahead.map(([when, , low]) => [when, low]), lineStyle: { opacity: 0 }, tooltip: { show: false } },
      { ...none, type: 'line', stack: 'band', data: ahead.map(([when, , low, high]) => [when, Math.min(top, high) - low]), lineStyle: { opacity: 0 }, areaStyle: { color: '#0F5F70', opacity: 0.16 }, tooltip: { show: false } },
      { ...none, type: 'line', data: after, lineStyle: { color: '#82919B', width: 1.6 }, itemStyle: { color: '#82919B' } },
      { ...none, type: 'line', data: ahead.map(([when, value]) => [when, value]), lineStyle: { color: '#0F5F70', width: 2, type: 'dashed' }, itemStyle: { color: '#0F5F70' } },
      {
        type: 'line',
        symbol: 'none',
        data: before,
        lineStyle: { color: '#13212B', width: 2 },
        itemStyle: { color: '#13212B' },
        markLine: {
          symbol: 'none',
          silent: true,
          data: [
            ...point.levels.flatMap((limit, i) =>
              limit <= top ? [{ yAxis: limit, lineStyle: { color: LEVEL_DRAWINGS[i]!.solid, type: 'dashed' }, label: { show: clear(point.levels, i, top), formatter: `${said.levels[i]} ${limit}`, color: LEVEL_DRAWINGS[i]!.text, fontSize: 11 } }] : [],
            ),
            { xAxis: now, lineStyle: { color: '#5A6B76', type: 'solid', width: 1 }, label: { formatter: said.now, color: '#5A6B76', fontSize: 11, position: 'end' } },
          ],
        },
      },
      { type: 'bar', xAxisIndex: 1, yAxisIndex: 1, data: rain.map(([when, mm]) => [drawnAt(when) - 2.5 * MINUTE_MS, mm]), barMaxWidth: 7, itemStyle: { color: '#3F93A3' } },
    ],
  }
}

/** Whether the name of a level has room below the next one that is drawn. */
const clear = (levels: readonly number[], i: number, top: number): boolean => levels.slice(i + 1).every((higher) => higher > top || higher - levels[i]! >= top * 0.1)

const niceTop = (value: number): number => {
  const step = value > 100 ? 50 : value > 40 ? 20 : 10
  return Math.max(20, Math.ceil(value / step) * step)
}

/** Little rain does not fill the picture; more has an axis of round figures. */
const atLeast =
  (least: number) =>
  ({ max }: { max: number }): number | null =>
    max > least ? null : least

/** Rain of the city by ten minutes. */
export const tens = (rain: FloodShown['rain']): [number, number, number][] =>
  Array.from({ length: Math.floor(rain.length / 2) }, (_, i) => {
    const [, one, most] = rain[2 * i]!
    const [end, other, most2] = rain[2 * i + 1]!
    return [end, one + other, Math.max(most, most2)]
  })

export const rainOption = (rain: FloodShown['rain']) => ({
  animation: false,
  grid: { left: 30, right: 6, top: 10, bottom: 22 },
  tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value.toFixed(1)} mm` : '') },
  xAxis: { type: 'category', data: tens(rain).map(([end]) => wallTime(end - 10 * MINUTE_MS).time.slice(0, 5)), axisLabel: { ...AXIS, interval: 11 }, axisTick: { show: false } },
  yAxis: { type: 'value', min: 0, max: atLeast(6), splitNumber: 3, splitLine: LINE, axisLabel: AXIS },
  series: [{ type: 'bar', data: tens(rain).map(([, mean]) => Number(mean.toFixed(2))), barMaxWidth: 6, itemStyle: { color: '#2C7F90' } }],
})
