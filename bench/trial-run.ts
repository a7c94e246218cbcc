import { rooms } from '../src/app.ts'
import { mergedFlow } from '../src/cases/flows.ts'
import { runTrial } from '../src/cases/trial-run/index.ts'
import { readConfig } from '../src/config.ts'
import { createKernel } from '../src/kernel/kernel.ts'
import { systemActor } from '../src/kernel/index.ts'
import { growTo } from './dataset.ts'
import { bareClient } from './record.ts'
import { round, type Finding } from './measure.ts'

const GOAL_S = 120

/** All cases of a large city under the merged flow and with shorter limits: how long it takes, with two threads. */
export async function measureTrial(dataFolder: string, cases: number, say: (line: string) => void): Promise<Finding> {
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: dataFolder }), say: () => {} }, rooms)
  try {
    const stored = await growTo(kernel.url, cases, say)
    await copySteps(kernel.url, say)
    const startedAt = performance.now()
    const result = await kernel.read({ actor: systemActor }, (ctx) =>
      runTrial(ctx, { name: 'bench', months: 600, limits: [{ category: '', factor: 0.75 }] }, { flow: mergedFlow }),
    )
    const seconds = (performance.now() - startedAt) / 1000
    const { totals, walked } = result!
    say(`  ${result!.cases} cases tried, ${walked} of them step by step; in time ${totals.inBefore} → ${totals.inAfter} of ${totals.disposed}; ${totals.kept} kept their deadline`)
    return {
      what: `trial run of ${round(stored / 1e6, 1)} million cases, merged flow and limits of 75 %`,
      goal: `< ${GOAL_S} s`,
      figure: `${round(seconds, 1)} s, ${Math.round(result!.cases / seconds).toLocaleString('en')} cases/s`,
      met: seconds < GOAL_S && result!.cases === stored,
      detail: { seconds: round(seconds, 2), cases: result!.cases, walked, disposed: totals.disposed, inBefore: totals.inBefore, inAfter: totals.inAfter, kept: totals.kept },
    }
  } finally {
    await kernel.stop()
  }
}

/** The large city copies cases and not their steps; those that are walked step by step need theirs, on their own days. */
async function copySteps(url: string, say: (line: string) => void): Promise<void> {
  const client = await bareClient(url)
  try {
    await client.query("set work_mem = '256MB'")
    const { rowCount } = await client.query(`
      with original as (
        select c.number, c.district, c.reported_at, c.category, c.reporter_id, c.lng, c.lat, c.description
          from case_file c
         where c.returns + c.reworks + c.suspensions + c.reopens > 0
           and exists (select from case_step s where s.number = c.number and s.district = c.district)
      ), copy as (
        select c.number, o.number as original, c.district, c.reported_at - o.reported_at as shift
          from case_file c
          join original o on o.district = c.district and o.category = c.category and o.lng = c.lng and o.lat = c.lat and o.description = c.description
         where c.returns + c.reworks + c.suspensions + c.reopens > 0 and c.number <> o.number
           and (c.reported_at at time zone 'UTC')::time = (o.reported_at at time zone 'UTC')::time
           and not exists (select from case_step s where s.number = c.number and s.district = c.district)
      )
      insert into case_step (number, ordinal, district, step, from_state, to_state, actor_id, actor_name, post, address, lng, lat, taken_at, note, reason, files, changes)
      select copy.number, s.ordinal, s.district, s.step, s.from_state, s.to_state, s.actor_id, s.actor_name, s.post, s.address, s.lng, s.lat, s.taken_at + copy.shift, s.note, s.reason, s.files, '{}'
        from copy
        join case_step s on s.number = copy.original and s.district = copy.district
      on conflict do nothing`)
    say(`  ${rowCount?.toLocaleString('en')} steps copied`)
    await client.query('vacuum (analyze) case_step')
  } finally {
    await client.end()
  }
}
