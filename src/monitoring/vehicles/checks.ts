// A proof of `chengyun verify`.

import { sql } from 'kysely'
import type { Check } from '../../kernel/index.ts'
import { KEEP_DAYS } from '../gate.ts'
import { own } from '../tables.ts'

const DAY_MS = 86_400_000

/** The newest of each vehicle, kept up batch by batch, against the positions themselves. */
export const latestPositions: Check = {
  name: 'vehicles',
  proves: { zh: '每辆车的最新位置等于所存位置中最新的一条', en: 'The latest position of each vehicle is the newest that is stored' },
  async *run(ctx) {
    const kept = new Date(+ctx.now - (KEEP_DAYS - 1) * DAY_MS)
    const { rows } = await sql<{ vehicle: number }>`
      select l.vehicle from vehicle_latest l
       where l.at > ${kept}
         and (not exists (select from vehicle_position p where p.vehicle = l.vehicle and p.at = l.at and p.speed = l.speed and p.alarm = l.alarm)
              or exists (select from vehicle_position p where p.vehicle = l.vehicle and p.at > l.at)
              or l.fixed_at > ${kept} and not exists (select from vehicle_position p where p.vehicle = l.vehicle and p.at = l.fixed_at and p.lng = l.lng and p.lat = l.lat))
       limit 100`.execute(own(ctx))
    for (const { vehicle } of rows) yield `vehicles: the latest position of vehicle ${vehicle} is not the newest that was stored`
  },
}
