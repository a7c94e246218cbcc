import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spot } from '../../../cases/testing.ts'
import { publicActor } from '../../../kernel/access/index.ts'
import { inCity, later } from '../../../testing.ts'
import { takeRequest } from './post.ts'

const minutes = (clock: string) => new Date(`2026-06-10T${clock}+08:00`)

for (const { first, again, same } of [
  { first: '10:09:58', again: '10:10:01', same: true },
  { first: '10:01:00', again: '10:10:59', same: true },
  { first: '10:01:00', again: '10:11:01', same: false },
  { first: '10:01:00', again: '10:25:00', same: false },
]) {
  test(`the same post at ${first} and at ${again} is ${same ? 'one request' : 'two'}`, inCity(async (ctx) => {
    const [lng, lat] = await spot(ctx, '999902')
    const post = async (clock: string, description = '井盖裂开') => {
      const given = { api_key: 'demo', service_code: '2026.m.01003', lat: String(lat), long: String(lng), description }
      return (await takeRequest({ ...later(ctx, minutes(clock)), actor: publicActor }, given, [], undefined)).number
    }
    const number = await post(first)

    assert.equal((await post(again)) === number, same)
    assert.notEqual(await post(again, '另一件'), number)
  }))
}

test('posts that reach the house out of their order leave no key behind that leads nowhere', inCity(async (ctx) => {
  const [lng, lat] = await spot(ctx, '999902')
  const given = { api_key: 'demo', service_code: '2026.m.01003', lat: String(lat), long: String(lng), description: '井盖裂开' }
  const post = async (clock: string) => (await takeRequest({ ...later(ctx, minutes(clock)), actor: publicActor }, given, [], undefined)).number
  const number = await post('10:10:01')

  assert.equal(await post('10:09:59'), number)
  assert.equal(await post('10:09:59'), number)
  assert.equal(await post('09:59:59') === number, false)
}))
