import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadActor, loadPack, type Context, type Position } from '../kernel/index.ts'
import { as, inCity, later, TODAY } from '../testing.ts'
import { calendarBody, workingCalendar } from './calendars.ts'
import { categoryId, categoryParts, conditionId, majorOf } from './catalogue.ts'
import { findCategories, findConditions, getCategory, getCondition } from './categories.ts'
import { dictionary } from './dictionaries.ts'
import { dutyOf, goOffDuty, goOnDuty, nearestCollectors, reportPosition } from './duty.ts'
import { inFolder, leaveNoCity, packFiles, SMALL_PACK } from './pack/small-pack.ts'
import { addPerson, changePerson, findPerson, findPersonByAccount, listPeople } from './people.ts'
import { depthsOf, pathsOf, unitOfPath } from './unit-tree.ts'
import { findUnits, getUnit } from './units.ts'

// ── Pure rules

for (const { id, parts } of [
  { id: '2026.m.01001', parts: { version: '2026', kind: 'matter', code: '01001' } },
  { id: '2013.c.0101', parts: { version: '2013', kind: 'component', code: '0101' } },
  { id: 'boston.m.pothole', parts: { version: 'boston', kind: 'matter', code: 'pothole' } },
  { id: '2026.x.01001', parts: undefined },
  { id: '2026.m.', parts: undefined },
] as const) {
  test(`${id} is ${parts ? `a ${parts.kind}` : 'no category'}`, () => {
    assert.deepEqual(categoryParts(id), parts)
    if (parts) assert.equal(categoryId(parts), id)
  })
}

test('a condition and a major class are named after the category', () => {
  assert.equal(conditionId('2026.m.01001', 3), '2026.m.01001.03')
  assert.equal(majorOf('2026.m.01001'), '2026.m.01')
})

for (const { units, depths, because } of [
  { units: { A: null, B: 'A', C: 'B' }, depths: { A: 1, B: 2, C: 3 }, because: 'each stands below the one before' },
  { units: { C: 'B', B: 'A', A: null }, depths: { A: 1, B: 2, C: 3 }, because: 'the order of the rows does not matter' },
  { units: { A: 'B', B: 'A', C: null }, depths: { C: 1 }, because: 'two above one another are a circle' },
  { units: { A: 'A', B: 'A' }, depths: {}, because: 'whoever is above itself is a circle, for those below too' },
  { units: { B: 'X' }, depths: {}, because: 'the one above is missing' },
] as { units: Record<string, string | null>; depths: Record<string, number>; because: string }[]) {
  test(`depths of units: ${because}`, () => {
    const rows = Object.entries(units).map(([code, parent]) => ({ code, parent }))

    assert.deepEqual(Object.fromEntries(depthsOf(rows)), depths)
  })
}

test('a path leads from the centre to the unit and back', () => {
  const paths = pathsOf([{ code: 'T', parent: 'U' }, { code: 'U', parent: 'C' }, { code: 'C', parent: null }])

  assert.equal(paths.get('T'), '/C/U/T/')
  assert.equal(unitOfPath('/C/U/T/'), 'T')
  assert.equal(unitOfPath(''), '')
})

// ── The small city

const inSmallCity = (body: (ctx: Context) => Promise<void>) =>
  inCity(async (ctx) => {
    await leaveNoCity(ctx)
    await inFolder(SMALL_PACK, (folder) => loadPack(ctx, folder, packFiles))
    await body(ctx)
  })

test('both catalogues stand side by side, and the city adds its own classes', inSmallCity(async (ctx) => {
  const inUse = await findCategories(ctx)
  const before = await findCategories(ctx, { version: '2013', kind: 'component' })

  assert.equal(inUse.length, 405)
  assert.equal(before.length, 122)
  assert.deepEqual((await findCategories(ctx, { text: '智慧' })).map(({ id }) => id), ['2026.c.01999'])
  assert.equal((await getCategory(ctx, '2026.m.01001')).component, '2026.c.01001')
  assert.equal((await getCategory(ctx, '2026.c.01001')).legacy, '2013.c.0101')
  assert.equal((await getCategory(ctx, '2013.c.0101')).name.en, 'Water supply cover')
  await assert.rejects(getCategory(ctx, '2026.m.99999'), { code: 'registry.category-unknown' })
}))

