// The trend that goes with a case: what the sensor measured before and around the alarm, with the limits of the rule.

import { sql } from 'kysely'
import sharp from 'sharp'
import { CHINA, offsetMs } from '../../kernel/calendar/index.ts'
import type { Context } from '../../kernel/index.ts'
import type { KnownDevice } from '../directory.ts'
import { seriesOf } from '../series.ts'
import { own } from '../tables.ts'
import { thin } from '../thin.ts'
import { metricOf, type Rule } from './rule.ts'
import type { AlarmTable } from './tables.ts'

const BEFORE_MS = 6 * 3_600_000
const MOST = 5_000
const COLOURS = ['#1d6fb8', '#d9a400', '#e07b00', '#c62828']
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [1200, 764, 130, 110, 84, 84]
/** To be read where the picture is a third as wide. */
const TEXT = 34

/** Some five lines at round figures. */
function roundTicks(bottom: number, top: number): number[] {
  const rough = (top - bottom) / 5
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((each) => each * size).find((each) => each >= rough)!
  const first = Math.ceil(bottom / step)
  return Array.from({ length: Math.floor(top / step) - first + 1 }, (_, i) => (first + i) * step)
}

/** A PNG, or nothing where the rule measures no single metric or nothing was kept. */
export async function drawTrend(ctx: Context, { measure, levels, bands }: Rule, device: KnownDevice, { raisedAt }: Pick<AlarmTable, 'raisedAt'>): Promise<Buffer | undefined> {
  const metric = device.metrics.get(metricOf(measure) ?? '')
  if (!metric) return undefined
  const series = seriesOf(device.number, metric.no)
  const [from, to] = [new Date(+raisedAt - BEFORE_MS), new Date(Math.max(+ctx.now, +raisedAt + 1000))]
  const { rows } = await sql<{ at: number; value: number }>`
    select (extract(epoch from at) * 1000)::float8 as at, value from reading
     where series = ${series} and at >= ${from} and at <= ${to} order by at desc limit ${MOST}`.execute(own(ctx))
  if (rows.length < 2) return undefined
  const points = thin(rows.toReversed().map(({ at, value }) => ({ at, n: 1, sum: value, low: value, high: value })), 600).map(({ at, sum, n }) => [at, sum / n] as const)
  const limits = measure.kind === 'threshold' && bands.length === 0 ? levels : []
  const svg = drawChart(points, limits, { unit: metric.unit, precision: metric.precision, raisedAt: +raisedAt })
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer()
}

/** As text of SVG. Pure. */
export function drawChart(
  points: readonly (readonly [number, number])[],
  limits: readonly (number | null)[],
  { unit, precision, raisedAt }: { unit: string; precision: number; raisedAt: number },
): string {
  const [first, last] = [points[0]![0], points.at(-1)![0]]
  const shown = limits.flatMap((limit, i) => (limit === null ? [] : [{ limit, colour: COLOURS[i]! }]))
  const values = [...points.map(([, value]) => value), ...shown.map(({ limit }) => limit)]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (high - low || Math.abs(high) || 1) * 0.08
  const [bottom, top] = [low - room, high + room]
  const x = (at: number) => (LEFT + ((at - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const y = (value: number) => (TOP + ((top - value) / (top - bottom)) * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const ticks = roundTicks(bottom, top)
  const hours = Array.from({ length: 7 }, (_, i) => first + ((last - first) * i) / 6)
  const text = (at: string, up: string, anchor: string, words: string, colour = '#5b6670') =>
    `<text x="${at}" y="${up}" text-anchor="${anchor}" font-family="DejaVu Sans, Noto Sans, sans-serif" font-size="${TEXT}" fill="${colour}">${escape(words)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<rect width="100%" height="100%" fill="#ffffff"/>
${ticks.map((value) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#e3e7ea"/>${text(String(LEFT - 10), String(Number(y(value)) + TEXT / 3), 'end', String(Number(value.toFixed(Math.max(precision, 2)))))}`).join('\n')}
${hours.map((at) => text(x(at), String(HEIGHT - BOTTOM + 50), 'middle', clock(at))).join('\n')}
${text(String(LEFT - 10), String(TOP - 40), 'end', unit)}
${shown.map(({ limit, colour }) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(limit)}" y2="${y(limit)}" stroke="${colour}" stroke-width="2" stroke-dasharray="10 6"/>${text(String(WIDTH - RIGHT + 12), String(Number(y(limit)) + TEXT / 3), 'start', String(limit), colour)}`).join('\n')}
<line x1="${x(Math.min(last, Math.max(first, raisedAt)))}" x2="${x(Math.min(last, Math.max(first, raisedAt)))}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#c62828" stroke-width="1.5"/>
<polyline fill="none" stroke="#12616f" stroke-width="3" stroke-linejoin="round" points="${points.map(([at, value]) => `${x(at)},${y(value)}`).join(' ')}"/>
</svg>`
}

const clock = (at: number): string => new Date(at + offsetMs(at, CHINA)).toISOString().slice(11, 16)

const escape = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
