// Who must act, at the size of Taiyuan: 31,500 cells, 3,657 units, and as many rules as its maker lays; each answer as the page of a case asks it.

import { sql } from 'kysely'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createKernel, loadPack, systemActor } from '../src/kernel/index.ts'
import { makeCity } from '../src/maker/index.ts'
import { decideUnits, train, type Sample } from '../src/responsibility/index.ts'
import { dropFolder, emptyFolder } from '../trials/program.ts'
import { quantile, round, seeded, type Finding } from './measure.ts'

const QUESTIONS = 4_000
const GOAL_MS = 20

export async function measureResponsibility(say: (line: string) => void): Promise<Finding> {
  const [folder, pack] = [await emptyFolder(), await emptyFolder()]
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: folder }), say: () => {} }, rooms)
  try {
    const { counts } = await makeCity({ folder: pack, cells: 31_500, components: 60_000, units: 3_657, historyDays: 0, historyCases: 0 })
    say(`  a city of ${counts.cells} cells, ${counts.units} units and ${counts.responsibility} rules; loading`)
    await kernel.transact({ actor: systemActor }, (ctx) => loadPack(ctx, pack, rooms.flatMap((room) => room.pack ?? [])))
    await addOddRules(kernel)
    const { n: rules } = (await sql<{ n: number }>`select count(*)::int as n from responsibility_rule`.execute(kernel.db)).rows[0]!
    const places = await findPlaces(kernel)
    say(`  ${rules} rules; learning`)
    await kernel.transact({ actor: systemActor }, (ctx) => train(ctx, samplesOf(places)))

    const random = seeded(3_657)
    const samples: number[] = []
    let first = 0
    let named = 0
    for (let i = 0; i <= QUESTIONS; i++) {
      const place = places[Math.floor(random() * places.length)]!
      const about = random() < 0.5
      const startedAt = performance.now()
      const { answers } = await kernel.read({ actor: systemActor }, (ctx) =>
        decideUnits(ctx, {
          category: about ? place.category : place.matter,
          region: place.cell,
          componentCode: about ? place.code : null,
          position: [place.position.x, place.position.y],
          text: '路口堆放生活垃圾约三立方米，影响通行，请尽快清运',
        }),
      )
      const ms = performance.now() - startedAt
      if (i === 0) first = ms
      else samples.push(ms)
      if (answers.length > 0) named++
    }
    const [p50, p99] = [quantile(samples, 0.5), quantile(samples, 0.99)]
    return {
      what: `who must act, ${Number(counts.units).toLocaleString('en')} units, ${rules.toLocaleString('en')} rules`,
      goal: `p99 < ${GOAL_MS} ms`,
      figure: `p50 ${round(p50)} ms, p99 ${round(p99)} ms`,
      met: p99 < GOAL_MS && named === QUESTIONS + 1,
      detail: { p50: round(p50), p99: round(p99), most: round(Math.max(...samples)), firstWithEmptyMemory: round(first), questions: QUESTIONS, named, rules },
    }
  } finally {
    await kernel.stop()
    await dropFolder(folder)
    await dropFolder(pack)
  }
}

type Kernel = Awaited<ReturnType<typeof createKernel>>

/** Rules that ask for road and hour, and precedents, as a city has them after some years. */
async function addOddRules({ db }: Kernel): Promise<void> {
  await sql`
    insert into responsibility_rule (number, ordinal, category, region, basis, roads, hours, unit_code, note, valid_from, made_at, made_by)
    select 'R-' || lpad((900000 + n)::text, 6, '0'), 900000 + n, category, region, basis, '{arterial,secondary}', 'daily 22:00-06:00',
           unit_code, 'night', valid_from, made_at, made_by
      from (select r.*, row_number() over (order by ordinal) as n from responsibility_rule r) r where n % 10 = 0`.execute(db)
  await sql`
    insert into responsibility_rule (number, ordinal, category, region, basis, roads, hours, unit_code, note, valid_from, made_at, made_by)
    select 'R-' || (1000000 + n), 1000000 + n, category, region, 'locality', '{}', 'work 08:00-18:00', unit_code, 'street', '2026-01-01', now(), 'bench'
      from (select c.id as category, u.region_code as region, u.code as unit_code, row_number() over (order by c.id, u.code) as n
              from category c, unit u where c.version = '2026' and u.kind = 'street') r limit 60000`.execute(db)
  await sql`
    insert into responsibility_precedent (number, district, verdict, category, region, unit_code, origin, decided_at, decided_by)
    select 'P-' || left(c.code, 6) || '-' || lpad((row_number() over (partition by left(c.code, 6) order by c.code))::text, 5, '0'), left(c.code, 6),
           case when c.n % 3 = 0 then 'not-ours' else 'ours' end, r.category, c.code, r.unit_code, 'hand', now(), 'bench'
      from (select code, row_number() over (order by code) as n from cell) c
      join lateral (select category, unit_code from responsibility_rule where category <> '' order by ordinal offset (c.n * 7) % 1000 limit 1) r on c.n % 3 = 0`.execute(db)
}

interface PlaceRow {
  readonly code: string
  readonly category: string
  readonly cell: string
  readonly matter: string
  readonly owner: string
  readonly position: { x: number; y: number }
}

/** Components all over the city, each with a matter of its own. */
async function findPlaces({ db }: Kernel): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    with matter as (select id, row_number() over (order by id) - 1 as n, count(*) over () as all_of from category where version = '2026' and kind = 'matter')
    select c.code, c.category, c.cell_code as cell, c.position, coalesce(c.owner_unit, 'C01') as owner, m.id as matter
      from (select *, row_number() over (order by code) as n from component where cell_code is not null) c
      join matter m on m.n = c.n % m.all_of
     order by c.code limit 20000`.execute(db)
  return rows
}

async function* samplesOf(places: readonly PlaceRow[]): AsyncGenerator<Sample> {
  let at = Date.parse('2026-06-01T08:00:00+08:00')
  for (const { matter, cell, position, owner } of places) {
    at -= 60_000
    yield { text: '路口堆放生活垃圾', category: matter, region: cell, position: [position.x, position.y], at, unit: owner }
  }
}
