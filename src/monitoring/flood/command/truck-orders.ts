// Orders that run for pump trucks, in the memory of a process: for the screens of their terminals.

import { sql } from 'kysely'
import { cache, type Context } from '../../../kernel/index.ts'
import type { AssignmentKey } from './advance.ts'
import { floodCommanded } from './events.ts'
import { ownCommand } from './tables.ts'
import { districtsHere } from './trucks.ts'

export interface TruckOrder extends AssignmentKey {
  /** The number of its vehicle. */
  readonly vehicle: number
  readonly text: string
  readonly orderedAt: Date
  readonly received: boolean
}

/** A text to a terminal has 1,024 bytes of GBK at most. */
const MOST_LETTERS = 500

const truckOrdersOf = cache<readonly TruckOrder[]>({
  name: 'monitoring.truck-orders',
  until: [floodCommanded],
  async build(ctx) {
    const { rows } = await sql<{ id: string; district: string; number: number; pointName: string; words: string; orderedAt: Date; receivedAt: Date | null }>`
      select a.id, a.district, v.number, a.point_name, a.words, a.ordered_at, a.received_at
        from flood_assignment a join vehicle v on v.code = a.vehicle
       where a.ended_at is null and a.vehicle is not null and a.district = any(${await districtsHere(ctx)}::text[])
       order by a.ordered_at, a.id`.execute(ownCommand(ctx))
    return rows.map(({ id, district, number, pointName, words, orderedAt, receivedAt }) => {
      const text = `防汛指令：${pointName}。${words}`
      return { id, district, vehicle: number, text: text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text, orderedAt, received: receivedAt !== null }
    })
  },
})

export const truckOrders = (ctx: Context): Promise<readonly TruckOrder[]> => ctx.caches.get(ctx, truckOrdersOf)
