import { systemActor, type Kernel } from '../../../kernel/index.ts'
import { findPersonByAccount } from '../../../registry/index.ts'
import type { FloodRole } from './profile.ts'
import { writeStaff } from './staff.ts'
import { ownCommand } from './tables.ts'
import { writeDriver } from './trucks.ts'

export interface Rolls {
  /** By flood point: accounts with their roles. */
  readonly staff: ReadonlyMap<string, readonly { readonly account: string; readonly role: FloodRole }[]>
  /** By pump truck: the account that gets its orders. */
  readonly drivers: ReadonlyMap<string, string>
}

/** The rolls of a city that is made, once; whoever is no person of it is left out. */
export const fillCommand = (kernel: Kernel, { staff, drivers }: Rolls): Promise<void> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    if (await ownCommand(ctx).selectFrom('floodStaff').select('point').limit(1).executeTakeFirst()) return
    for (const [point, people] of staff) {
      const found = await Promise.all(people.map(async ({ account, role }) => ({ id: (await findPersonByAccount(ctx, account))?.id, role })))
      await writeStaff(ctx, point, found.flatMap(({ id, role }) => (id ? [{ id, role }] : [])))
    }
    for (const [vehicle, account] of drivers) {
      const person = await findPersonByAccount(ctx, account)
      if (person) await writeDriver(ctx, vehicle, person.id)
    }
  })