test('every class has filing conditions with limits in three clocks', inSmallCity(async (ctx) => {
  for (const { id } of await findCategories(ctx, { version: '2026' })) {
    if (id !== '2026.m.06999') assert.ok((await findConditions(ctx, id)).length > 0, id)
  }
  const { limits } = await getCondition(ctx, '2026.c.01999.01')
  assert.deepEqual(limits, {
    A: { amount: 2, unit: 'urgent_hour' },
    B: { amount: 4, unit: 'work_hour' },
    C: { amount: 1.5, unit: 'work_day' },
  })
}))

test('the calendar has the announced holidays and the days of the city', inSmallCity(async (ctx) => {
  const calendar = await workingCalendar(ctx)

  assert.equal(calendar.isWorkday('2026-06-10'), true)
  assert.equal(calendar.isWorkday('2026-06-11'), false)
  assert.equal(calendar.isWorkday('2024-02-04'), true)
  assert.equal((await calendarBody(ctx)).version, 1)
}))

test('a word of the pack takes the place of the shipped one', inSmallCity(async (ctx) => {
  const sources = await dictionary(ctx, 'source')

  assert.equal(sources.find(({ code }) => code === 'public')?.name.zh, '市民')
  assert.equal(sources.at(-1)?.code, 'drone')
  assert.equal(sources.length, 9)
}))

test('posts become grants within their scopes', inSmallCity(async (ctx) => {
  const person = await findPersonByAccount(ctx, 'li.wei')
  const actor = await loadActor(ctx, person!.id)
  const grants = actor?.grants.map(({ role, region, unit, category }) => ({ role, region, unit, category }))

  assert.deepEqual(grants, [
    { role: 'dispatcher', region: '999903', unit: '', category: '2026.m' },
    { role: 'operator', region: '9999', unit: '', category: '' },
  ])
  const handler = await loadActor(ctx, (await findPersonByAccount(ctx, 'chen.jie'))!.id)
  assert.equal(handler?.grants[0]?.unit, '/C01/U01/')
}))

test('one sees the people of the regions and units that one reaches, and no others', inSmallCity(async (ctx) => {
  const seenBy = async (scope: { region?: string; unit?: string }) =>
    (await listPeople(as(ctx, { permits: ['registry.read'], ...scope }), {})).items.map(({ account }) => account)

  assert.equal((await seenBy({})).length, 5)
  assert.deepEqual(await seenBy({ region: '999903' }), ['chen.jie', 'sun.li'])
  assert.deepEqual(await seenBy({ unit: '/C01/U01/' }), ['chen.jie'])
  assert.deepEqual(await seenBy({ region: '999902' }), [])
  assert.deepEqual((await listPeople(as(ctx, 'case.read'), {})).items, [])
}))

test('people are listed page by page, with their posts', inSmallCity(async (ctx) => {
  const first = await listPeople(ctx, { limit: 3 })
  const second = await listPeople(ctx, { limit: 3, cursor: first.next! })
  const found = await listPeople(ctx, { text: '王' })

  const accounts = [...first.items, ...second.items].map(({ account }) => account)
  assert.deepEqual(accounts, ['chen.jie', 'li.wei', 'sun.li', 'wang.fang', 'zhao.lei'])
  assert.equal(second.next, null)
  assert.deepEqual(found.items[0]?.posts.map(({ role }) => role), ['collector'])
}))

