import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { SILENT_PERIODS } from '../latest.ts'
import { METRICS_AT_MOST } from '../series.ts'
import { own } from '../tables.ts'

/** Counts who is in service and who is silent, for all screens together. A device is silent when one of its metrics is. */
export async function keepStanding(ctx: Context): Promise<void> {
  await sql`
    with metric as (
      select p.code as product, m.no, m.period from product p, jsonb_to_recordset(p.metrics) as m (no integer, period double precision)
    ), counted as (
      select d.product, d.district, count(*) as devices,
             count(*) filter (where exists (
               select from metric m left join reading_latest l on l.series = d.number * ${METRICS_AT_MOST} + m.no
                where m.product = d.product and (l.at is null or l.at < ${ctx.now}::timestamptz - m.period * ${SILENT_PERIODS} * interval '1 second'))) as silent
        from device d where d.state = 'in_service' group by d.product, d.district
    ), gone as (
      delete from device_standing s where not exists (select from counted c where c.product = s.product and c.district = s.district)
    )
    insert into device_standing select product, district, devices, silent, ${ctx.now} from counted
    on conflict (product, district) do update set devices = excluded.devices, silent = excluded.silent, at = excluded.at`.execute(own(ctx))
}
