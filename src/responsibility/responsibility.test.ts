import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkPack, exportPack, loadPack, type Context } from '../kernel/index.ts'
import { inFolder } from '../registry/pack/small-pack.ts'
import { as, later, TODAY } from '../testing.ts'
import { rulesSound } from './check.ts'
import type { RuleBody } from './contract.ts'
import { decideUnits } from './decide-units.ts'
import { listDuties, setDuty } from './duties.ts'
import { exportRules, exportRulesSheet } from './export-rules.ts'
import { importRules } from './import-rules.ts'
import { listRules } from './list-rules.ts'
import { addPrecedent, listPrecedents, postPrecedentByHand, withdrawPrecedent } from './precedents.ts'
import { responsibility } from './room.ts'
import { addRule, changeRule, endRule } from './rules.ts'
import { findModel } from './suggest.ts'
import { COMMUNITY, COVER, inRuledCity, RULED_PACK, ruledFiles } from './testing.ts'
import { train } from './train.ts'
import { tryOut } from './try-out.ts'
import type { Sample } from './learn.ts'

const LITTER = '2026.m.06001'
const tomorrow = (ctx: Context) => later(ctx, new Date(+ctx.now + 86_400_000))
const units = async (ctx: Context, more: Partial<Parameters<typeof decideUnits>[1]> = {}) =>
  (await decideUnits(ctx, { category: LITTER, region: COMMUNITY, ...more })).answers.map(({ unitCode }) => unitCode)
const rule = (more: Partial<RuleBody> = {}): RuleBody => ({
  category: LITTER,
  region: COMMUNITY,
  basis: 'locality',
  roads: [],
  hours: '',
  unit: 'T01',
  note: null,
  ...more,
})
const faultsOf = async (act: Promise<unknown>): Promise<string[]> => {
  const refused = await act.then(() => undefined, (error: { faults: { at: string }[] }) => error)
  return (refused?.faults ?? []).map(({ at }) => at)
}

// ── The answer

test('units are named with their reason, their rule and how sure that is', inRuledCity(async (ctx) => {
  const cover = await decideUnits(ctx, { category: '2026.c.01001', region: COMMUNITY, componentCode: COVER })
  const litter = await decideUnits(ctx, { category: LITTER, region: COMMUNITY })

  assert.deepEqual(cover.answers.map(({ unitCode }) => unitCode), ['U01', 'T01', 'S01'])
  assert.match(cover.answers[0]!.words.zh, /99990301001000001 的权属单位/)
  assert.equal(cover.answers[1]!.unitPath, '/C01/U01/T01/')
  assert.equal(cover.order.zh, '部件 先属主后属地')
  assert.deepEqual(litter.answers.map(({ unitCode, rule: number }) => [unitCode, number]), [['S01', 'R-0003'], ['U01', 'R-0002']])
  assert.match(litter.answers[0]!.words.zh, /书院街道.*属地/)
  assert.match(litter.answers[0]!.words.en, /Shuyuan/)
  assert.deepEqual(litter.learned, [])
}))

test('a place is tried out by a position of the city, by those who may', inRuledCity(async (ctx) => {
  const here = { category: LITTER, lng: 116.3105, lat: 40.0004 }
  const found = await tryOut(as(ctx, { permits: ['responsibility.read'], region: '999903' }), here)

  assert.equal(found.answers[0]!.unitCode, 'S01')
  assert.match(found.where.zh, /书院街道/)
  await assert.rejects(tryOut(ctx, { ...here, lng: 10 }), { code: 'responsibility.place-unknown' })
  await assert.rejects(tryOut(as(ctx, { permits: ['responsibility.read'], region: '999902' }), here), { code: 'access.permit-missing' })
}))

test('at night the deputy is asked', inRuledCity(async (ctx) => {
  await addRule(ctx, rule())
  const night = { at: new Date('2026-06-10T23:00:00+08:00') }

  assert.deepEqual(await units(ctx), ['T01', 'U01', 'S01'])
  assert.deepEqual(await units(ctx, night), ['U01', 'S01'])
  // 2026-06-11 is a day off in this city.
  assert.deepEqual(await units(ctx, { at: new Date('2026-06-11T10:00:00+08:00') }), ['U01', 'S01'])
}))

