// Sample photos of a made city: drawn scenes, before and after, with the grain, light and angle of a telephone's camera.

import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { randomFrom, type Random } from './random.ts'

const SCENES = fileURLToPath(new URL('./sources/photos/', import.meta.url))
const WIDTH = 960
const HEIGHT = 720
/** Drawn a little larger than it is taken, so that the camera may lean and stray. */
const ROOM = { width: WIDTH + 120, height: HEIGHT + 90 }

export interface Photo {
  /** Of the problems that it fits. */
  readonly scene: string
  readonly moment: 'before' | 'after'
  readonly name: string
  readonly jpeg: Buffer
}

/** All sample photos: two of each scene. They come out alike each time. */
export async function takePhotos(): Promise<Photo[]> {
  const photos: Photo[] = []
  for (const file of readdirSync(SCENES).sort()) {
    const [, scene, moment] = /^(\w+)-(before|after)\.svg$/.exec(file) ?? []
    if (!scene) continue
    const jpeg = await takePhoto(SCENES + file, randomFrom(7, file))
    photos.push({ scene, moment: moment as Photo['moment'], name: `${scene}-${moment}.jpg`, jpeg })
  }
  return photos
}

async function takePhoto(scene: string, random: Random): Promise<Buffer> {
  const leaning = random.between(-1.6, 1.6)
  const left = Math.round(50 + random.between(-12, 12))
  const top = Math.round(38 + random.between(-10, 10))
  const pixels = await sharp(scene, { density: 200 })
    .resize(ROOM.width, ROOM.height, { fit: 'cover' })
    .flatten({ background: '#888' })
    .rotate(leaning, { background: '#777' })
    .resize(ROOM.width, ROOM.height, { fit: 'cover' })
    .extract({ left, top, width: WIDTH, height: HEIGHT })
    .blur(0.7)
    .modulate({ brightness: random.between(0.93, 1.07), saturation: random.between(0.8, 0.95) })
    .removeAlpha()
    .raw()
    .toBuffer()
  grain(pixels, random.next)
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).jpeg({ quality: 78 }).toBuffer()
}

/** Grain as of a small sensor, and corners a little darker than the middle. */
function grain(pixels: Buffer, next: () => number): void {
  let coarse = 0
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    const fromMiddle = (y / HEIGHT - 0.5) ** 2
    for (let x = 0; x < WIDTH; x++, at += 3) {
      if ((x & 3) === 0) coarse = (next() - 0.5) * 12
      const shade = 1.04 - 0.32 * ((x / WIDTH - 0.5) ** 2 + fromMiddle)
      const noise = coarse + (next() - 0.5) * 20
      for (let c = 0; c < 3; c++) pixels[at + c] = Math.max(0, Math.min(255, pixels[at + c]! * shade + noise))
    }
  }
}
