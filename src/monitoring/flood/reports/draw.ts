// The small pictures of a report as plain strokes, so that pages, Word and PDF draw the same. Pure.

import { wallText } from '../../../kernel/contract.ts'
import type { Picture } from './brief.ts'

export type Stroke =
  | { readonly kind: 'line'; readonly from: readonly [number, number]; readonly to: readonly [number, number]; readonly colour: string; readonly width: number; readonly dash?: number }
  | { readonly kind: 'path'; readonly points: readonly (readonly [number, number])[]; readonly colour: string; readonly width: number }
  | { readonly kind: 'bar'; readonly at: readonly [number, number]; readonly width: number; readonly height: number; readonly colour: string }
  | { readonly kind: 'text'; readonly at: readonly [number, number]; readonly words: string; readonly anchor: 'start' | 'middle' | 'end'; readonly colour: string }

/** Rain takes the width of the page, water half of it: so that letters are of one size. */
const SIZES = { rain: { width: 560, height: 140, across: 1 }, water: { width: 280, height: 132, across: 2 } } as const
export const sizeOf = ({ kind }: Picture) => SIZES[kind]
export const TEXT_SIZE = 11

const [LEFT, RIGHT, TOP, BOTTOM] = [30, 14, 10, 20]
const [GRID, TEXT, RAIN, WATER] = ['#D9E0E4', '#5A6B76', '#2C7F90', '#13212B']
/** Blue, yellow, orange, red: as lines, and dark enough for words. */
const LEVEL_COLOURS = ['#2A6FDB', '#E2A400', '#E26A0A', '#CC2F2F']
export const LEVEL_INKS = ['#1D55B0', '#7A5600', '#A04600', '#B02323']

/** The last time on the axis stays within the picture. */
const HALF_CLOCK = 17
const WIDEST_BAR = 24

const nice = (value: number): number => [1, 2, 4, 6, 10, 20, 40, 60, 100, 150, 200, 300, 500, 1000].find((each) => each >= value) ?? value

export function draw(picture: Picture): Stroke[] {
  const { width: wide, height } = sizeOf(picture)
  const series = picture.kind === 'rain' ? picture.bars : picture.course
  // Bars stand for the five minutes before their moment.
  const half = picture.kind === 'rain' ? 150_000 : 0
  const [first, last] = [series[0]![0] - 2 * half, series.at(-1)![0]]
  const most = Math.max(...series.map(([, value]) => value))
  const limits = picture.kind === 'water' ? picture.levels : []
  // The next level above the water stands in the picture too.
  const top = nice(Math.max(most, limits.find((limit) => limit > most) ?? 0, picture.kind === 'rain' ? 1 : 10))
  const x = (at: number) => LEFT + ((at - first) / (last - first || 1)) * (wide - LEFT - RIGHT)
  const y = (value: number) => TOP + (1 - Math.max(0, value) / top) * (height - TOP - BOTTOM)
  const grid = [0, top / 2, top].flatMap((value): Stroke[] => [
    { kind: 'line', from: [LEFT, y(value)], to: [wide - RIGHT, y(value)], colour: GRID, width: 0.75 },
    { kind: 'text', at: [LEFT - 5, y(value) + 4], words: String(value), anchor: 'end', colour: TEXT },
  ])
  const clock = ticks(first, last, picture.kind === 'rain' ? 8 : 6).map((at): Stroke => ({ kind: 'text', at: [Math.min(x(at), wide - HALF_CLOCK), height - 5], words: wallText(new Date(at), picture.zone).slice(11), anchor: 'middle', colour: TEXT }))
  if (picture.kind === 'rain') {
    const width = Math.min(WIDEST_BAR, Math.max(0.8, (0.8 * (wide - LEFT - RIGHT)) / series.length))
    return [...grid, ...clock, ...series.filter(([, mm]) => mm > 0).map(([at, mm]): Stroke => ({ kind: 'bar', at: [x(at - half) - width / 2, y(mm)], width, height: y(0) - y(mm), colour: RAIN }))]
  }
  const lines = limits.flatMap((limit, i): Stroke[] => (limit <= top ? [{ kind: 'line', from: [LEFT, y(limit)], to: [wide - RIGHT, y(limit)], colour: LEVEL_COLOURS[i]!, width: 1, dash: 4 }] : []))
  return [...grid, ...lines, ...clock, { kind: 'path', points: series.map(([at, cm]) => [x(at), y(cm)] as const), colour: WATER, width: 1.6 }]
}

const STEPS_MS = [10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * 60_000)

/** Full quarters and hours, so many of them at most. */
function ticks(first: number, last: number, most: number): number[] {
  const step = STEPS_MS.find((each) => (last - first) / each <= most) ?? last - first
  const begin = Math.ceil(first / step) * step
  return Array.from({ length: Math.floor((last - begin) / step) + 1 }, (_, i) => begin + i * step).filter((at) => at - first > step / 8 || first === at)
}

const escape = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const tenth = (value: number): string => String(Math.round(value * 10) / 10)

/** Outlines of letters, so that no font is needed to draw them. */
export type Letters = ReadonlyMap<number, { readonly advance: number; readonly path: string }>

function outlined(words: string, [x, y]: readonly [number, number], anchor: 'start' | 'middle' | 'end', colour: string, letters: Letters): string {
  const scale = TEXT_SIZE / 1000
  const glyphs = [...words].flatMap((letter) => letters.get(letter.codePointAt(0)!) ?? [])
  const wide = glyphs.reduce((sum, { advance }) => sum + advance, 0) * scale
  let left = x - (anchor === 'end' ? wide : anchor === 'middle' ? wide / 2 : 0)
  return glyphs
    .map(({ advance, path }) => {
      const drawn = `<path fill="${colour}" transform="translate(${left.toFixed(2)} ${tenth(y)}) scale(${scale} -${scale})" d="${path}"/>`
      left += advance * scale
      return drawn
    })
    .join('')
}

export function toSvg(picture: Picture, letters?: Letters): string {
  const parts = draw(picture).map((stroke) => {
    if (stroke.kind === 'line')
      return `<line x1="${tenth(stroke.from[0])}" y1="${tenth(stroke.from[1])}" x2="${tenth(stroke.to[0])}" y2="${tenth(stroke.to[1])}" stroke="${stroke.colour}" stroke-width="${stroke.width}"${stroke.dash ? ` stroke-dasharray="${stroke.dash}"` : ''}/>`
    if (stroke.kind === 'path') return `<polyline fill="none" stroke="${stroke.colour}" stroke-width="${stroke.width}" stroke-linejoin="round" points="${stroke.points.map(([x, y]) => `${tenth(x)},${tenth(y)}`).join(' ')}"/>`
    if (stroke.kind === 'bar') return `<rect x="${tenth(stroke.at[0])}" y="${tenth(stroke.at[1])}" width="${tenth(stroke.width)}" height="${tenth(stroke.height)}" fill="${stroke.colour}"/>`
    if (letters) return outlined(stroke.words, stroke.at, stroke.anchor, stroke.colour, letters)
    return `<text x="${tenth(stroke.at[0])}" y="${tenth(stroke.at[1])}" text-anchor="${stroke.anchor}" font-family="Noto Sans SC, DejaVu Sans, sans-serif" font-size="${TEXT_SIZE}" fill="${stroke.colour}">${escape(stroke.words)}</text>`
  })
  const { width, height } = sizeOf(picture)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`
}
