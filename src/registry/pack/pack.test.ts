import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sql } from 'kysely'
import { checkPack, exportPack, loadPack, type Context } from '../../kernel/index.ts'
import { atlas } from '../../atlas/index.ts'
import { inCity } from '../../testing.ts'
import { registry } from '../room.ts'
import { inFolder, leaveNoCity, packFiles, SMALL_PACK } from './small-pack.ts'

test('the small pack is sound', async () => {
  const { faults, counts } = await inFolder(SMALL_PACK, (folder) => checkPack(folder, packFiles))

  assert.deepEqual(faults, [])
  assert.equal(counts['components.csv'], 2)
})

type Damage = Readonly<Record<string, (text: string) => string | null>>

// oxlint-disable-next-line no-explicit-any
const json = (change: (document: any) => void) => (text: string) => {
  const document = JSON.parse(text)
  change(document)
  return JSON.stringify(document)
}
const add = (line: string) => (text: string) => `${text}${line}\n`
const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to)

for (const { damage, at, says } of [
  { damage: { 'city.json': () => '[]' }, at: ['city.json'], says: /JSON object/ },
  { damage: { 'city.json': json((city) => delete city.box) }, at: ['city.json:box'], says: /west/ },
  { damage: { 'city.json': json((city) => (city.zone = 'Mars/Base')) }, at: ['city.json:zone'], says: /time zone/ },
  { damage: { 'city.json': json((city) => (city.catalogue = '2030')) }, at: ['categories.csv:2:id'], says: /no categories/ },
  { damage: { 'divisions.csv': () => null }, at: ['divisions.csv', 'beats.csv:2:street'], says: /is missing/ },
  { damage: { 'divisions.csv': add('110105,朝阳区,') }, at: ['divisions.csv:6:code'], says: /does not belong/ },
  { damage: { 'divisions.csv': add('999903009001,孤岛社区,') }, at: ['divisions.csv:6:code'], says: /parent 999903009 is missing/ },
  { damage: { 'divisions.csv': add('9999,九,') }, at: ['divisions.csv:6:code'], says: /wrong form/ },
  { damage: { 'divisions.csv': add('999903,又一个,') }, at: ['divisions.csv:6:code'], says: /twice/ },
  { damage: { 'beats.csv': swap('999903001\n', '999903008\n') }, at: ['beats.csv:2:street'], says: /does not stand in divisions.csv/ },
  {
    damage: { 'cells.geojson': json(({ features }) => features[1].geometry.coordinates[0].pop()) },
    at: ['cells.geojson:2:geometry'],
    says: /not closed/,
  },
  {
    damage: {
      'cells.geojson': json(({ features }) => features[1].geometry.coordinates[0].splice(1, 2, [116.3124, 40.0009], [116.3124, 40])),
    },
    at: ['cells.geojson:2:geometry'],
    says: /crosses itself/,
  },
  {
    damage: {
      'cells.geojson': json(({ features }) => features[1].geometry.coordinates[0].splice(1, 2, [116.4124, 40], [116.4124, 40.0009])),
    },
    at: ['cells.geojson:2:geometry'],
    says: /m² are not between/,
  },
  {
    damage: { 'cells.geojson': json(({ features }) => (features[1].properties.code = '999903001002002')), 'components.csv': () => null },
    at: ['cells.geojson:2:code'],
    says: /no community 999903001002/,
  },
  {
    damage: { 'cells.geojson': json(({ features }) => (features[1].properties.grade = 'D')) },
    at: ['cells.geojson:2:grade'],
    says: /A, B, C/,
  },
  { damage: { 'components.csv': swap('2026.c.01001,', '2026.c.01002,') }, at: ['components.csv:2:code'], says: /01002/ },
  {
    damage: { 'components.csv': swap('2026.c.01001,', '2026.c.01888,') },
    at: ['components.csv:2:category', 'components.csv:2:code'],
    says: /categories/,
  },
  { damage: { 'components.csv': swap('116.3105', '117.3105') }, at: ['components.csv:2:lng'], says: /outside the box/ },
  { damage: { 'components.csv': swap('116.3105', '116.3125') }, at: ['components.csv:2:cell'], says: /more than 50 m/ },
  { damage: { 'components.csv': swap('U01', 'U09') }, at: ['components.csv:2:owner_unit'], says: /"U09"/ },
  { damage: { 'components.csv': swap('damaged', 'broken') }, at: ['components.csv:3:state'], says: /none of intact/ },
  { damage: { 'units.csv': swap('U01,C01', 'U01,T01') }, at: ['units.csv:3:parent', 'units.csv:4:parent'], says: /circle/ },
  {
    damage: { 'units.csv': (text: string) => `${text}T02,T01,team,二队,,,,\nT03,T02,team,三队,,,,\n` },
    at: ['units.csv:7:parent'],
    says: /four levels/,
  },
  { damage: { 'people.csv': add('li.wei,李维,,C01,,leader,,,,') }, at: ['people.csv:8:name'], says: /row of li.wei above/ },
  { damage: { 'people.csv': add('chen.jie,陈杰,,T01,,collector,,,,') }, at: ['people.csv:8:role'], says: /never the same person/ },
  { damage: { 'people.csv': add('qian.yi,钱一,,C01,,operator,,,,123456') }, at: ['people.csv:8:password'], says: /./ },
  { damage: { 'people.csv': add('qian.yi,钱一,,C01,R1,operator,,,,') }, at: ['people.csv:8:beat'], says: /beats.csv/ },
  { damage: { 'categories.csv': add('2026.c.0199,短码,市政公用设施,point') }, at: ['categories.csv:4:id'], says: /5 digits/ },
  { damage: { 'categories.csv': add('2013.m.01999,长码,市容环境,') }, at: ['categories.csv:4:id'], says: /4 digits/ },
  { damage: { 'categories.csv': add('2026.c.01998,无形,市政公用设施,') }, at: ['categories.csv:4:geometry'], says: /geometry/ },
  { damage: { 'limits.csv': swap('2,urgent_hour', '2,hours') }, at: ['limits.csv:2:unit_a'], says: /urgent_hour/ },
  { damage: { 'limits.csv': swap('2,urgent_hour', '0,urgent_hour') }, at: ['limits.csv:2:limit_a'], says: /above 0/ },
  { damage: { 'limits.csv': swap('2026.c.01999', '2030.c.01999') }, at: ['limits.csv:2:category'], says: /categories.csv/ },
  { damage: { 'calendar.json': json((calendar) => calendar.hours.reverse()) }, at: ['calendar.json:hours'], says: /in order/ },
  { damage: { 'calendar.json': json((calendar) => (calendar.days[0].date = '2026-06-31')) }, at: ['calendar.json:days[0]'], says: /date/ },
  { damage: { 'dictionary.csv': add('colour,red,1,红,') }, at: ['dictionary.csv:4:name'], says: /"colour"/ },
] as { damage: Damage; at: string[]; says: RegExp }[]) {
  test(`a pack is refused at ${at.join(' and ')}: ${says.source}`, async () => {
    const damaged = Object.entries(damage).map(([name, change]) => [name, change(SMALL_PACK[name]!)])
    const files = { ...SMALL_PACK, ...Object.fromEntries(damaged) }
    const { faults } = await inFolder(files, (folder) => checkPack(folder, packFiles))

    const places = faults.map((fault) => fault.at)
    for (const place of at) assert.ok(places.includes(place), `${place} is not among ${places.join(', ')}`)
    assert.match(faults.map(({ reason }) => reason.en).join('\n'), says)
    assert.ok(faults.every(({ reason }) => reason.zh !== ''))
  })
}

