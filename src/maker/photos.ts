// Sample photos of a made city: the drawn scenes with the grain, the light and the angle of a telephone's camera.

import sharp from 'sharp'
import { randomFrom } from './random.ts'
import { drawScene, SCENE_NAMES, type Moment, type SceneName } from './scenes.ts'

const WIDTH = 960
const HEIGHT = 720

export interface Photo {
  readonly scene: SceneName
  readonly moment: Moment
  readonly name: string
  readonly jpeg: Buffer
}

/** One photo; the same scene and moment give the same bytes. */
async function takePhoto(scene: SceneName, moment: Moment): Promise<Photo> {
  // Both pictures of a pair are taken from almost the same spot.
  const random = randomFrom(7, `${scene} ${moment}`)
  const turn = random.between(-1.6, 1.6)
  const { data } = await sharp(Buffer.from(drawScene(scene, moment, WIDTH + 120, HEIGHT + 90)))
    .flatten({ background: '#888' })
    .rotate(turn, { background: '#777' })
    .resize(WIDTH + 120, HEIGHT + 90, { fit: 'cover' })
    .extract({ left: Math.round(50 + random.between(-12, 12)), top: Math.round(38 + random.between(-10, 10)), width: WIDTH, height: HEIGHT })
    .blur(0.7)
    .modulate({ brightness: random.between(0.93, 1.07), saturation: random.between(0.8, 0.95) })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  grain(data, random.next)
  const jpeg = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).jpeg({ quality: 78 }).toBuffer()
  return { scene, moment, name: `${scene}-${moment}.jpg`, jpeg }
}

/** Grain as of a small sensor, and corners a little darker than the middle. */
function grain(pixels: Buffer, next: () => number): void {
  let coarse = 0
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    const dy = (y / HEIGHT - 0.5) ** 2
    for (let x = 0; x < WIDTH; x++, at += 3) {
      if ((x & 3) === 0) coarse = (next() - 0.5) * 12
      const shade = 1.04 - 0.32 * ((x / WIDTH - 0.5) ** 2 + dy)
      const noise = coarse + (next() - 0.5) * 20
      for (let c = 0; c < 3; c++) pixels[at + c] = Math.max(0, Math.min(255, pixels[at + c]! * shade + noise))
    }
  }
}

/** All sample photos: a pair for each scene. */
export async function takePhotos(): Promise<Photo[]> {
  const photos: Photo[] = []
  for (const scene of SCENE_NAMES) for (const moment of ['before', 'after'] as const) photos.push(await takePhoto(scene, moment))
  return photos
}
