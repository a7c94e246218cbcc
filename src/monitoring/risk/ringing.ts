// Alarms that ring at the devices of risks.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { present } from '../alarms/alarms.ts'
import type { AlarmShown } from '../alarms/contract.ts'
import { ownAlarms, type AlarmTable } from '../alarms/tables.ts'
import { ownRisks } from './tables.ts'

/** So many that ring are looked at, the worst first. */
const MOST_RINGING = 2_000

const openNow = (ctx: Context) => sql`cleared_at is null and (shelved_until is null or shelved_until <= ${ctx.now})`

/** All of the city. */
export async function ringingNow(ctx: Context): Promise<AlarmTable[]> {
  const { rows } = await sql<AlarmTable>`
    select * from alarm where ${openNow(ctx)} order by level desc, raised_at desc limit ${MOST_RINGING}`.execute(ownAlarms(ctx))
  return rows
}

interface Key {
  readonly code: string
  readonly district: string
}

export const keyOfRisk = ({ code, district }: Key): string => `${district} ${code}`

/** The devices of these risks, in the order of their codes. */
export async function devicesOf(ctx: Context, risks: readonly Key[]): Promise<Map<string, string[]>> {
  if (risks.length === 0) return new Map()
  const { rows } = await sql<{ risk: string; district: string; device: string }>`
    select risk, district, device from risk_device
     where district = any(${[...new Set(risks.map(({ district }) => district))]}::text[]) and risk = any(${risks.map(({ code }) => code)}::text[])
     order by device`.execute(ownRisks(ctx))
  const found = new Map<string, string[]>()
  for (const { risk, district, device } of rows) {
    const key = keyOfRisk({ code: risk, district })
    found.set(key, [...(found.get(key) ?? []), device])
  }
  return found
}

/** What rings at these devices, the worst first. */
export async function ringingAt(ctx: Context, devices: readonly string[]): Promise<AlarmTable[]> {
  if (devices.length === 0) return []
  const { rows } = await sql<AlarmTable>`
    select * from alarm where device = any(${[...new Set(devices)]}::text[]) and ${openNow(ctx)}
     order by level desc, raised_at desc limit ${MOST_RINGING}`.execute(ownAlarms(ctx))
  return rows
}

/** The worst level that rings at each of these devices. */
export function worstBy(alarms: readonly Pick<AlarmTable, 'device' | 'level'>[]): (device: string) => number {
  const worst = new Map<string, number>()
  for (const { device, level } of alarms) worst.set(device, Math.max(level, worst.get(device) ?? 0))
  return (device) => worst.get(device) ?? 0
}

export const showAlarms = (ctx: Context, rows: readonly AlarmTable[]): Promise<AlarmShown[]> => present(ctx, rows.map((row) => ({ ...row, children: 0 })))