test('a new person may do nothing yet, and is changed only by whoever reaches them', inSmallCity(async (ctx) => {
  const person = await addPerson(ctx, { account: 'zhou.min', name: '周敏', unit: 'S01' })
  const moved = await changePerson(ctx, person.id, { unit: 'T01', phone: '010-2' })

  assert.deepEqual((await loadActor(ctx, person.id))?.grants, [])
  assert.equal(moved.unitPath, '/C01/U01/T01/')
  const reader = as(ctx, 'registry.read')
  await assert.rejects(addPerson(reader, { account: 'wu.di', name: '吴迪', unit: 'S01' }), { code: 'access.permit-missing' })
  const elsewhere = as(ctx, { permits: ['access.accounts'], region: '999902' })
  await assert.rejects(changePerson(elsewhere, person.id, { name: '周' }), { code: 'access.permit-missing' })
  await assert.rejects(addPerson(ctx, { account: 'wu.di', name: '吴迪', unit: 'X' }), { code: 'registry.unit-unknown' })
}))

test('units are found by parent and text', inSmallCity(async (ctx) => {
  assert.deepEqual((await findUnits(ctx, { parent: 'C01' })).map(({ code }) => code), ['S01', 'U01'])
  assert.deepEqual((await findUnits(ctx, { text: 'water' })).map(({ code }) => code), ['U01'])
  assert.equal((await getUnit(ctx, 'T01')).level, 3)
}))

// ── Duty

const collector = async (ctx: Context, account: string) => {
  const person = await findPersonByAccount(ctx, account)
  return as(ctx, { permits: ['collector.work'], id: person!.id })
}
const HERE: Position = [116.3105, 40.0004]
const NEAR: Position = [116.3107, 40.0004]
const FAR: Position = [116.3305, 40.0004]

test('the nearest collector on duty comes first', inSmallCity(async (ctx) => {
  const wang = await collector(ctx, 'wang.fang')
  const zhao = await collector(ctx, 'zhao.lei')
  await goOnDuty(wang, FAR)
  await goOnDuty(zhao, NEAR)

  const near = await nearestCollectors(ctx, HERE, { beat: 'R999903001001' })
  const others = await nearestCollectors(ctx, HERE, { not: [zhao.actor.id] })
  const hourLater = await nearestCollectors(later(ctx, new Date(+TODAY + 3_600_000)), HERE, { beat: 'R999903001001' })

  assert.deepEqual(near.map(({ account }) => account), ['zhao.lei', 'wang.fang'])
  assert.ok(Math.abs(near[0]!.metres! - 17) < 1)
  assert.deepEqual(others.map(({ account }) => account), ['wang.fang'])
  assert.deepEqual(hourLater.map(({ account, metres }) => [account, metres]), [['wang.fang', null], ['zhao.lei', null]])
}))

test('off duty one is given nothing and has no position', inSmallCity(async (ctx) => {
  const wang = await collector(ctx, 'wang.fang')
  await assert.rejects(reportPosition(wang, HERE), { code: 'registry.off-duty' })
  const on = await goOnDuty(wang)
  const moved = await reportPosition(wang, HERE)
  const off = await goOffDuty(wang)

  assert.equal(on.since, TODAY.toISOString())
  assert.deepEqual(moved.position, HERE)
  assert.deepEqual(off, { onDuty: false, since: null, position: null, positionAt: null })
  assert.deepEqual(await dutyOf(wang), off)
  assert.deepEqual(await nearestCollectors(ctx, HERE), [])
  assert.deepEqual(ctx.outbox.events.filter(({ name }) => name === 'registry.duty-changed').length, 2)
}))

test('whoever does not hold the permit, or is no person of the city, does not go on duty', inSmallCity(async (ctx) => {
  await assert.rejects(goOnDuty(as(ctx, 'case.read')), { code: 'access.permit-missing' })
  await assert.rejects(goOnDuty(as(ctx, 'collector.work')), { code: 'registry.person-unknown' })
  assert.equal(await findPerson(ctx, 'system'), undefined)
}))
