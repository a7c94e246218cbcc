import type { TableKind } from '../../kernel/index.ts'

export type StandingTable = { product: string; district: string; devices: number; silent: number; at: Date }

export const wallTables = { device_standing: 'sharded' } satisfies Record<string, TableKind>
