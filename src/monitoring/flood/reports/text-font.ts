// A font of just the characters that a document uses, made of the slices of Noto Sans SC that the pages load (SIL Open Font License 1.1).
// A slice is a compressed variable font: its outlines are taken at one weight and written as a plain TrueType font, which PDFs embed whole.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create, type Variable } from 'fontkit'
import decompress from 'woff2-encoder/decompress'
import { glyphOf, trueType, type Glyph } from './true-type.ts'

const FOLDER = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'))

export const WEIGHTS = { regular: 400, bold: 600 } as const
export type Weight = keyof typeof WEIGHTS

interface Slice {
  readonly file: string
  /** From and to, both counted. */
  readonly ranges: readonly (readonly [number, number])[]
}

/** `U+20-7e,U+3002` by the name of a slice. */
async function readSlices(): Promise<Slice[]> {
  const said = JSON.parse(await readFile(join(FOLDER, 'unicode.json'), 'utf8')) as Record<string, string>
  // Latin stands last: its figures go with one another.
  return Object.entries(said)
    .toReversed()
    .map(([name, ranges]) => ({
      file: `noto-sans-sc-${name.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`,
      ranges: ranges.split(',').map((range) => {
        const [from = '', to = from] = range.trim().slice(2).split('-')
        return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
      }),
    }))
}

let slices: Promise<Slice[]> | undefined
/** Outlines that were taken before, by weight and character: no more than the font holds. */
const known = new Map<string, Glyph>()
const keyOf = (weight: Weight, point: number): string => `${weight} ${point}`

/** Those of these characters that the font has. */
export async function glyphsOf(characters: Iterable<string>, weight: Weight): Promise<Map<number, Glyph>> {
  const points = [...new Set([...characters].map((character) => character.codePointAt(0)!))].toSorted((a, b) => a - b)
  const missing = points.filter((point) => !known.has(keyOf(weight, point)))
  if (missing.length > 0) {
    const all = await (slices ??= readSlices())
    const wanted = Map.groupBy(missing, (point) => all.find(({ ranges }) => ranges.some(([from, to]) => point >= from && point <= to)))
    for (const [slice, of] of wanted) if (slice) await take(slice, of, weight)
  }
  return new Map(points.flatMap((point) => (known.has(keyOf(weight, point)) ? [[point, known.get(keyOf(weight, point))!] as const] : [])))
}

async function take({ file }: Slice, points: readonly number[], weight: Weight): Promise<void> {
  const plain = await decompress(await readFile(join(FOLDER, 'files', file)))
  const font: Variable = create(Buffer.from(plain)).getVariation({ wght: WEIGHTS[weight] })
  for (const point of points) {
    if (!font.hasGlyphForCodePoint(point)) continue
    const { path, advanceWidth } = font.glyphForCodePoint(point)
    known.set(keyOf(weight, point), glyphOf(path.commands, advanceWidth))
  }
}

export async function fontOf(characters: Iterable<string>, weight: Weight): Promise<Buffer> {
  return trueType(await glyphsOf(characters, weight), { name: `NotoSansSC-${weight === 'bold' ? 'SemiBold' : 'Regular'}`, weight: WEIGHTS[weight], ascent: 1160, descent: -288 })
}
