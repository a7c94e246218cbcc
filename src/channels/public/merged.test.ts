import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caseKey, reportCase, takeStep } from '../../cases/index.ts'
import { publicActor, type Position } from '../../kernel/index.ts'
import { findCells } from '../../atlas/index.ts'
import { centroid } from '../../kernel/geometry/index.ts'
import { inCity } from '../../testing.ts'
import { findNearby, findProgress } from './look-up.ts'

test('whose report was merged follows the case that goes on, with their own number and word', inCity(async (ctx) => {
  const [cell] = await findCells(ctx, '999902')
  const { geometry } = cell!
  const position: Position = centroid(geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0]!)
  const report = { source: 'hotline', category: '2026.m.06010', description: '路口堆放生活垃圾', position }
  const root = await reportCase(ctx, report)
  await takeStep(ctx, caseKey(root.number), { step: 'accept' })
  const mine = await reportCase({ ...ctx, actor: publicActor }, { ...report, source: 'public', description: '垃圾没人收' })
  await takeStep(ctx, caseKey(mine.number), { step: 'merge', target: root.number })
  const progress = await findProgress({ ...ctx, actor: publicActor }, mine.number, mine.queryWord)
  const near = await findNearby({ ...ctx, actor: publicActor }, { position, metres: 100, limit: 5 })

  assert.deepEqual([progress.number, progress.words, progress.open, progress.sentence.zh], [mine.number, '垃圾没人收', true, '已受理，正在立案'])
  assert.ok(near.every(({ number }) => number !== mine.number))
}))
