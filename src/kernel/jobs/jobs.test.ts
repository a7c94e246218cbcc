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
      values ('test.left', now() - interval '1 minute', 'a killed node', now() + interval '1 hour')`.execute(other.db)
    const jobs = await startJobs(other)
    await sleep(300)
    assert.equal(runs, 0)
    await sql`update job_turn set leased_until = now() where name = 'test.left'`.execute(other.db)
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

test('work whose end cannot be written down is taken up again, and so is that of a worker that died', () => {
  const done: string[] = []
  const job: Job = { name: 'test.torn', run: async (_, { word }: { word: string }) => void done.push(word) }
  return withLog([jobsRoom, roomOf(job)], async ({ node }) => {
    const one = node()
    await migrateQueue(one.pool)
    await one.transact(asHouse, (ctx) => enqueue(ctx, job, { word: 'left' }))
    await sql`update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now(), attempts = 1`.execute(one.db)
    await sql`insert into queue_worker values ('dead', now() - interval '1 hour')`.execute(one.db)
    await sql`
      create function no_end() returns trigger language plpgsql as 'begin raise ''the disk is full''; end'`.execute(one.db)
    await sql`
      create trigger no_end before delete on graphile_worker._private_jobs for each row execute function no_end()`.execute(one.db)
    const jobs = await startJobs(one)
    await one.transact(asHouse, (ctx) => enqueue(ctx, job, { word: 'torn' }))
    await until(() => done.includes('torn'))
    await sql`drop function no_end cascade`.execute(one.db)
    await until(async () => (await sql`select from graphile_worker._private_jobs`.execute(one.db)).rows.length === 0)
    await jobs.stop()

    assert.deepEqual([...new Set(done)].toSorted(), ['left', 'torn'])
  })()
})
