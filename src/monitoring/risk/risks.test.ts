import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addRisk, changeRisk, listRisks, reviewRisk } from './risks.ts'
import { as, inCity, later, withApp, type App } from '../../testing.ts'
import { systemActor, type Context } from '../../kernel/index.ts'
import { findCategory } from '../../registry/index.ts'
import { findCase, takeStep } from '../../cases/index.ts'
import { photo } from '../../cases/testing.ts'
import { register, ringOnce, somewhere } from '../testing.ts'
import { hazardsFollow, risksCounted } from './checks.ts'
import { listMatrices, setMatrix } from './city-matrix.ts'
import { followCases, openCase } from './hazard-case.ts'
import { findHazard, listHazards, readHazard, readHazardFigures } from './hazards.ts'
import { exportRisks } from './export-risks.ts'
import { importRisks } from './import-risks.ts'
import { keepReviews } from './keep-reviews.ts'
import { KIND_CODES, KINDS_OF_RISK } from './kinds.ts'
import { mapRisks, readFigures } from './risk-map.ts'
import { readRisk } from './read-risk.ts'
import { hazardAt, riskAndHazard, riskAt } from './testing.ts'

const DAY_MS = 86_400_000
const faults = async (ctx: Context) => [...(await Array.fromAsync(risksCounted.run(ctx))), ...(await Array.fromAsync(hazardsFollow.run(ctx)))]
const WORLD = { box: '60,10,140,60', zoom: 8 }

test('a risk is registered, judged, changed, reviewed and removed; its history and what is counted follow', inCity(async (ctx) => {
  const { position, district } = await somewhere(ctx)
  const made = await addRisk(ctx, riskAt(position))
  assert.deepEqual([made.code, made.level, made.district, made.overdue], [`FX${district}-00001`, 2, district, false])
  await assert.rejects(addRisk(ctx, { code: made.code, ...riskAt(position) }), { code: 'monitoring.risk-exists' })
  await assert.rejects(addRisk(ctx, riskAt(position, { kind: 'bridge', devices: ['NONE'], ownerUnit: 'NONE' })), ({ faults: found }: { faults: { at: string }[] }) => {
    assert.deepEqual(found.map(({ at }) => at), ['kind', 'ownerUnit', 'devices.0'])
    return true
  })

  const worse = await changeRisk(ctx, made, riskAt(position, { likelihood: 5, consequence: 4 }))
  assert.equal(worse.level, 4)
  const after = later(ctx, new Date(+ctx.now + 181 * DAY_MS))
  await keepReviews(after)
  assert.deepEqual((await listRisks(after, { review: 'overdue' })).items.map(({ code, overdue }) => [code, overdue]), [[made.code, true]])
  assert.equal((await readFigures(after, {})).overdue, 1)
  assert.deepEqual(await faults(after), [])
  const reviewed = await reviewRisk(after, made, { likelihood: 2, consequence: 4, note: '已加装探测器' })
  assert.deepEqual([reviewed.level, reviewed.overdue, (await readFigures(after, {})).levels], [1, false, [1, 0, 0, 0]])

  await changeRisk(after, made, { ...riskAt(position), state: 'ended', note: '已拆除' })
  assert.deepEqual((await readFigures(after, {})).levels, [0, 0, 0, 0])
  assert.deepEqual((await readRisk(after, made)).history.map(({ what, level }) => [what, level]), [['ended', 2], ['reviewed', 1], ['changed', 4], ['made', 2]])
  await assert.rejects(reviewRisk(after, made, { likelihood: 1, consequence: 1, note: '再评' }), { code: 'monitoring.risk-ended' })
  assert.deepEqual(await faults(after), [])
  await sql`update risk_tally set n = n + 1`.execute(ctx.db)
  assert.ok((await faults(after)).length > 0, 'a wrong count is found')
}))

test('another matrix holds from the next review on, and each risk keeps the version by which it was judged', inCity(async (ctx) => {
  const { position } = await somewhere(ctx)
  const made = await addRisk(ctx, riskAt(position))
  const cells = (await listMatrices(ctx)).now.cells
  await assert.rejects(setMatrix(ctx, { cells: cells.with(4, [1, 1, 1, 1, 1]), note: '放宽' }), { code: 'monitoring.risk-matrix-faulty' })
  await assert.rejects(setMatrix(as(ctx, 'monitoring.risk'), { cells, note: '放宽' }), { code: 'access.permit-missing' })
  assert.equal((await setMatrix(ctx, { cells: cells.with(2, [1, 1, 2, 3, 3]), note: '从严' })).version, 1)

  const stands = (await listRisks(ctx, {})).items[0]!
  const reviewed = await reviewRisk(ctx, made, { likelihood: 3, consequence: 4, note: '按新矩阵' })
  assert.deepEqual([stands.level, stands.matrix, reviewed.level, reviewed.matrix], [2, 0, 3, 1])
}))