// ── Rules

test('a changed rule ends, and another begins under its own number', inRuledCity(async (ctx) => {
  const first = await addRule(ctx, rule())
  const next = tomorrow(ctx)
  const second = await changeRule(next, first.number, rule({ unit: 'U01', note: '调整' }))

  assert.deepEqual([first.number, second.number, second.replaces], ['R-0004', 'R-0005', 'R-0004'])
  assert.deepEqual(await units(next), ['U01', 'S01'])
  assert.deepEqual(await units(next, { at: TODAY }), ['T01', 'U01', 'S01'], 'an earlier moment is answered by the rules of then')
  const all = await listRules(next, { state: 'all' })
  assert.deepEqual(all.items.map(({ number, to }) => [number, to !== null]), [['R-0005', false], ['R-0004', true], ['R-0003', false], ['R-0002', false], ['R-0001', false]])
  await assert.rejects(changeRule(tomorrow(next), first.number, rule()), { code: 'responsibility.rule-ended' })
  await assert.rejects(endRule(ctx, 'R-9999'), { code: 'responsibility.rule-unknown' })
  assert.ok(next.outbox.entries.some(({ act, subject }) => act === 'responsibility.rule-changed' && subject === 'R-0004'))
}))

test('an ended rule is asked no more', inRuledCity(async (ctx) => {
  await endRule(ctx, 'R-0003', '不再适用')

  assert.deepEqual(await units(later(ctx, new Date(+ctx.now + 1))), ['S01', 'U01'], 'the office of the street still answers')
  assert.equal((await listRules(ctx, {})).total, 2)
  assert.equal((await listRules(ctx, { state: 'ended' })).items[0]!.endedBy, ctx.actor.name)
}))

test('a rule is refused that speaks of nothing, that cannot hold, or that stands already', inRuledCity(async (ctx) => {
  assert.deepEqual(await faultsOf(addRule(ctx, rule({ category: '2026.m.99', region: '999904', unit: 'X', hours: 'now' }))), ['category', 'region', 'unit', 'hours'])
  assert.deepEqual(await faultsOf(addRule(ctx, rule({ from: '2026-06-11T00:00:00Z', to: '2026-06-10T00:00:00Z' }))), ['to'])
  await assert.rejects(addRule(ctx, { ...rule(), category: '2026.m', region: '999903', unit: 'S01' }), { code: 'responsibility.rule-stands' })
}))

test('whoever keeps rules keeps those of their own region and sees no other city’s', inRuledCity(async (ctx) => {
  const keeper = (region: string) => as(ctx, { permits: ['responsibility.read', 'responsibility.edit'], region })

  await addRule(keeper('999903'), rule())
  await assert.rejects(addRule(keeper('999902'), rule({ hours: 'work' })), { code: 'access.permit-missing' })
  await assert.rejects(endRule(keeper('999903'), 'R-0001'), { code: 'access.permit-missing' }, 'a rule of the whole city')
  await assert.rejects(addRule(as(ctx, 'responsibility.read'), rule({ hours: 'work' })), { code: 'access.permit-missing' })
  assert.equal((await listRules(keeper('999903'), {})).total, 4)
  assert.equal((await listRules(keeper('999902'), {})).total, 2, 'what holds in the whole city')
  assert.equal((await listRules(keeper('110101'), {})).total, 0)
  assert.equal((await listRules(as(ctx, 'case.read'), {})).total, 0)
}))

