import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { publicActor, systemActor, type Context } from '../../kernel/index.ts'
import { as, inCity, later, TODAY, withApp } from '../../testing.ts'
import { casesFold } from '../checks.ts'
import { caseStepped } from '../events.ts'
import { OUTCOMES } from '../contract.ts'
import { caseKey } from '../number.ts'
import { findByQueryWord } from '../query-word.ts'
import { reportCase } from '../report.ts'
import { readCase, readSteps } from '../store.ts'
import { takeStep } from '../take-step.ts'
import { caseIn, litter, spot } from '../testing.ts'
import { incidentsWhole } from './checks.ts'
import { mergeCases, reportInto, unmergeCase } from './merge.ts'
import { membersTold } from './tell-members.ts'
import { treeOf } from './tree.ts'

const report = async (ctx: Context, metres = 0) => (await reportCase(ctx, await litter(ctx, { position: await spot(ctx, '999902', metres) }))).number
const row = async (ctx: Context, number: string) => (await readCase(ctx, caseKey(number)))!
const merge = (ctx: Context, number: string, target: string) => takeStep(ctx, caseKey(number), { step: 'merge', target })

async function faults(ctx: Context): Promise<string[]> {
  const found: string[] = []
  for (const check of [incidentsWhole, casesFold]) for await (const fault of check.run(ctx)) found.push(fault)
  return found
}

test('a merged case ends as merged, and its root counts both', inCity(async (ctx) => {
  const [root, other] = [await report(ctx), await report(ctx, 8)]
  const merged = await merge(ctx, other, root)

  assert.deepEqual([merged.state, merged.outcome, merged.mergedInto], ['merged', 'merged', root])
  assert.equal((await row(ctx, root)).reports, 2)
  assert.deepEqual((await readSteps(ctx, caseKey(root))).map(({ step }) => step), ['report', 'joined'])
  assert.deepEqual(await faults(ctx), [])
}))

test('what is merged into a merged case goes to its root, and brings what it had gathered', inCity(async (ctx) => {
  const [a, b, c, d] = [await report(ctx), await report(ctx), await report(ctx), await report(ctx)]
  await merge(ctx, b, a)
  await merge(ctx, d, c)
  await merge(ctx, a, c)
  const late = await report(ctx)
  await merge(ctx, late, b)

  assert.deepEqual([(await row(ctx, late)).mergedInto, (await row(ctx, a)).mergedInto], [c, c])
  assert.deepEqual([(await row(ctx, c)).reports, (await row(ctx, a)).reports], [5, 2])
  assert.deepEqual(await faults(ctx), [])
}))

test('no case is merged into itself, nor into what was merged into it', inCity(async (ctx) => {
  const [a, b] = [await report(ctx), await report(ctx)]
  await assert.rejects(merge(ctx, a, a), { code: 'case.merged-into-itself' })
  await merge(ctx, b, a)

  await assert.rejects(merge(ctx, a, b), { code: 'case.merged-into-itself' })
}))

test('a case that has ended takes no more reports', inCity(async (ctx) => {
  const closed = await caseIn(ctx, 'closed')

  await assert.rejects(merge(ctx, await report(ctx), closed.number), { code: 'case.target-ended' })
}))

test('taken out again it goes on from where it stood, with all that had been merged into it', inCity(async (ctx) => {
  const [root, member] = [await report(ctx), await caseIn(ctx, 'dispatched')]
  const own = await report(ctx)
  await merge(ctx, own, member.number)
  await merge(ctx, member.number, root)
  assert.equal((await row(ctx, root)).reports, 3)

  const out = await unmergeCase(ctx, caseKey(member.number), '不是同一处')
  assert.deepEqual([out.state, out.outcome, out.mergedInto, out.reports], ['dispatched', 'established', null, 2])
  assert.equal((await row(ctx, root)).reports, 1)
  assert.equal((await row(ctx, own)).mergedInto, member.number)
  assert.ok(out.dueAt !== null && out.lamp !== 'grey')
  assert.deepEqual(await faults(ctx), [])
}))

test('many are merged in one act, each with a verdict, and the root says it once', inCity(async (ctx) => {
  const [root, a, b] = [await report(ctx), await report(ctx), await report(ctx)]
  const closed = await caseIn(ctx, 'closed')
  const reply = await mergeCases(ctx, caseKey(root), [a, b, closed.number, root], '同一处')

  assert.deepEqual(reply.verdicts.map(({ merged, problem }) => [merged, problem?.code ?? null]), [
    [true, null],
    [true, null],
    [false, 'case.step-not-open'],
    [false, 'case.merged-into-itself'],
  ])
  assert.equal(reply.reports, 3)
  assert.deepEqual((await readSteps(ctx, caseKey(root))).map(({ step }) => step), ['report', 'joined'])
  assert.deepEqual(await faults(ctx), [])
}))

test('merging needs its permit, over the case and over the root', inCity(async (ctx) => {
  const [root, other] = [await report(ctx), await report(ctx)]

  await assert.rejects(merge(as(ctx, 'case.read'), other, root), { code: 'access.permit-missing' })
  await assert.rejects(mergeCases(as(ctx, { permits: ['case.merge', 'case.read'], region: '999903' }), caseKey(root), [other]), { code: 'case.unknown' })
}))

