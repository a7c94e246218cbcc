// Writes a TrueType font of simple outlines. Tables are those that a PDF needs. Pure.

export interface Command {
  readonly command: string
  readonly args: readonly number[]
}

interface Point {
  readonly x: number
  readonly y: number
  readonly on: boolean
}

export interface Glyph {
  readonly advance: number
  readonly contours: readonly (readonly Point[])[]
  /** As strokes of SVG, with y upward. */
  readonly path: string
}

const EM = 1000

/** From strokes to points: TrueType knows lines and curves with one control point. */
export function glyphOf(commands: readonly Command[], advance: number): Glyph {
  const contours: Point[][] = []
  for (const { command, args } of commands) {
    const at = args.map(Math.round)
    const contour = contours.at(-1)
    if (command === 'moveTo') contours.push([{ x: at[0]!, y: at[1]!, on: true }])
    else if (command === 'lineTo') contour!.push({ x: at[0]!, y: at[1]!, on: true })
    else if (command === 'quadraticCurveTo') contour!.push({ x: at[0]!, y: at[1]!, on: false }, { x: at[2]!, y: at[3]!, on: true })
  }
  const closed = contours.map((contour) => {
    const [first, last] = [contour[0]!, contour.at(-1)!]
    return contour.length > 1 && last.on && first.x === last.x && first.y === last.y ? contour.slice(0, -1) : contour
  })
  const letters: Readonly<Record<string, string>> = { moveTo: 'M', lineTo: 'L', quadraticCurveTo: 'Q', closePath: 'Z' }
  return { advance: Math.round(advance), contours: closed.filter((contour) => contour.length > 1), path: commands.map(({ command, args }) => `${letters[command]}${args.map(Math.round).join(' ')}`).join('') }
}

/** Of a character that the font does not have: a box. */
const UNKNOWN = glyphOf(
  [
    { command: 'moveTo', args: [80, 0] },
    { command: 'lineTo', args: [80, 760] },
    { command: 'lineTo', args: [920, 760] },
    { command: 'lineTo', args: [920, 0] },
    { command: 'moveTo', args: [120, 40] },
    { command: 'lineTo', args: [880, 40] },
    { command: 'lineTo', args: [880, 720] },
    { command: 'lineTo', args: [120, 720] },
  ],
  EM,
)

const bytes = (size: number, write: (view: DataView) => void): Buffer => {
  const made = Buffer.alloc(size)
  write(new DataView(made.buffer, made.byteOffset, size))
  return made
}

interface Box {
  readonly xMin: number
  readonly yMin: number
  readonly xMax: number
  readonly yMax: number
}

function boxOf(points: readonly Point[]): Box {
  if (points.length === 0) return { xMin: 0, yMin: 0, xMax: 0, yMax: 0 }
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  return { xMin: Math.min(...xs), yMin: Math.min(...ys), xMax: Math.max(...xs), yMax: Math.max(...ys) }
}

function outline({ contours }: Glyph): Buffer {
  if (contours.length === 0) return Buffer.alloc(0)
  const points = contours.flat()
  const size = 10 + 2 * contours.length + 2 + points.length * 5
  return bytes(size + ((4 - (size % 4)) % 4), (view) => {
    const { xMin, yMin, xMax, yMax } = boxOf(points)
    let at = 0
    const put = (value: number) => {
      view.setInt16(at, value)
      at += 2
    }
    for (const value of [contours.length, xMin, yMin, xMax, yMax]) put(value)
    let end = -1
    for (const contour of contours) put((end += contour.length))
    put(0)
    for (const { on } of points) view.setUint8(at++, on ? 1 : 0)
    for (const [i, { x }] of points.entries()) put(x - (points[i - 1]?.x ?? 0))
    for (const [i, { y }] of points.entries()) put(y - (points[i - 1]?.y ?? 0))
  })
}

interface Face {
  readonly name: string
  readonly weight: number
  readonly ascent: number
  readonly descent: number
}

