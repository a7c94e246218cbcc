import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inCity } from '../testing.ts'
import { addPerson, changePerson } from './people.ts'
import { findUnits } from './units.ts'

test('the trail tells that a telephone was set, and not which', inCity(async (ctx) => {
  const [unit] = await findUnits(ctx)
  const { id, phone } = await addPerson(ctx, { account: 'a.new.one', name: '新人', phone: '13812342207', unit: unit!.code })
  assert.equal(phone, '13812342207')
  assert.equal((await changePerson(ctx, id, { phone: '13900001111' })).phone, '13900001111')

  const trail = JSON.stringify(ctx.outbox.entries)
  assert.match(trail, /registry\.person-added/)
  assert.doesNotMatch(trail, /13812342207|13900001111/)
}))
