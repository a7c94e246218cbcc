import type { Actor, Caches, Context, Database, Origin } from '../context.ts'
import type { Room } from '../room.ts'
import type { StreamHub } from './hub.ts'

/** What the log, the sealer and the jobs need of the kernel that runs them. */
export interface LogHost {
  readonly db: Database
  readonly rooms: readonly Room[]
  readonly caches: Caches
  readonly hub: StreamHub
  clock(): Date
  transact<T>(as: { actor: Actor; now?: Date; origin?: Origin }, act: (ctx: Context) => Promise<T>): Promise<T>
  read<T>(as: { actor: Actor; now?: Date; origin?: Origin }, look: (ctx: Context) => Promise<T>): Promise<T>
}

/** Who acts when no person and no machine does. */
export const houseActor: Actor = { id: 'system', kind: 'system', name: 'system', grants: [] }