test('rules are found by what they speak of, page by page', inRuledCity(async (ctx) => {
  const numbers = async (filter: Parameters<typeof listRules>[1]) => (await listRules(ctx, filter)).items.map(({ number }) => number)
  const first = await listRules(ctx, { limit: 2 })

  assert.deepEqual(await numbers({ category: LITTER }), ['R-0003', 'R-0002'])
  assert.deepEqual(await numbers({ category: '2026.c' }), ['R-0001'])
  assert.deepEqual(await numbers({ region: COMMUNITY }), ['R-0003', 'R-0002', 'R-0001'])
  assert.deepEqual(await numbers({ text: '三定' }), ['R-0003'])
  assert.deepEqual(await numbers({ text: 'r-0002' }), ['R-0002'])
  assert.deepEqual(await numbers({ unit: 'S01', basis: 'locality' }), ['R-0003'])
  assert.deepEqual(await numbers({ limit: 2, cursor: first.next! }), ['R-0001'])
}))

// ── Lists

test('a list that was exported changes nothing when it comes back', inRuledCity(async (ctx) => {
  await addRule(ctx, rule({ roads: ['branch', 'arterial'], hours: 'work 08:00-18:00', note: '=1+1' }))
  const text = await exportRules(ctx, {}, 'zh')
  const { rows, added, same, ended, refused } = await importRules(ctx, { text, mode: 'whole', apply: true })

  assert.match(text, /^\uFEFFnumber,category,region/)
  assert.match(text, /"?'=1\+1/, 'no spreadsheet runs it')
  assert.deepEqual({ rows, same, added, ended, refused }, { rows: 4, same: 4, added: 0, ended: 0, refused: [] })
}))

test('a sheet that was exported changes nothing when it comes back', inRuledCity(async (ctx) => {
  await addRule(ctx, rule({ roads: ['branch', 'arterial'], hours: 'work 08:00-18:00', note: '=1+1' }))
  for (const language of ['zh', 'en'] as const) {
    const bytes = Buffer.concat(await Array.fromAsync(await exportRulesSheet(ctx, {}, language)))
    const { rows, same, added, ended, refused } = await importRules(ctx, { sheet: bytes.toString('base64'), mode: 'whole', apply: true })

    assert.deepEqual({ rows, same, added, ended, refused }, { rows: 4, same: 4, added: 0, ended: 0, refused: [] })
  }
  await assert.rejects(importRules(ctx, { sheet: 'bm8=', mode: 'add', apply: false }), { code: 'sheet.not-a-sheet' })
  await assert.rejects(importRules(ctx, { mode: 'add', apply: false }), { code: 'responsibility.list-missing' })
}))

test('a list is checked whole, and a fault anywhere writes nothing', inRuledCity(async (ctx) => {
  const text = ['basis,unit,category,region,hours,road', 'owner,T01,2026.m.06001,999903,,', 'owner,X,2026.m.77,,always,alley', 'mine,T01'].join('\n')
  const looked = await importRules(ctx, { text, mode: 'add', apply: false })

  assert.deepEqual(looked.refused.map(({ line, column }) => `${line}:${column}`), ['3:category', '3:unit', '3:hours', '3:road', '4:'])
  await assert.rejects(importRules(ctx, { text, mode: 'add', apply: true }), { code: 'responsibility.list-unsound' })
  assert.equal((await listRules(ctx, {})).total, 3)
  assert.deepEqual((await importRules(ctx, { text: 'who,what', mode: 'add', apply: false })).refused.map(({ column }) => column), ['who'])
}))

test('a list adds what is new, and as a whole ends what it does not name', inRuledCity(async (ctx) => {
  const text = 'basis,unit,category,region,number\nowner,U01,2026.c.01,,R-0001\nowner,T01,2026.m.06001,999903,\n'
  const added = await importRules(ctx, { text, mode: 'add', apply: true })
  const whole = await importRules(ctx, { text, mode: 'whole', apply: true })

  assert.deepEqual([added.added, added.same, added.ended], [1, 1, 0])
  assert.deepEqual([whole.added, whole.same, whole.ended], [0, 2, 2])
  assert.deepEqual((await listRules(ctx, {})).items.map(({ number }) => number), ['R-0004', 'R-0001'])
}))

test('of a list one takes only what one keeps', inRuledCity(async (ctx) => {
  const keeper = as(ctx, { permits: ['responsibility.edit'], region: '999903' })
  const text = 'basis,unit,category,region\nowner,U01,2026.c.01,\nowner,T01,2026.m.06001,999903\n'
  const looked = await importRules(keeper, { text, mode: 'whole', apply: false })

  assert.deepEqual(looked.refused.map(({ line }) => line), [2])
  assert.equal(looked.ended, 1, 'the rules of the whole city are not theirs to end')
  await assert.rejects(importRules(as(ctx, { permits: ['responsibility.edit'], region: '110101' }), { text, mode: 'add', apply: false }), { code: 'access.permit-missing' })
}))

test('a pack comes back as it was loaded, and its rules keep their numbers', inRuledCity(async (ctx) => {
  await inFolder({}, async (folder) => {
    await exportPack(ctx, join(folder, 'out'), ruledFiles)
    const text = readFileSync(join(folder, 'out/responsibility.csv'), 'utf8')
    assert.match(text, /2026\.m,999903,locality,S01,三定方案,,,.*,R-0003/)
    assert.match(readFileSync(join(folder, 'out/duty.csv'), 'utf8'), /T01,work 08:00-18:00,U01/)
    writeFileSync(join(folder, 'out/responsibility.csv'), text.replace('S01,三定方案', 'T01,三定方案'))
    await loadPack(tomorrow(ctx), join(folder, 'out'), ruledFiles)
  })
  assert.deepEqual((await listRules(tomorrow(ctx), {})).items.map(({ number, replaces }) => [number, replaces]), [['R-0004', 'R-0003'], ['R-0002', null], ['R-0001', null]])
}))

for (const { line, at, says } of [
  { line: '2026.m.77,,owner,U01,', at: ['responsibility.csv:5:category'], says: /no category/ },
  { line: '2026.m.06,,owner,U09,', at: ['responsibility.csv:5:unit'], says: /does not stand/ },
  { line: '2026.m.06,,both,U01,', at: ['responsibility.csv:5:basis'], says: /none of owner/ },
]) {
  test(`a pack with “${line}” is refused`, async () => {
    const files = { ...RULED_PACK, 'responsibility.csv': `${RULED_PACK['responsibility.csv']}${line}\n` }
    const { faults } = await inFolder(files, (folder) => checkPack(folder, ruledFiles))

    assert.deepEqual(faults.map((fault) => fault.at), at)
    assert.match(faults[0]!.reason.en, says)
  })
}

// ── Precedents and duty

test('a precedent outranks the rules until it is withdrawn', inRuledCity(async (ctx) => {
  const number = await addPrecedent(ctx, { verdict: 'ours', category: LITTER, region: COMMUNITY, unit: 'T01', origin: 'confer', source: 'p1', caseNumber: '99990320260610000001' })
  const again = await addPrecedent(ctx, { verdict: 'ours', category: LITTER, region: COMMUNITY, unit: 'T01', origin: 'confer', source: 'p1' })

  assert.deepEqual([number, again], ['P-999903-001', 'P-999903-001'])
  const { answers } = await decideUnits(ctx, { category: LITTER, region: COMMUNITY })
  assert.deepEqual(answers.map(({ unitCode, rule: by }) => [unitCode, by]), [['T01', 'P-999903-001'], ['S01', 'R-0003'], ['U01', 'R-0002']])
  await assert.rejects(withdrawPrecedent(as(ctx, { permits: ['responsibility.edit'], region: '999902' }), number, 'x'), { code: 'responsibility.precedent-unknown' })

  const withdrawn = await withdrawPrecedent(ctx, number, '情况已变')

  assert.equal(withdrawn.withdrawnNote, '情况已变')
  assert.deepEqual(await units(ctx), ['S01', 'U01'])
  assert.deepEqual((await listPrecedents(ctx, {})).items, [])
  assert.equal((await listPrecedents(ctx, { withdrawn: true })).items.length, 1)
  await assert.rejects(withdrawPrecedent(ctx, number, 'again'), { code: 'responsibility.precedent-withdrawn' })
}))

test('a confirmed return pushes a unit down, and by hand one needs the permit there', inRuledCity(async (ctx) => {
  const body = { verdict: 'not-ours', category: LITTER, region: COMMUNITY, unit: 'S01', note: '物业管理范围' } as const
  await postPrecedentByHand(as(ctx, { permits: ['responsibility.edit'], region: '999903' }), body)

  const { answers } = await decideUnits(ctx, { category: LITTER, region: COMMUNITY })
  assert.deepEqual(answers.map(({ unitCode }) => unitCode), ['U01', 'S01'])
  assert.match(answers[1]!.words.zh, /P-999903-001 已认定非其职责/)
  await assert.rejects(postPrecedentByHand(as(ctx, { permits: ['responsibility.edit'], region: '999902' }), body), { code: 'access.permit-missing' })
  await assert.rejects(postPrecedentByHand(ctx, { ...body, category: '2026.m.77' }), { code: 'responsibility.rule-unsound' })
}))

test('hours of duty are set and taken away, and deputies never form a circle', inRuledCity(async (ctx) => {
  await setDuty(ctx, 'S01', { hours: 'work 08:00-18:00', deputy: 'T01', note: null })

  assert.deepEqual((await listDuties(ctx)).items.map(({ unit, deputy }) => [unit.code, deputy?.code]), [['S01', 'T01'], ['T01', 'U01']])
  await assert.rejects(setDuty(ctx, 'U01', { hours: 'work', deputy: 'S01', note: null }), { code: 'responsibility.deputy-circle' })
  await assert.rejects(setDuty(ctx, 'S01', { hours: 'office hours', deputy: null, note: null }), { code: 'responsibility.rule-unsound' })
  assert.equal(await setDuty(ctx, 'S01', { hours: '', deputy: null, note: null }), null)
  assert.equal((await listDuties(as(ctx, { permits: ['responsibility.read'], region: '110101' }))).items.length, 0)
}))

// ── What is learned

test('what was learned stands beside the rules’ answer', inRuledCity(async (ctx) => {
  const samples = async function* (count: number): AsyncGenerator<Sample> {
    for (let i = count; i > 0; i--) {
      const drain = i % 3 === 0
      yield { text: drain ? '下水道堵塞' : '垃圾满溢', category: LITTER, region: COMMUNITY, at: +TODAY - i * 3_600_000, unit: drain ? 'U01' : 'S01' }
    }
  }
  assert.equal(await train(ctx, samples(50)), undefined, 'too few')
  const model = await train(ctx, samples(300))

  assert.deepEqual([model?.version, model?.samples, model?.units, model?.top1], [1, 300, 2, 1])
  assert.deepEqual(await findModel(ctx), model)
  const { answers, learned } = await decideUnits(ctx, { category: LITTER, region: COMMUNITY, text: '门前下水道堵塞' })
  assert.equal(answers[0]!.unitCode, 'S01')
  assert.equal(learned[0]!.unitCode, 'U01')
  assert.ok(learned[0]!.confidence > 0.7, String(learned[0]!.confidence))
  assert.match(learned[0]!.words.zh, /300 件案卷/)
}))

test('rules that name a unit the city does not have are found by verify', inRuledCity(async (ctx) => {
  assert.deepEqual(await Array.fromAsync(rulesSound.run(ctx)), [])
  await setDuty(ctx, 'S01', { hours: 'work', deputy: 'T01', note: null })
  await ctx.db.withTables<{ responsibilityRule: { number: string; unitCode: string } }>().updateTable('responsibilityRule').set({ unitCode: 'GONE' }).where('number', '=', 'R-0001').execute()

  assert.deepEqual(await Array.fromAsync(rulesSound.run(ctx)), ['R-0001: GONE is no unit'])
}))

test('the document of city packs names every column of this room’s files', () => {
  const text = readFileSync(new URL('../../docs/city-pack.md', import.meta.url), 'utf8')

  for (const { file, columns = {} } of responsibility.pack) {
    const chapter = text.split(/^### /m).find((part) => part.startsWith(file)) ?? ''
    for (const [column, { means }] of Object.entries(columns)) {
      assert.ok(chapter.includes(`\`${column}\``) && chapter.includes(means.en) && chapter.includes(means.zh), `${file}: ${column}`)
    }
  }
})
