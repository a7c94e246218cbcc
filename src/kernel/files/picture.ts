import type { Position } from '../contract.ts'
import type { Metadata } from 'sharp'
import { fileDamaged, noPicture, pictureTooLarge } from './problems.ts'

/** Kinds that can be drawn again; HEIC is kept, but the free decoders do not read it. */
const DRAWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])
const PICTURES: ReadonlySet<string> = new Set([...DRAWN, 'image/heic'])

/** A picture that says it is larger than this is not unpacked. */
const PIXELS_AT_MOST = 120_000_000
const LONGEST_SIDE = { thumb: 320, public: 1600 } as const
const SHANGHAI_MS = 8 * 3_600_000

export const isPicture = (type: string): boolean => PICTURES.has(type)

// Both libraries are loaded with the first picture: they would double the memory of a process that never sees one.
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

interface Shown {
  takenAt: Date | null
  position: Position | null
  /** Null where there is nothing to see in it, such as one colour. */
  print: string | null
}

/** Draws it once, small, to see that it is whole, and reads where and when it was taken. */
export async function describePicture(path: string, type: string): Promise<Shown> {
  const print = DRAWN.has(type) ? await drawSmall(path) : null
  return { ...(await readExif(path)), print }
}

async function drawSmall(path: string): Promise<string | null> {
  const sharp = await loadSharp()
  // What its head says is enough to refuse it: a picture that would fill the memory is never unpacked.
  const { width = 0, height = 0 } = await sharp(path, { limitInputPixels: false }).metadata().catch(() => ({}) as Metadata)
  if (width * height > PIXELS_AT_MOST) throw pictureTooLarge({ megapixels: PIXELS_AT_MOST / 1_000_000 })
  try {
    const small = await sharp(path, { failOn: 'truncated', limitInputPixels: PIXELS_AT_MOST })
      .rotate()
      .flatten({ background: '#ffffff' })
      .greyscale()
      .resize(COLUMNS, ROWS, { fit: 'fill' })
      .raw()
      .toBuffer()
    return printOf(small)
  } catch {
    throw fileDamaged()
  }
}

const COLUMNS = 9
const ROWS = 8
/** Below this spread of its greys (of 255) a picture shows nothing, and would be like every other such one. */
const FLAT = 4

/** The difference hash (dHash) of 9 x 8 greys: for each the bit whether its right neighbour is brighter. */
export function printOf(greys: Uint8Array): string | null {
  const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length
  const spread = Math.sqrt(greys.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / greys.length)
  if (spread < FLAT) return null
  let print = ''
  for (let row = 0; row < ROWS; row++) {
    let bits = 0
    for (let column = 0; column < COLUMNS - 1; column++) {
      const at = row * COLUMNS + column
      bits = bits * 2 + Number(greys[at + 1]! > greys[at]!)
    }
    print += bits.toString(16).padStart(2, '0')
  }
  return print
}

/** A copy that holds nothing but the picture: turned upright, made smaller, without EXIF, GPS or an embedded preview. */
export async function drawCopy(path: string, to: string, variant: 'thumb' | 'public'): Promise<void> {
  const sharp = await loadSharp()
  const side = LONGEST_SIDE[variant]
  try {
    await sharp(path, { failOn: 'none', limitInputPixels: PIXELS_AT_MOST })
      .rotate()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: variant === 'thumb' ? 72 : 82, mozjpeg: false })
      .toFile(to)
  } catch {
    throw noPicture()
  }
}

async function readExif(path: string): Promise<Omit<Shown, 'print'>> {
  const { default: exifr } = await import('exifr')
  try {
    const found = (await exifr.parse(path, {
      pick: ['DateTimeOriginal', 'OffsetTimeOriginal', 'GPSLatitude', 'GPSLatitudeRef', 'GPSLongitude', 'GPSLongitudeRef'],
      reviveValues: false,
    })) as Record<string, unknown> | undefined
    return { takenAt: momentOf(found?.DateTimeOriginal, found?.OffsetTimeOriginal), position: positionOf(found) }
  } catch {
    // A picture without readable EXIF is a picture all the same.
    return { takenAt: null, position: null }
  }
}

/** `2018:07-25 16:34:23` is the camera's wall clock; without an offset it is taken for Shanghai's. */
function momentOf(text: unknown, offset: unknown): Date | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(String(text ?? ''))
  if (!parts) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
  const shift = /^([+-])(\d\d):(\d\d)$/.exec(String(offset ?? ''))
  const offsetMs = shift ? (shift[1] === '-' ? -1 : 1) * (Number(shift[2]) * 60 + Number(shift[3])) * 60_000 : SHANGHAI_MS
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs)
  return Number.isNaN(at.getTime()) ? null : at
}

function positionOf(found: Record<string, unknown> | undefined): Position | null {
  const lng = degrees(found?.GPSLongitude, found?.GPSLongitudeRef, 'W')
  const lat = degrees(found?.GPSLatitude, found?.GPSLatitudeRef, 'S')
  if (lng === undefined || lat === undefined || Math.abs(lng) > 180 || Math.abs(lat) > 90 || (lng === 0 && lat === 0)) return null
  return [lng, lat]
}

function degrees(value: unknown, half: unknown, negative: string): number | undefined {
  if (!Array.isArray(value) && !(value instanceof Float64Array)) return undefined
  const [whole = 0, minutes = 0, seconds = 0] = [...value].map(Number)
  const size = Number((whole + minutes / 60 + seconds / 3600).toFixed(7))
  return Number.isFinite(size) ? (half === negative ? -size : size) : undefined
}
