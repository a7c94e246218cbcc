import type { Context } from '../../kernel/index.ts'

export type SpotTable = { number: string; district: string; position: { x: number; y: number } }
export type TallyTable = { day: string; district: string; reported: number; closed: number; closedInTime: number }
export type PublicTables = { publicSpot: SpotTable; publicTally: TallyTable }

/** Only this room's tables, so that the compiler refuses another room's. */
export const own = ({ db }: Context) => db.withTables<PublicTables>()
