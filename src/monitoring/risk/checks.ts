// Proofs of `chengyun verify`.

import { sql } from 'kysely'
import type { Check } from '../../kernel/index.ts'
import { caseFollowed, standing } from './hazard-case.ts'
import { ownRisks, type HazardTable } from './tables.ts'

/** What is counted of risks equals a recount, and each stands as its newest step tells. */
export const risksCounted: Check = {
  name: 'risks',
  proves: { zh: '风险数等于重新计数的结果，每项风险等于其历史的末项', en: 'What is counted of risks equals a recount, and each stands as its history tells' },
  async *run(ctx) {
    const own = ownRisks(ctx)
    const { rows: tallies } = await sql<{ district: string; ownerUnit: string; field: string; level: number; kept: number | null; counted: number | null }>`
      with c as (select district, coalesce(owner_unit, '') as owner_unit, field, level, overdue, count(*)::int as n from risk where state = 'watched' group by 1, 2, 3, 4, 5)
      select district, owner_unit, field, level, k.n as kept, c.n as counted
        from risk_tally k full join c using (district, owner_unit, field, level, overdue)
       where coalesce(k.n, 0) <> coalesce(c.n, 0) limit 100`.execute(own)
    for (const { district, ownerUnit, field, level, kept, counted } of tallies) yield `risks: ${district} ${ownerUnit} ${field} level ${level} is counted as ${kept ?? 0}, and there are ${counted ?? 0}`
    const { rows: tiles } = await sql<{ district: string; x: number; y: number }>`
      with c as (select district, field, level, floor(lng * 100)::int as x, floor(lat * 100)::int as y, count(*) as n,
                        sum(floor((lng * 100 - floor(lng * 100)) * 1e6))::bigint as east, sum(floor((lat * 100 - floor(lat * 100)) * 1e6))::bigint as north
                   from risk where state = 'watched' group by 1, 2, 3, 4, 5)
      select district, x, y from risk_tile k full join c using (district, field, level, x, y)
       where coalesce(k.n, 0) <> coalesce(c.n, 0) or coalesce(k.east, 0) <> coalesce(c.east, 0) or coalesce(k.north, 0) <> coalesce(c.north, 0) limit 100`.execute(own)
    for (const { district, x, y } of tiles) yield `risks: the tile ${x}, ${y} of ${district} is not what lies in it`
    const { rows } = await sql<{ code: string; district: string }>`
      select r.code, r.district from risk r
        left join risk_step s on s.risk = r.code and s.district = r.district and s.ordinal = r.steps
       where s.body is null or (s.body->>'level')::int <> r.level or s.body->>'state' <> r.state or s.body->>'measures' <> r.measures limit 100`.execute(own)
    for (const { code, district } of rows) yield `risks: ${code} of ${district} is not what its history tells`
  },
}

const AT_ONCE = 500

/** The stage of every hazard is that of its case, and what is counted of them equals a recount. */
export const hazardsFollow: Check = {
  name: 'hazards',
  proves: { zh: '每条隐患的阶段等于其案件，隐患数等于重新计数的结果', en: 'Every hazard stands where its case stands, and what is counted of them equals a recount' },
  async *run(ctx) {
    const own = ownRisks(ctx)
    const { rows: tallies } = await sql<{ district: string; stage: string; kept: number | null; counted: number | null }>`
      with c as (select district, coalesce(owner_unit, '') as owner_unit, field, grade, stage, late, count(*)::int as n from hazard group by 1, 2, 3, 4, 5, 6)
      select district, stage, k.n as kept, c.n as counted from hazard_tally k full join c using (district, owner_unit, field, grade, stage, late)
       where coalesce(k.n, 0) <> coalesce(c.n, 0) limit 100`.execute(own)
    for (const { district, stage, kept, counted } of tallies) yield `hazards: ${district} ${stage} is counted as ${kept ?? 0}, and there are ${counted ?? 0}`
    for (let after = ['', '']; ; ) {
      const { rows } = await sql<HazardTable>`
        select * from hazard where (district, code) > (${after[0]}, ${after[1]}) and case_number is not null order by district, code limit ${AT_ONCE}`.execute(own)
      for (const hazard of rows) {
        const row = await caseFollowed(ctx, { number: hazard.caseNumber!, district: hazard.district })
        const should = row && standing(hazard, row)
        if (!should || should.stage !== hazard.stage || should.late !== hazard.late || should.ownerUnit !== hazard.ownerUnit) yield `hazards: ${hazard.code} of ${hazard.district} is ${hazard.stage}, and its case ${hazard.caseNumber} ${should?.stage ?? 'is not there'}`
      }
      const last = rows.at(-1)
      if (!last || rows.length < AT_ONCE) return
      after = [last.district, last.code]
    }
  },
}
