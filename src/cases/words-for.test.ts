import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publicActor } from '../kernel/access/index.ts'
import { as, inCity } from '../testing.ts'
import { caseDetail } from './detail.ts'
import { presentBrief } from './brief.ts'
import { reportCase } from './report.ts'
import { litter } from './testing.ts'

const WORDS = '2单元501室门口堆垃圾，电话13812342207'
const MASKED = '2单元501室门口堆垃圾，电话***'

test('what a citizen wrote is read without contacts by those who need not know who reported', inCity(async (ctx) => {
  const citizen = { ...ctx, actor: publicActor, origin: { address: '203.0.113.9', requestId: 'r' } }
  const report = await litter(ctx, { source: 'public', description: WORDS, address: '人民路 88 号，13812342207', attributes: { place_detail: WORDS } })
  const { row } = await reportCase(citizen, report)
  await reportCase(citizen, report)
  const [operator, dispatcher] = [as(ctx, 'case.read', 'case.reporter'), as(ctx, 'case.read', 'case.dispatch')]

  const whole = await caseDetail(operator, row)
  assert.deepEqual([whole.brief.description, whole.attributes.place_detail, whole.duplicates[0]!.description], [WORDS, WORDS, WORDS])
  assert.equal(whole.history[0]!.from, '203.0.113.9')
  const masked = await caseDetail(dispatcher, row)
  assert.deepEqual([masked.brief.description, masked.attributes.place_detail, masked.duplicates[0]!.description], [MASKED, MASKED, MASKED])
  assert.equal(masked.history[0]!.from, null)
  assert.doesNotMatch(JSON.stringify(masked), /13812342207/)
  assert.equal((await presentBrief(dispatcher, row)).description, MASKED)
}))
