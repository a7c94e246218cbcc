import type { Context } from '../../kernel/index.ts'

export type ActTable = {
  id: string
  district: string
  accountId: string
  kind: 'report' | 'verify' | 'check'
  number: string
  at: Date
  passed: boolean | null
}
export type CollectorTables = { collectorAct: ActTable }

/** Only this room's tables, so that the compiler refuses another room's. */
export const own = ({ db }: Context) => db.withTables<CollectorTables>()