test('each sees and keeps the risks of their own region and units', inCity(async (ctx) => {
  const { position, district } = await somewhere(ctx)
  const { rows: units } = await sql<{ code: string; path: string }>`select code, path from unit where level = 2 order by code limit 2`.execute(ctx.db)
  const [mine, other] = units
  const one = await addRisk(ctx, riskAt(position, { ownerUnit: mine!.code }))
  await addRisk(ctx, riskAt(position, { ownerUnit: other!.code }))
  const person = as(ctx, { permits: ['monitoring.read', 'monitoring.risk'], region: district, unit: mine!.path })

  assert.deepEqual((await listRisks(person, {})).items.map(({ code }) => code), [one.code])
  assert.deepEqual((await readFigures(person, {})).levels, [0, 1, 0, 0])
  assert.deepEqual((await mapRisks(person, WORLD)).items.map(({ n, code }) => [n, code]), [[1, one.code]])
  await assert.rejects(addRisk(person, riskAt(position, { ownerUnit: other!.code })), { code: 'access.permit-missing' })
  await assert.rejects(findHazard(as(ctx, 'monitoring.read'), hazardAt({ risk: one })), { code: 'access.permit-missing' })
  const stranger = as(ctx, { permits: ['monitoring.read'], region: '110101' })
  assert.deepEqual([(await listRisks(stranger, {})).items, (await mapRisks(stranger, WORLD)).items, (await readFigures(stranger, {})).districts], [[], [], []])
}))

test('risks go out as a list and come back the same; a faulty list changes nothing', inCity(async (ctx) => {
  const { position } = await somewhere(ctx)
  for (let i = 0; i < 3; i++) await addRisk(ctx, riskAt(position, { name: `调压箱 ${i}` }))
  const { body } = await exportRisks(ctx, { format: 'csv' }, 'zh')
  assert.deepEqual(await importRisks(ctx, { text: String(body), apply: true }), { rows: 3, added: 0, changed: 0, same: 3, faults: [], more: 0, applied: true })

  const better = String(body).replace('调压箱 1', '调压站').replace('FX', 'GX')
  const { added, changed, same } = await importRisks(ctx, { text: better, apply: true })
  assert.deepEqual([added, changed, same], [1, 1, 1])
  const broken = String(body).replace('市政设施', '农业')
  assert.equal((await importRisks(ctx, { text: broken, apply: false })).faults[0]!.row, 2)
  await assert.rejects(importRisks(ctx, { text: broken, apply: true }), { code: 'monitoring.list-unsound' })
  assert.deepEqual(await faults(ctx), [])
}))

test('many risks are gathered on the map, and each stands by itself when one comes near', inCity(async (ctx) => {
  const { position: [lng, lat] } = await somewhere(ctx)
  for (let i = 0; i < 4; i++) await addRisk(ctx, riskAt([lng + i * 2e-5, lat], { likelihood: 5, consequence: i + 1 }))
  const far = (await mapRisks(ctx, WORLD)).items
  const near = (await mapRisks(ctx, { ...WORLD, zoom: 18 })).items
  assert.deepEqual([far.map(({ n, level, code }) => [n, level, code]), near.length], [[[4, 4, null]], 4])
  assert.equal((await mapRisks(ctx, { ...WORLD, level: 4 })).items[0]!.n, 1)

  // As if there were too many to be read.
  await sql`update risk_tile set n = n * 10000, east = east * 10000, north = north * 10000`.execute(ctx.db)
  const [tile] = (await mapRisks(ctx, { ...WORLD, level: 4 })).items
  assert.ok(tile && tile.n === 10_000 && Math.abs(tile.lng - lng - 6e-5) < 1e-6 && Math.abs(tile.lat - lat) < 1e-6, JSON.stringify(tile))
}))

test('every kind of risk has a category of the catalogue for its hazards', inCity(async (ctx) => {
  for (const kind of KIND_CODES) assert.ok(await findCategory(ctx, KINDS_OF_RISK[kind].category), kind)
}))

