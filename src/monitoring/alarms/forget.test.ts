import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor } from '../../kernel/index.ts'
import { cityWith } from '../../testing.ts'
import { register, ringOnce } from '../testing.ts'
import { alarmsFold } from './check.ts'
import { ALARM_DAYS, forgetAlarms } from './forget.ts'
import { changeLevel } from './ring.ts'
import { ownAlarms } from './tables.ts'

const asHouse = { actor: systemActor }
const DAY_MS = 86_400_000

test('alarms that have long been over go with their steps; what rings, became a case or was told to the public stays', cityWith({}, async (kernel) => {
  const codes = ['WL-OVER', 'WL-CASE', 'WL-TOLD', 'WL-RINGS']
  await register(kernel, codes)
  for (const code of codes) {
    const { rule, district, id } = await ringOnce(kernel, code)
    await kernel.transact(asHouse, async (ctx) => {
      if (code === 'WL-CASE') await sql`update alarm set case_number = 'X-1' where id = ${id}::uuid`.execute(ownAlarms(ctx))
      if (code === 'WL-TOLD') {
        await sql`insert into public_warning (id, district, alarm, ordinal, kind, level, sent_at, began_at, expires_at, sender, status, refers, body)
                  values (gen_random_uuid(), ${district}, ${id}::uuid, 1, 'Alert', 4, now(), now(), now(), 's', 'Test', '{}', '{}')`.execute(ownAlarms(ctx))
      }
      if (code !== 'WL-RINGS') await changeLevel(ctx, [{ rule: { ...rule, code: 'WALKED', version: 1 }, device: { code, district }, from: 1, level: 0, x: 0, at: +ctx.now, beganAt: +ctx.now }])
    })
  }
  const after = (days: number) => kernel.transact({ ...asHouse, now: new Date(+kernel.clock() + days * DAY_MS) }, forgetAlarms)
  const left = (table: 'alarm' | 'alarm_step') =>
    kernel.read(asHouse, async (ctx) => (await sql<{ device: string }>`select distinct a.device from ${sql.table(table)} t join alarm a on a.id = ${sql.ref(table === 'alarm' ? 't.id' : 't.alarm')} order by 1`.execute(ownAlarms(ctx))).rows.map(({ device }) => device))

  assert.equal(await after(ALARM_DAYS - 1), 0)
  assert.equal(await after(ALARM_DAYS + 1), 1)
  assert.deepEqual([await left('alarm'), await left('alarm_step')], [['WL-CASE', 'WL-RINGS', 'WL-TOLD'], ['WL-CASE', 'WL-RINGS', 'WL-TOLD']])
  assert.deepEqual(await kernel.read(asHouse, (ctx) => Array.fromAsync(alarmsFold.run(ctx))), [])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from alarm_step s where not exists (select from alarm a where a.id = s.alarm)`.execute(kernel.db)
  assert.equal(rows[0]!.n, 0)
}))
