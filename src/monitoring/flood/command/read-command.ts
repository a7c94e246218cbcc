// What was called and ordered between two moments, for reports.

import type { Context, Words } from '../../../kernel/index.ts'
import type { How } from '../../../cases/contract.ts'
import { findUnits } from '../../../registry/index.ts'
import { directory } from '../../directory.ts'
import { reacherOf } from '../../scope.ts'
import { lastDue, overdueOf, type FloodProfile } from './profile.ts'
import { ownCommand, type AssignmentTable } from './tables.ts'

export interface CommandMark {
  readonly at: Date
  /** By the device, or by somebody's word. */
  readonly how: How
}

interface Commanded {
  readonly id: string
  readonly district: string
  readonly point: { readonly code: string; readonly name: string }
  /** Null: a truck whose driver is not known by an account. */
  readonly person: string | null
  readonly unit: Words | null
  readonly received: CommandMark | null
  readonly arrived: CommandMark | null
  readonly receivedAt: Date | null
  readonly arrivedAt: Date | null
}

export interface CommandCall extends Commanded {
  readonly calledAt: Date
  readonly calledBy: string
  readonly answeredAt: Date | null
  readonly endedAt: Date | null
}

export interface CommandOrder extends Commanded {
  readonly orderedAt: Date
  readonly orderedBy: string
  readonly words: string
  readonly truck: { readonly code: string; readonly name: string } | null
  readonly done: CommandMark | null
  readonly doneAt: Date | null
  readonly cancelledAt: Date | null
  readonly cancelReason: string | null
  readonly profile: FloodProfile | null
  readonly dueAt: Date | null
  readonly overdue: boolean
}

export interface CommandRead {
  readonly calls: readonly CommandCall[]
  readonly orders: readonly CommandOrder[]
  /** There were more than are told of. */
  readonly more: boolean
}

const MOST = 5_000

const mark = (at: Date | null, how: How | null): CommandMark | null => (at && how ? { at, how } : null)

/** Call-ups and orders from `from` on and before `to`, the earliest first, at the points that the caller reaches. */
export async function commandBetween(ctx: Context, from: Date, to: Date): Promise<CommandRead> {
  const rows = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .selectAll()
    .where('orderedAt', '>=', from)
    .where('orderedAt', '<', to)
    .orderBy('orderedAt')
    .orderBy('id')
    .limit(MOST + 1)
    .execute()
  const { byCode } = await directory(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const units = new Map((await findUnits(ctx)).map(({ code, name }) => [code, name]))
  const seen = rows.slice(0, MOST).filter(({ point, district }) => reaches(byCode.get(point) ?? { district, ownerUnit: null }))
  const common = (row: AssignmentTable): Commanded => ({
    id: row.id,
    district: row.district,
    point: { code: row.point, name: row.pointName },
    person: row.personName,
    unit: units.get(row.unitCode ?? '') ?? null,
    received: mark(row.receivedAt, row.receivedHow),
    arrived: mark(row.arrivedAt, row.arrivedHow),
    receivedAt: row.receivedAt,
    arrivedAt: row.arrivedAt,
  })
  return {
    calls: seen.filter(({ kind }) => kind === 'call').map((row) => ({ ...common(row), calledAt: row.orderedAt, calledBy: row.orderedByName, answeredAt: row.acceptedAt, endedAt: row.endedAt })),
    orders: seen
      .filter(({ kind }) => kind === 'order')
      .map((row) => ({
        ...common(row),
        orderedAt: row.orderedAt,
        orderedBy: row.orderedByName,
        words: row.words,
        truck: row.vehicle ? { code: row.vehicle, name: row.vehicleName ?? row.vehicle } : null,
        done: mark(row.finishedAt, row.finishedHow),
        doneAt: row.finishedAt,
        cancelledAt: row.result === 'cancelled' ? row.endedAt : null,
        cancelReason: row.result === 'cancelled' ? row.endReason : null,
        profile: row.profile,
        dueAt: lastDue(row) ?? null,
        overdue: overdueOf(row, ctx.now),
      })),
    more: rows.length > MOST,
  }
}