/** All rows of both rooms: their number and a digest of each table, which is what a failing test can still show. */
async function rowsOf(ctx: Context): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const table of [...Object.keys(atlas.tables), ...Object.keys(registry.tables)]) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(ctx.db)
    const texts = rows.map((row) => JSON.stringify(row)).sort()
    all[table] = `${rows.length} ${createHash('sha256').update(texts.join('\n')).digest('hex')}`
  }
  return all
}

test('of a damaged pack nothing is written', inCity(async (ctx) => {
  const before = await rowsOf(ctx)
  const files = { ...SMALL_PACK, 'limits.csv': SMALL_PACK['limits.csv']!.replace('work_day', 'week') }

  await assert.rejects(inFolder(files, (folder) => loadPack(ctx, folder, packFiles)), { code: 'pack.damaged' })

  assert.deepEqual(await rowsOf(ctx), before)
}))

test('loading a pack twice changes nothing', inCity(async (ctx) => {
  await leaveNoCity(ctx)
  await inFolder(SMALL_PACK, (folder) => loadPack(ctx, folder, packFiles))
  const once = await rowsOf(ctx)
  const entries = ctx.outbox.entries.length

  await inFolder(SMALL_PACK, (folder) => loadPack(ctx, folder, packFiles))

  assert.deepEqual(await rowsOf(ctx), once)
  assert.deepEqual(ctx.outbox.entries.slice(entries).map(({ act }) => act), ['pack.loaded'])
}))

test('a component that a later pack changes is replaced, and the others stay', inCity(async (ctx) => {
  await leaveNoCity(ctx)
  await inFolder(SMALL_PACK, (folder) => loadPack(ctx, folder, packFiles))
  const changed = { ...SMALL_PACK, 'components.csv': SMALL_PACK['components.csv']!.replace(',intact,', ',lost,') }

  await inFolder(changed, (folder) => loadPack(ctx, folder, packFiles))

  const { rows } = await sql`select state from component order by code`.execute(ctx.db)
  assert.deepEqual(rows, [{ state: 'lost' }, { state: 'damaged' }])
}))

test('what is exported checks clean and loads to the same rows', inCity(async (ctx) => {
  await leaveNoCity(ctx)
  await inFolder(SMALL_PACK, (folder) => loadPack(ctx, folder, packFiles))
  const before = await rowsOf(ctx)

  await inFolder({}, async (folder) => {
    await exportPack(ctx, folder, packFiles)
    assert.deepEqual((await checkPack(folder, packFiles)).faults, [])
    await leaveNoCity(ctx)
    await loadPack(ctx, folder, packFiles)
    await assert.rejects(exportPack(ctx, folder, packFiles), { code: 'pack.folder-not-empty' })
  })

  assert.deepEqual(await rowsOf(ctx), before)
}))

test('the document of city packs names every file and every column', () => {
  const text = readFileSync(new URL('../../../docs/city-pack.md', import.meta.url), 'utf8')

  for (const { file, columns = {} } of packFiles) {
    const chapter = text.split(/^### /m).find((part) => part.startsWith(file)) ?? ''
    assert.ok(chapter, file)
    for (const [column, { means }] of Object.entries(columns)) {
      assert.ok(chapter.includes(`\`${column}\``) && chapter.includes(means.en) && chapter.includes(means.zh), `${file}: ${column}`)
    }
  }
})