test('all who told of an incident stand in its tree, masked for those who may not know them', inCity(async (ctx) => {
  const root = await report(ctx)
  const { number, root: followed } = await reportInto(
    { ...ctx, actor: ctx.actor },
    { ...(await litter(ctx)), reporter: { name: '王小明', phone: '13812342207' } },
    root,
  )
  const tree = await treeOf(as(ctx, 'case.read'), caseKey(number))

  assert.equal(followed.number, root)
  assert.deepEqual([tree.root, tree.reports, tree.items.map((each) => each.parent)], [root, 2, [null, root]])
  assert.deepEqual(tree.items[1]!.reporter, { name: '王**', phone: '138****2207' })
  assert.equal((await treeOf(as(ctx, 'case.read', 'case.reporter'), caseKey(root))).items[1]!.reporter?.phone, '13812342207')
}))

test('whoever told of it follows the root with their own number and word', inCity(async (ctx) => {
  const root = (await caseIn(ctx, 'dispatched')).number
  const { number, queryWord } = await reportCase({ ...ctx, actor: publicActor }, { ...(await litter(ctx)), source: 'public' })
  await merge(ctx, number, root)
  const found = await findByQueryWord(ctx, number, queryWord)

  assert.deepEqual([found?.row.number, found?.row.state, found?.root.number, found?.root.state], [number, 'merged', root, 'dispatched'])
}))

test('when the root ends, each of its reports is told once', inCity(async (ctx) => {
  const root = await caseIn(ctx, 'checked')
  const [a, b] = [await report(ctx), await report(ctx)]
  await merge(ctx, a, root.number)
  await merge(ctx, b, a)
  await takeStep(ctx, caseKey(root.number), { step: 'close' })
  const heard = ctx.outbox.events.filter(({ name }) => name === caseStepped.name).map(({ name, district, body }, i) => ({ position: String(i), name, district, at: ctx.now, body }))
  await membersTold.hear(ctx, heard)
  await membersTold.hear(ctx, heard)

  for (const number of [a, b]) assert.equal((await readSteps(ctx, caseKey(number))).filter(({ step }) => step === 'root-ended').length, 1)
  assert.deepEqual(await faults(ctx), [])
}))

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

test('through random mergings and unmergings no report is lost', (t) => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  return inCity(async (ctx) => {
    const random = seeded(seed)
    const numbers: string[] = []
    for (let i = 0; i < 12; i++) numbers.push(await report(ctx, i))
    const pick = () => numbers[Math.floor(random() * numbers.length)]!
    let done = 0
    for (let turn = 0; turn < 80; turn++) {
      const at = later(ctx, new Date(+ctx.now + turn * 1000))
      await sql`savepoint turn`.execute(ctx.db)
      try {
        if (random() < 0.6) await merge(at, pick(), pick())
        else await unmergeCase(at, caseKey(pick()))
        done++
      } catch (error) {
        await sql`rollback to savepoint turn`.execute(ctx.db)
        assert.match((error as { code: string }).code, /^case\.(merged-into-itself|step-not-open|not-merged)$/, `seed ${seed}`)
      }
      const { rows } = await sql<{ outcome: string; n: number }>`select outcome, count(*)::int as n from case_file group by outcome`.execute(ctx.db)
      assert.ok(rows.every(({ outcome }) => (OUTCOMES as readonly string[]).includes(outcome)))
      assert.equal(rows.reduce((sum, { n }) => sum + n, 0), numbers.length, `seed ${seed}`)
      const roots = (await Promise.all(numbers.map((number) => row(ctx, number)))).filter(({ mergedInto }) => mergedInto === null)
      assert.equal(roots.reduce((sum, { reports }) => sum + reports, 0), numbers.length, `seed ${seed}`)
    }
    assert.ok(done > 20)
    assert.deepEqual(await faults(ctx), [], `seed ${seed}`)
  })()
})

test('two who merge each other’s case at once make no circle', withApp(async ({ kernel }) => {

  const who = { actor: systemActor, now: TODAY }
  const [a, b] = await kernel.transact(who, async (ctx) => [await report(ctx), await report(ctx)])
  const tried = await Promise.allSettled([
    kernel.transact(who, (ctx) => merge(ctx, a!, b!)),
    kernel.transact(who, (ctx) => merge(ctx, b!, a!)),
  ])

  assert.equal(tried.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.deepEqual(await kernel.read(who, faults), [])
  // And the figures of the room above say the same.
  await kernel.settle()
  const gather = kernel.rooms.flatMap(({ checks = [] }) => checks).find(({ name }) => name === 'gather')!
  const differs = await kernel.read(who, async (ctx) => Array.fromAsync(gather.run(ctx)))
  assert.deepEqual(differs, [])
  const { rows } = await sql<{ reported: number; merged: number; pending: number }>`
    select sum(reported)::int as reported, sum(now_merged)::int as merged, sum(now_pending)::int as pending
      from case_tally where axis = 'all' and grain = 'year' and major = '' and region = district`.execute(kernel.db)
  assert.deepEqual(rows, [{ reported: 2, merged: 1, pending: 1 }])
}))
