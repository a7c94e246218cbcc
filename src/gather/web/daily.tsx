import { useMemo } from 'react'
import { Chart, sayCount, sayShort, useWords } from '../../kernel/web/index.ts'
import type { Overview } from '../contract.ts'

const words = {
  day: { zh: '每日上报、立案与结案', en: 'Reported, established and closed by day' },
  month: { zh: '每月上报、立案与结案', en: 'Reported, established and closed by month' },
  unit: { zh: '件', en: 'cases' },
  weekend: { zh: '周末', en: 'weekend' },
  partial: { zh: '虚线 今日未满', en: 'dashed: not over yet' },
  date: { zh: '日期', en: 'Date' },
  today: { zh: '今日', en: 'today' },
}

const SERIES = [
  { key: 'reported', name: { zh: '上报', en: 'Reported' }, colour: '#86BCC7' },
  { key: 'established', name: { zh: '立案', en: 'Established' }, colour: '#0F5F70' },
  { key: 'closed', name: { zh: '结案', en: 'Closed' }, colour: '#C98A2B' },
] as const

export function Daily({ overview }: { overview: Overview }) {
  const { say, language } = useWords()
  const { line, grain } = overview
  const option = useMemo(() => {
    const label = (start: string) => (grain === 'month' ? start.slice(0, 7) : start.slice(5))
    const whole = line.filter(({ partial }) => !partial).length
    const few = line.length <= 2
    const step = Math.max(1, Math.ceil(line.length / 8))
    return {
      grid: { left: 4, right: 16, top: 12, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis', confine: true },
      xAxis: {
        type: 'category',
        data: line.map(({ start, partial }) => (partial && grain === 'day' ? say(words.today) : label(start))),
        boundaryGap: few,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: '#B6C1C8' } },
        axisLabel: {
          color: '#5A6B76',
          fontSize: 12,
          interval: (index: number) => index === line.length - 1 || (index % step === 0 && index < line.length - step / 2),
        },
      },
      yAxis: {
        type: 'value',
        min: 0,
        minInterval: 1,
        splitNumber: 3,
        axisLabel: { color: '#5A6B76', fontSize: 12, formatter: (n: number) => sayShort(n, language) },
        splitLine: { lineStyle: { color: '#EBEFF1' } },
      },
      series: SERIES.flatMap(({ key, name, colour }, index) => {
        const style = { type: few ? 'bar' : 'line', itemStyle: { color: colour }, symbol: 'circle', barMaxWidth: 40 }
        const solid = {
          ...style,
          name: say(name),
          showSymbol: false,
          lineStyle: { width: 2, color: colour },
          data: line.map((point, at) => (few || at < whole ? point[key] : null)),
          ...(index === 0 && { markArea: { silent: true, itemStyle: { color: '#F5F7F8' }, data: bands(line) } }),
        }
        if (few || whole === line.length) return [solid]
        // The day that is not over hangs on by a dashed line with an open end.
        const dashed = {
          ...style,
          name: say(name),
          showSymbol: true,
          symbolSize: 7,
          itemStyle: { color: '#fff', borderColor: colour, borderWidth: 2 },
          lineStyle: { width: 2, color: colour, type: 'dashed' },
          data: line.map((point, at) => (at >= whole ? point[key] : at === whole - 1 ? { value: point[key], symbol: 'none' } : null)),
          tooltip: { show: false },
        }
        return [solid, dashed]
      }),
    }
  }, [line, grain, language])
  return (
    <section className="card pad">
      <div className="card-head">
        <h2>
          {say(grain === 'month' ? words.month : words.day)} <span className="muted small">{say(words.unit)}</span>
        </h2>
        <p className="legend-line small">
          {SERIES.map(({ key, name, colour }) => (
            <span key={key}>
              <s style={{ background: colour }} /> {say(name)} {sayCount(line.reduce((sum, point) => sum + point[key], 0))}
            </span>
          ))}
          {grain === 'day' && (
            <span>
              <s className="band" /> {say(words.weekend)}
            </span>
          )}
          {line.some(({ partial }) => partial) && <span className="muted">{say(words.partial)}</span>}
        </p>
      </div>
      <Chart
        label={say(grain === 'month' ? words.month : words.day)}
        height={296}
        option={option}
        table={{
          heads: [say(words.date), ...SERIES.map(({ name }) => say(name))],
          rows: line.map((point) => [point.start, ...SERIES.map(({ key }) => sayCount(point[key]))]),
        }}
      />
    </section>
  )
}

/** Neighbouring days of a weekend are one band, half a step wider at each side. */
function bands(line: Overview['line']): [{ xAxis: number }, { xAxis: number }][] {
  const found: [{ xAxis: number }, { xAxis: number }][] = []
  line.forEach(({ weekend }, index) => {
    if (!weekend) return
    const last = found.at(-1)
    if (last && last[1].xAxis === index - 1) last[1].xAxis = index
    else found.push([{ xAxis: index }, { xAxis: index }])
  })
  return found
}
