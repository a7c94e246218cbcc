import type { Context, TableKind, Words } from '../../kernel/index.ts'
import type { Area } from './area.ts'
import type { Category, MessageKind } from './level.ts'

export interface WarningBody {
  readonly category: Category
  readonly event: Words
  readonly headline: Words
  readonly description: Words
  readonly instruction: Words
  readonly senderName: Words
  readonly areaName: Words
  readonly area: Area
}

export type WarningTable = {
  id: string
  district: string
  alarm: string
  ordinal: number
  kind: MessageKind
  level: number
  sentAt: Date
  beganAt: Date
  expiresAt: Date
  sender: string
  status: string
  refers: string[]
  body: WarningBody
}

export const ownWarnings = ({ db }: Pick<Context, 'db'>) => db.withTables<{ publicWarning: WarningTable }>()

export const capTables = { public_warning: 'sharded' } as const satisfies Record<string, TableKind>
