// What the city answers to a terminal: who it is, and what is kept of what it says.

import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { record, type Context } from '../../kernel/index.ts'
import type { Authentication, Message, Registration, RegistrationAnswer } from '../jt808/index.ts'
import { says } from '../jt808/index.ts'
import { digestOf, fits } from '../key.ts'
import { own } from '../tables.ts'
import { judgeRegistration, plainPhone, terminalOf } from './admission.ts'
import type { KnownVehicle } from './directory.ts'

/** 128 random bits, short enough for the memory of any terminal. */
const freshCode = (): string => randomBytes(16).toString('base64url')

/** Binds a terminal to the vehicle of its plate; the code is given this once and kept only as a digest. */
export async function registerTerminal(ctx: Context, phone: string, registration: Registration): Promise<RegistrationAnswer> {
  const plate = registration.plate.replaceAll('\0', '').trim()
  const vehicle = await own(ctx).selectFrom('vehicle').selectAll().where('plate', '=', plate).forUpdate().executeTakeFirst()
  const terminal = terminalOf(registration)
  const result = judgeRegistration(vehicle, phone, terminal)
  if (result !== 0 || !vehicle) return { result: result === 0 ? 2 : result }
  const code = freshCode()
  await own(ctx).updateTable('vehicle').set({ terminal, digest: digestOf(code) }).where('code', '=', vehicle.code).execute()
  record(ctx, 'monitoring.terminal-registered', vehicle.code, vehicle.district, { terminal })
  return { result: 0, code }
}

/** The vehicle whose terminal proves to be itself by its code. */
export async function findProven(ctx: Context, phone: string, given: Authentication): Promise<KnownVehicle | undefined> {
  const found = await own(ctx)
    .selectFrom('vehicle')
    .select(['code', 'number', 'phone', 'plate', 'kind', 'name', 'district', 'ownerUnit', 'state', 'pumpSignal', 'digest'])
    .where('phone', '=', plainPhone(phone))
    .executeTakeFirst()
  if (!found || found.state !== 'in_service' || !fits(given.code.replaceAll('\0', '').trim(), found.digest)) return undefined
  const { digest: _, ...vehicle } = found
  return vehicle
}

/** Those of these vehicles whose terminal was let go of. */
export async function findReleased(ctx: Context, vehicles: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select number from vehicle where number = any(${vehicles}::int[]) and digest is null`.execute(own(ctx))
  return rows.map(({ number }) => number)
}

/** Keeps that a terminal made a picture, a sound or a film; its time is that of its coming, for the message has none. */
export async function noteMedia(ctx: Context, { number }: KnownVehicle, message: Message): Promise<void> {
  if (!says(message, 0x0800)) return
  const { mediaId, type, format, event, channel } = message.body
  await own(ctx)
    .insertInto('vehicleMedia')
    .values({ vehicle: number, at: ctx.now, mediaId, type, format, event, channel })
    .onConflict((on) => on.doNothing())
    .execute()
}
