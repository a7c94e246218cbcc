import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import exifr from 'exifr'
import sharp from 'sharp'
import { createFileStore, MAX_BYTES, type FileStore } from './store.ts'

const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url))
const phone = sample('phone.jpg')
const camera = sample('camera.jpg')
const flow = (bytes: Uint8Array, chunk = 4096) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += chunk) yield Buffer.from(bytes.subarray(at, at + chunk))
    })(),
  )

const inStore = (body: (store: FileStore, folder: string) => Promise<void>) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chengyun-files-'))
  try {
    await body(await createFileStore(folder), folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('a photo is kept under its digest, with the place and time its phone wrote', inStore(async (store) => {
  const stored = await store.put(flow(phone), { name: 'C:\\pictures\\井盖 破损.jpg' })

  assert.equal(stored.sha256.length, 64)
  assert.equal(stored.name, '井盖 破损.jpg')
  assert.equal(stored.type, 'image/jpeg')
  assert.equal(stored.bytes, phone.length)
  assert.equal(stored.takenAt?.toISOString(), '2018-07-25T08:34:23.000Z')
  assert.deepEqual(stored.position?.map((degrees) => Number(degrees.toFixed(6))), [14.820294, 50.299603])
  assert.deepEqual(await store.describe(stored.sha256), stored)
  assert.deepEqual(await buffer((await store.open(stored.sha256, 'original')).stream), phone)
}))

test('a photo of a plain camera is read too', inStore(async (store) => {
  const { position, takenAt } = await store.put(flow(camera), { name: 'a.jpg' })

  assert.deepEqual(position?.map((degrees) => Number(degrees.toFixed(6))), [11.885127, 43.467448])
  assert.equal(takenAt?.toISOString(), '2008-10-22T08:28:39.000Z')
}))

test('the same bytes sent twice, also at once, are one file', inStore(async (store, folder) => {
  const [a, b] = await Promise.all([store.put(flow(phone), { name: 'a.jpg' }), store.put(flow(phone), { name: 'b.jpg' })])
  const again = await store.put(flow(phone), { name: 'c.jpg' })

  assert.equal(a.sha256, b.sha256)
  assert.equal(again.sha256, a.sha256)
  assert.deepEqual(await readdir(join(folder, 'incoming')), [])
  assert.equal((await readdir(join(folder, a.sha256.slice(0, 2), a.sha256.slice(2, 4)))).length, 2)
}))

test('thumbnails and public copies are smaller, upright, and hold nothing but the picture', inStore(async (store) => {
  const { sha256 } = await store.put(flow(phone), { name: 'a.jpg' })

  for (const variant of ['thumb', 'public'] as const) {
    const copy = await store.open(sha256, variant)
    const bytes = await buffer(copy.stream)
    const { width = 0, height = 0, exif, icc, xmp, iptc } = await sharp(bytes).metadata()
    assert.equal(copy.bytes, bytes.length)
    assert.ok(Math.max(width, height) <= (variant === 'thumb' ? 320 : 1600))
    assert.deepEqual([exif, icc, xmp, iptc], [undefined, undefined, undefined, undefined])
    assert.equal(await exifr.parse(bytes).catch(() => undefined), undefined)
    assert.equal(bytes.includes('Exif'), false)
  }
}))

const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#0F5F70' } }).png().toBuffer()

/** The same picture, whose head says another size: as a bomb does that fills the memory when it is unpacked. */
function sized(picture: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(picture)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}

for (const { because, bytes, code } of [
  { because: 'it ends too early', bytes: phone.subarray(0, phone.length / 2), code: 'files.damaged' },
  { because: 'its bytes were spoilt', bytes: spoil(png), code: 'files.damaged' },
  { because: 'it is empty', bytes: new Uint8Array(), code: 'files.empty' },
  {
    because: 'it is a page that calls itself a photo', bytes: Buffer.from('<html><script>alert(1)</script></html>'),
    code: 'files.type-refused',
  },
  {
    because: 'it is a drawing that may hold a script',
    bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    code: 'files.type-refused',
  },
  {
    because: 'it is a program',
    bytes: Buffer.concat([Buffer.from('7f454c460201010000', 'hex'), Buffer.alloc(200)]),
    code: 'files.type-refused',
  },
  { because: 'it says that it has 200 million pixels', bytes: sized(png, 20_000, 10_000), code: 'files.picture-too-large' },
  { because: 'it is too large', bytes: Buffer.concat([phone, Buffer.alloc(MAX_BYTES)]), code: 'files.too-large' },
]) {
  test(`a file is refused and leaves nothing behind: ${because}`, inStore(async (store, folder) => {
    await assert.rejects(store.put(flow(bytes), { name: 'photo.jpg' }), { code })

    assert.deepEqual(await readdir(folder), ['incoming'])
    assert.deepEqual(await readdir(join(folder, 'incoming')), [])
  }))
}

test('an upload that breaks off leaves nothing behind', inStore(async (store, folder) => {
  const broken = Readable.from(
    (function* () {
      yield phone.subarray(0, 5000)
      throw new Error('the network went away')
    })(),
  )

  await assert.rejects(store.put(broken, { name: 'photo.jpg' }), /network went away/)

  assert.deepEqual(await readdir(join(folder, 'incoming')), [])
}))

test('a document is kept and has no public copy', inStore(async (store) => {
  const { sha256, type } = await store.put(flow(Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n')), { name: '批文.pdf' })

  assert.equal(type, 'application/pdf')
  await assert.rejects(store.open(sha256, 'public'), { code: 'files.no-picture' })
}))

test('a changed or missing file is named, and sent again it is whole', inStore(async (store, folder) => {
  const { sha256 } = await store.put(flow(camera), { name: 'a.jpg' })
  const path = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

  assert.equal(await store.fault(sha256), undefined)
  await appendFile(path, 'x')
  assert.equal(await store.fault(sha256), 'changed')
  await rm(path)
  assert.equal(await store.fault(sha256), 'missing')
  await store.put(flow(camera), { name: 'a.jpg' })
  assert.equal(await store.fault(sha256), undefined)
}))

function spoil(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes)
  const data = spoilt.indexOf('IDAT') + 4
  spoilt.fill(0xff, data + 2, data + 12)
  return spoilt
}
