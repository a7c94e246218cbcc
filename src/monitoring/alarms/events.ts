import { event } from '../../kernel/index.ts'
import type { AlarmStepKind } from './tables.ts'

export interface AlarmChanged {
  id: string
  district: string
  rule: string
  device: string
  /** Path of the unit that owns it; '' where none does. */
  unit?: string
  level: number
  what: AlarmStepKind
}

export const alarmChanged = event<AlarmChanged>('monitoring.alarm-changed')
/** Rules were made, changed, or ended. */
export const rulesSet = event<{ codes: string[] }>('monitoring.rules-set')
