import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { asHouse, withLog } from '../log/testing.ts'
import type { Job, Room } from '../room.ts'
import { enqueue, jobsRoom, migrateQueue, startJobs } from './index.ts'

const roomOf = (...jobs: Job[]): Room => ({ name: 'test', title: { zh: '测试', en: 'Test' }, jobs })

async function until(true_: () => boolean | Promise<boolean>) {
  for (let i = 0; i < 1000 && !(await true_()); i++) await sleep(10)
  assert.ok(await true_())
}

test('what runs again and again runs on one node at a time', () => {
  let running = 0
  let runs = 0
  let crowded = false
  const job: Job = {
    name: 'test.again',
    every: 0.05,
    run: async () => {
      crowded ||= ++running > 1
      await sleep(30)
      running--
      runs++
    },
  }
  return withLog([jobsRoom, roomOf(job)], async ({ node }) => {
    const started = [await startJobs(node()), await startJobs(node())]
    await until(() => runs >= 8)
    for (const jobs of started) await jobs.stop()

    assert.equal(crowded, false)
  })()
})

test('a job whose node was killed runs again elsewhere when the lease is over', () => {
  let runs = 0
  const job: Job = { name: 'test.left', every: 0.05, run: async () => void runs++ }
  return withLog([jobsRoom, roomOf(job)], async ({ node }) => {
    const other = node()
    await sql`
      insert into job_turn
      values ('test.left', now() - interval '1 minute', 'a killed node', now() + interval '1 second')`.execute(other.db)
    const jobs = await startJobs(other)
    await sleep(300)
    assert.equal(runs, 0)
    await until(() => runs > 0)
    await jobs.stop()
  })()
})

test('queued work is done after its commit, and never if there is none; what fails is tried again', () => {
  const done: string[] = []
  const job: Job = {
    name: 'test.queued',
    run: async (_, { word }: { word: string }) => {
      done.push(word)
      if (word === 'shaky' && done.filter((one) => one === 'shaky').length === 1) throw new Error('once')
    },
  }
  return withLog([jobsRoom, roomOf(job)], async ({ node }) => {
    const one = node()
    await migrateQueue(one.pool)
    const jobs = await startJobs(one)
    await one.transact(asHouse, (ctx) => enqueue(ctx, job, { word: 'kept' }, { key: 'same' }))
    await one
      .transact(asHouse, async (ctx) => {
        await enqueue(ctx, job, { word: 'undone' })
        throw new Error('undone')
      })
      .catch(() => {})
    await one.transact(asHouse, (ctx) => enqueue(ctx, job, { word: 'shaky' }))
    await until(() => done.filter((word) => word === 'shaky').length === 2)
    await jobs.stop()

    assert.deepEqual(done.toSorted(), ['kept', 'shaky', 'shaky'])
  })()
})
