import { sql } from 'kysely'
import type { Context, Language, RawReply } from '../../kernel/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import { findUnits } from '../../registry/index.ts'
import { devicesFitting } from '../devices.ts'
import { demandHere } from '../scope.ts'
import { METRICS_AT_MOST } from '../series.ts'
import { own, type DeviceTable } from '../tables.ts'
import { STATE_NAMES, type DevicesSheetQuery } from './contract.ts'
import { DEVICE_COLUMNS } from './device-list.ts'
import { writeList } from './list-file.ts'

/** More than one deployment holds is not written at once. */
const MOST_WRITTEN = 100_000

type Row = Omit<DeviceTable, 'position'> & { position: { x: number; y: number } | null; zh: string; en: string; lastAt: Date | null }

/** Devices as a list that the import takes back. */
export async function exportDevices(ctx: Context, { format = 'xlsx', template = false, ...filter }: DevicesSheetQuery, language: Language): Promise<RawReply> {
  await demandHere(ctx, 'monitoring.read')
  const units = new Map((await findUnits(ctx)).map(({ code, name }) => [code, name[language]]))
  const { rows } = await sql<Row>`
    select d.*, p.zh, p.en,
           (select max(l.at) from reading_latest l where l.series >= d.number * ${METRICS_AT_MOST} and l.series < (d.number + 1) * ${METRICS_AT_MOST}) as last_at
      from device d join product p on p.code = d.product
     where ${await devicesFitting(ctx, filter)} order by d.code limit ${template ? 0 : MOST_WRITTEN}`.execute(own(ctx))
  const lines = rows.map((row) => [
    row.code,
    row.name,
    row.product,
    row.district,
    row.position?.x,
    row.position?.y,
    row.ownerUnit,
    row.component,
    row.gateway,
    STATE_NAMES[row.state][language],
    row[language],
    row.ownerUnit === null ? null : units.get(row.ownerUnit),
    row.cell,
    row.lastAt,
  ])
  const columns = template ? DEVICE_COLUMNS.filter((column) => !('shown' in column)) : DEVICE_COLUMNS
  return writeList({ name: 'devices', title: { zh: '设备', en: 'Devices' }, columns, rows: lines }, { format, language, zone: (await getCityFacts(ctx)).zone })
}
