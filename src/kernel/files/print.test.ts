import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { printOf } from './picture.ts'
import { createFileStore, type FileStore } from './store.ts'

const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url))
let folder = ''
let store: FileStore
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengyun-prints-'))
  store = await createFileStore(folder)
})
after(() => rm(folder, { recursive: true }))

const printed = async (bytes: Buffer) => (await store.put(Readable.from([bytes]), { name: 'a.jpg' })).print

/** In how many bits two prints differ. */
const apart = (a: string, b: string) => [...(BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2)].filter((bit) => bit === '1').length

test('a picture that was packed anew, made smaller or brightened keeps its print nearly', async () => {
  const whole = sample('phone.jpg')
  const print = (await printed(whole))!
  const forwarded = await sharp(whole).rotate().resize(480).jpeg({ quality: 55 }).toBuffer()
  const brighter = await sharp(whole).rotate().modulate({ brightness: 1.15 }).webp({ quality: 70 }).toBuffer()

  assert.match(print, /^[0-9a-f]{16}$/)
  for (const copy of [forwarded, brighter]) assert.ok(apart(print, (await printed(copy))!) <= 6)
})

test('another picture has another print', async () => {
  const [one, other] = [(await printed(sample('phone.jpg')))!, (await printed(sample('camera.jpg')))!]

  assert.ok(apart(one, other) > 16, String(apart(one, other)))
})

test('a picture of one colour, and what is no picture, have none', async () => {
  const plain = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#7a5a3c' } }).png().toBuffer()

  assert.equal(await printed(plain), null)
  assert.equal(printOf(new Uint8Array(72).fill(9)), null)
})