export function trueType(characters: ReadonlyMap<number, Glyph>, { name, weight, ascent, descent }: Face): Buffer {
  const glyphs = [UNKNOWN, ...characters.values()]
  const outlines = glyphs.map(outline)
  const all = glyphs.flatMap(({ contours }) => contours.flat())
  const box = boxOf(all)
  const offsets = outlines.reduce<number[]>((sums, each) => [...sums, sums.at(-1)! + each.length], [0])
  const tables: Record<string, Buffer> = {
    'OS/2': bytes(96, (view) => {
      for (const [at, value] of [[0, 4], [2, EM], [4, weight], [6, 5], [68, ascent], [70, descent], [74, ascent], [76, -descent], [86, 543], [88, 733]] as const) view.setInt16(at, value)
    }),
    cmap: bytes(12 + 16 + 12 * characters.size, (view) => {
      for (const [at, value] of [[2, 1], [4, 3], [6, 10], [12, 12]] as const) view.setUint16(at, value)
      for (const [at, value] of [[8, 12], [16, 16 + 12 * characters.size], [24, characters.size]] as const) view.setUint32(at, value)
      for (const [i, point] of [...characters.keys()].entries()) for (const [k, value] of [point, point, i + 1].entries()) view.setUint32(28 + 12 * i + 4 * k, value)
    }),
    glyf: Buffer.concat(outlines),
    head: bytes(54, (view) => {
      for (const [at, value] of [[0, 0x10000], [4, 0x10000], [12, 0x5f0f3cf5]] as const) view.setUint32(at, value)
      for (const [at, value] of [[18, EM], [36, box.xMin], [38, box.yMin], [40, box.xMax], [42, box.yMax], [44, weight >= 600 ? 1 : 0], [46, 8], [48, 2], [50, 1]] as const) view.setInt16(at, value)
    }),
    hhea: bytes(36, (view) => {
      view.setUint32(0, 0x10000)
      for (const [at, value] of [[4, ascent], [6, descent], [10, Math.max(...glyphs.map(({ advance }) => advance))], [16, box.xMax], [18, 1], [34, glyphs.length]] as const) view.setInt16(at, value)
    }),
    hmtx: bytes(4 * glyphs.length, (view) => {
      for (const [i, { advance, contours }] of glyphs.entries()) {
        view.setUint16(4 * i, advance)
        view.setInt16(4 * i + 2, boxOf(contours.flat()).xMin)
      }
    }),
    loca: bytes(4 * offsets.length, (view) => {
      for (const [i, offset] of offsets.entries()) view.setUint32(4 * i, offset)
    }),
    maxp: bytes(32, (view) => {
      view.setUint32(0, 0x10000)
      const most = (of: (glyph: Glyph) => number) => Math.max(...glyphs.map(of))
      for (const [at, value] of [[4, glyphs.length], [6, most(({ contours }) => contours.flat().length)], [8, most(({ contours }) => contours.length)], [14, 1]] as const) view.setUint16(at, value)
    }),
    name: bytes(18 + 2 * name.length, (view) => {
      for (const [at, value] of [[2, 1], [4, 18], [6, 3], [8, 1], [10, 0x409], [12, 6], [14, 2 * name.length]] as const) view.setUint16(at, value)
      for (let i = 0; i < name.length; i++) view.setUint16(18 + 2 * i, name.charCodeAt(i))
    }),
    post: bytes(32, (view) => view.setUint32(0, 0x30000)),
  }
  return withTables(tables)
}

function withTables(tables: Readonly<Record<string, Buffer>>): Buffer {
  const named = Object.entries(tables)
  const head = 12 + 16 * named.length
  let offset = head
  const places = named.map(([, table]) => {
    const at = offset
    offset += table.length + ((4 - (table.length % 4)) % 4)
    return at
  })
  const made = bytes(offset, (view) => {
    view.setUint32(0, 0x10000)
    view.setUint16(4, named.length)
    for (const [i, [tag, table]] of named.entries()) {
      for (let k = 0; k < 4; k++) view.setUint8(12 + 16 * i + k, tag.charCodeAt(k))
      view.setUint32(12 + 16 * i + 8, places[i]!)
      view.setUint32(12 + 16 * i + 12, table.length)
    }
  })
  for (const [i, [, table]] of named.entries()) table.copy(made, places[i]!)
  return made
}
