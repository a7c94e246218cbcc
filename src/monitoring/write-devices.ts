import { sql } from 'kysely'
import { announce, record, type Context } from '../kernel/index.ts'
import { devicesChanged } from './events.ts'
import type { DeviceBody } from './shapes.ts'
import { own } from './tables.ts'

/** A device that was found sound, and the cell in which it lies. */
export interface SoundDevice {
  readonly code: string
  readonly body: DeviceBody
  readonly cell: string | null
}

/** Numbers are given in the order of coming, and never again. */
export async function nextNumber(ctx: Context): Promise<number> {
  await sql`lock table device in share row exclusive mode`.execute(own(ctx))
  const { rows } = await sql<{ most: number | null }>`select max(number) as most from device`.execute(own(ctx))
  return (rows[0]?.most ?? 0) + 1
}

const pointOf = (position: DeviceBody['position']): string | null => position && `(${position[0]},${position[1]})`

export const columnsOf = (ctx: Context, { position, ...body }: DeviceBody, cell: string | null) => ({
  ...body,
  cell,
  position: pointOf(position),
  changedAt: ctx.now,
  changedBy: ctx.actor.id,
})

/** Each row has some fifteen values, and a statement holds 65,535. */
const ROWS_AT_ONCE = 2_000

/** Puts new devices in, without keys: gateways before those that report through them. */
export async function insertDevices(ctx: Context, devices: readonly SoundDevice[]): Promise<void> {
  let number = await nextNumber(ctx)
  const [first, behind] = [devices.filter(({ body }) => body.gateway === null), devices.filter(({ body }) => body.gateway !== null)]
  for (const part of [first, behind]) {
    for (let from = 0; from < part.length; from += ROWS_AT_ONCE) {
      const rows = part.slice(from, from + ROWS_AT_ONCE).map(({ code, body, cell }) => ({ code, number: number++, ...columnsOf(ctx, body, cell), digest: null, keyTail: null, madeAt: ctx.now }))
      await own(ctx).insertInto('device').values(rows).execute()
    }
  }
}

/** Changes devices that are there; their numbers and keys stay. */
export async function updateDevices(ctx: Context, devices: readonly SoundDevice[]): Promise<void> {
  for (let from = 0; from < devices.length; from += ROWS_AT_ONCE) {
    const rows = devices.slice(from, from + ROWS_AT_ONCE).map(({ code, body: { ownerUnit, position, ...body }, cell }) => ({ ...body, code, cell, position: pointOf(position), owner_unit: ownerUnit }))
    await sql`
      update device d set name = t.name, district = t.district, cell = t.cell, position = t.position::point, owner_unit = t.owner_unit, component = t.component,
             gateway = t.gateway, state = t.state, changed_at = ${ctx.now}, changed_by = ${ctx.actor.id}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as t (code text, name text, district text, cell text, position text, owner_unit text, component text, gateway text, state text)
       where d.code = t.code`.execute(own(ctx))
  }
}

const NAMED_AT_MOST = 1_000

/** One trace and one announcement for all of them. */
export function tellOfDevices(ctx: Context, act: string, district: string, codes: readonly string[]): void {
  const named = codes.slice(0, NAMED_AT_MOST)
  record(ctx, act, named[0] ?? '', district, { devices: codes.length, codes: named })
  announce(ctx, devicesChanged, district, { codes: named })
}
