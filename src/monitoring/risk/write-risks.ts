import { sql } from 'kysely'
import { announce, type Context } from '../../kernel/index.ts'
import type { RiskBody } from './contract.ts'
import { risksChanged } from './events.ts'
import type { Matrix } from './city-matrix.ts'
import { levelBy } from './matrix.ts'
import { ownRisks, type RiskStep, type RiskTable } from './tables.ts'
import { countRisks } from './tally.ts'

const DAY_MS = 86_400_000

/** A risk as it is to be, with where it lies. */
export interface SoundRisk {
  readonly code: string
  readonly district: string
  readonly cell: string | null
  readonly body: RiskBody
  /** Left out: as it was, or now for a new one. */
  readonly reviewedAt?: Date | undefined
  readonly before?: RiskTable | undefined
}

export const reviewDue = (reviewedAt: Date, days: number): Date => new Date(+reviewedAt + days * DAY_MS)

/** The row that a risk becomes: judged by the matrix that holds now. */
export function rowOf(ctx: Context, matrix: Matrix, { code, district, cell, body, reviewedAt, before }: SoundRisk): RiskTable {
  const { devices: _, position, ...rest } = body
  const reviewed = reviewedAt ?? before?.reviewedAt ?? ctx.now
  const reviewBy = reviewDue(reviewed, body.reviewDays)
  return {
    ...rest,
    code,
    district,
    lng: position[0],
    lat: position[1],
    cell,
    level: levelBy(matrix.cells, body.likelihood, body.consequence),
    matrix: matrix.version,
    reviewedAt: reviewed,
    reviewBy,
    overdue: body.state === 'watched' && reviewBy < ctx.now,
    steps: (before?.steps ?? 0) + 1,
    madeAt: before?.madeAt ?? ctx.now,
    changedAt: ctx.now,
    changedBy: ctx.actor.id,
  }
}

export interface Written {
  readonly row: RiskTable
  readonly before?: RiskTable | undefined
  readonly devices: readonly string[]
  readonly what: RiskStep
  readonly note?: string | undefined
}

/** Each row has some twenty-five values, and a statement holds 65,535. */
const ROWS_AT_ONCE = 1_000
const NAMED_AT_MOST = 1_000

/** Writes risks with their devices, a step of each, and what is counted of them. */
export async function writeRisks(ctx: Context, written: readonly Written[]): Promise<void> {
  const own = ownRisks(ctx)
  for (let from = 0; from < written.length; from += ROWS_AT_ONCE) {
    const part = written.slice(from, from + ROWS_AT_ONCE)
    const fresh = part.filter(({ before }) => !before).map(({ row }) => row)
    if (fresh.length > 0) await own.insertInto('risk').values(fresh).execute()
    for (const { row, before } of part) {
      if (!before) continue
      const { code, district, madeAt: _, ...change } = row
      await own.updateTable('risk').set(change).where('code', '=', code).where('district', '=', district).execute()
    }
    await putDevices(ctx, part)
    const steps = part.map(({ row, devices, what, note }) => ({
      risk: row.code,
      district: row.district,
      ordinal: row.steps,
      what,
      at: row.changedAt,
      actor: ctx.actor.kind === 'system' ? null : ctx.actor.name,
      note: note?.trim() || null,
      body: JSON.stringify({ ...row, devices }) as never,
    }))
    await own.insertInto('riskStep').values(steps).execute()
  }
  await countRisks(ctx, written.map(({ row, before }) => ({ before, after: row })))
  const districts = Map.groupBy(written, ({ row }) => row.district)
  for (const [district, those] of districts) announce(ctx, risksChanged, district, { district, codes: those.slice(0, NAMED_AT_MOST).map(({ row }) => row.code) })
}

async function putDevices(ctx: Context, part: readonly Written[]): Promise<void> {
  const old = part.filter(({ before }) => before)
  if (old.length > 0) {
    await sql`
      delete from risk_device d using unnest(${old.map(({ row }) => row.code)}::text[], ${old.map(({ row }) => row.district)}::text[]) as t (risk, district)
       where d.risk = t.risk and d.district = t.district`.execute(ownRisks(ctx))
  }
  const rows = part.flatMap(({ row, devices }) => [...new Set(devices)].map((device) => ({ risk: row.code, district: row.district, device })))
  if (rows.length > 0) await ownRisks(ctx).insertInto('riskDevice').values(rows).execute()
}