test('a hazard becomes one case, stands where it stands, and is cleared with it', inCity(async (ctx) => {
  const { position } = await somewhere(ctx)
  const risk = await addRisk(ctx, riskAt(position))
  const hazard = await findHazard(ctx, hazardAt({ risk, grade: 2 }))
  assert.deepEqual([hazard.stage, hazard.caseNumber, hazard.field], ['to-rectify', null, 'municipal'])
  const key = (await openCase(ctx, hazard))!
  assert.deepEqual(await openCase(ctx, hazard), key, 'once')
  const stands = async () => {
    await followCases(ctx, [key.number])
    const { stage, caseNumber, late } = await readHazard(ctx, hazard)
    assert.equal(caseNumber, key.number)
    return `${stage}${late ? ' late' : ''}`
  }
  assert.match((await findCase(ctx, key))!.description, new RegExp(`重大隐患.*阀门锈蚀渗漏.*${hazard.code}.*${risk.code}`))
  assert.equal(await stands(), 'rectifying', 'what an inspection has found is with its unit at once')
  const { rows: [collector] } = await sql<{ id: string }>`select account_id as id from access_grant where role = 'collector' limit 1`.execute(ctx.db)
  const files = [await photo(ctx)]
  const unit = as(ctx, 'case.read', 'case.dispose')
  const step = async (name: string, more: object = {}) => {
    await takeStep(name === 'dispose' ? unit : ctx, key, { step: name, ...more })
    return stands()
  }
  assert.equal(await step('dispose', { files }), 'to-check')
  assert.equal(await step('check', { collector: collector!.id }), 'to-check')
  assert.equal(await step('rework', { files, note: '仍在渗漏' }), 'rectifying')
  assert.equal(await step('dispose', { files }), 'to-check')
  await step('check', { collector: collector!.id })
  await step('pass', { files })
  if ((await stands()) !== 'cleared') assert.equal(await step('close'), 'cleared')
  assert.deepEqual((await readHazardFigures(ctx, {})).stages, [0, 0, 0, 1, 0])
  assert.deepEqual([(await listHazards(ctx, { open: true })).items, (await listHazards(ctx, { stage: 'cleared' })).items.length], [[], 1])
  assert.deepEqual(await faults(ctx), [])
  await sql`update hazard set stage = 'rectifying'`.execute(ctx.db)
  assert.ok((await faults(ctx)).some((each) => each.includes(key.number)), 'a stage of its own is found')
}))

test('over the wire: the case comes by itself, a ringing device raises its risk, and no hazard is closed by hand', withApp(async (app: App) => {
  const { kernel } = app
  await register(kernel, ['WL-1'])
  const { district, risk, hazard } = await riskAndHazard(kernel, { devices: ['WL-1'] })
  const json = async <T>(path: string, account = 'lead') => {
    const reply = await app.fetchAs(account, path)
    assert.equal(reply.status, 200, `${path} ${reply.status}`)
    return (await reply.json()) as T
  }
  assert.deepEqual(await json('/api/risks/warned'), { items: [], more: false })
  await ringOnce(kernel, 'WL-1')
  const { items } = await json<{ items: { risk: { code: string; level: number; levelNow: number }; alarms: { device: string }[] }[] }>('/api/risks/warned')
  assert.deepEqual(items.map(({ risk: each, alarms }) => [each.code, each.level, each.levelNow, alarms.map(({ device }) => device)]), [[risk, 2, 3, ['WL-1']]])

  let found: { caseNumber: string | null } = { caseNumber: null }
  for (const end = Date.now() + 30_000; found.caseNumber === null && Date.now() < end; await new Promise((over) => setTimeout(over, 200))) found = await json(`/api/hazards/${district}/${hazard}`)
  const { brief } = await json<{ brief: { description: string } }>(`/api/cases/${found.caseNumber}`)
  assert.match(brief.description, new RegExp(hazard))
  await kernel.settle()
  assert.deepEqual(await kernel.read({ actor: systemActor }, faults), [])
  for (const method of ['PUT', 'DELETE', 'PATCH']) assert.equal((await app.fetchAs('lead', `/api/hazards/${district}/${hazard}`, { method, json: { stage: 'cleared' } })).status, 405)
  assert.equal((await app.fetchAs('leader', '/api/hazards', { json: hazardAt({ risk: { district, code: risk } }) })).status, 403)
  assert.equal((await app.fetchAs('dispatcher', '/api/risks', { json: riskAt([0, 0]) })).status, 403)
}))
