import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { inCity, later } from '../../testing.ts'
import { keepFile, sweepFiles } from './keep.ts'
import { filesOf } from './store.ts'

const picture = (r: number) => sharp({ create: { width: 9, height: 9, channels: 3, background: { r, g: 200, b: 17 } } }).png().toBuffer()

test('a file whose request was refused is gone a day later, and one that is kept stays', inCity(async (ctx) => {
  const store = await ctx.caches.get(ctx, filesOf)
  const [refused, kept] = await Promise.all([31, 32].map(async (r) => store.put(Readable.from([await picture(r)]), { name: 'p.png' })))
  await store.open(refused!.sha256, 'thumb')
  await keepFile(ctx, kept!)
  const now = new Date()

  await sweepFiles(later(ctx, now))
  assert.ok(await store.describe(refused!.sha256))
  await sweepFiles(later(ctx, new Date(+now + 25 * 3_600_000)))

  assert.deepEqual([await store.describe(refused!.sha256), await store.fault(refused!.sha256)], [undefined, 'missing'])
  assert.equal(await store.fault(kept!.sha256), undefined)
  const again = await store.put(Readable.from([await picture(31)]), { name: 'p.png' })
  assert.equal(again.sha256, refused!.sha256)
  assert.equal(await store.fault(again.sha256), undefined)
}))
