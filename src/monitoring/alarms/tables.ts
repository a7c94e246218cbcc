import type { Context, TableKind } from '../../kernel/index.ts'
import type { RuleBody } from './rule.ts'

export type RuleTable = { code: string; version: number; body: RuleBody; changedAt: Date; changedBy: string; endedAt: Date | null }

export type AlarmTable = {
  id: string
  district: string
  rule: string
  version: number
  /** What `device` is the code of. */
  about: 'device' | 'vehicle'
  device: string
  /** Where a vehicle was when it rang. */
  place: { x: number; y: number } | string | null
  /** 0 where it is over; 1 blue to 4 red. */
  level: number
  peak: number
  value: number
  worst: number
  beganAt: Date
  raisedAt: Date
  changedAt: Date
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  shelvedUntil: Date | null
  shelvedBy: string | null
  shelveReason: string | null
  clearedAt: Date | null
  flaps: number
  parent: string | null
  storm: string | null
  caseNumber: string | null
  steps: number
}

export type AlarmStepTable = {
  alarm: string
  district: string
  ordinal: number
  what: AlarmStepKind
  at: Date
  level: number
  value: number | null
  /** The name of who did it by hand. */
  actor: string | null
  note: string | null
}

export const STEP_KINDS = {
  raised: { zh: '告警', en: 'Raised' },
  escalated: { zh: '升级', en: 'Escalated' },
  lowered: { zh: '降级', en: 'Lowered' },
  returned: { zh: '复现', en: 'Came back' },
  cleared: { zh: '自动解除', en: 'Cleared by itself' },
  ended: { zh: '不再监视，解除', en: 'Ended: no longer watched' },
  acknowledged: { zh: '确认', en: 'Acknowledged' },
  shelved: { zh: '搁置', en: 'Shelved' },
  unshelved: { zh: '结束搁置', en: 'No longer shelved' },
  'case-made': { zh: '转为案件', en: 'Became a case' },
  'case-refused': { zh: '未能转为案件', en: 'Could not become a case' },
  'case-ended': { zh: '案件办结', en: 'Its case is over' },
} as const
export type AlarmStepKind = keyof typeof STEP_KINDS

export type AlarmTables = {
  alarmRule: RuleTable
  alarmWatch: { rule: string; device: number; state: { since: (number | null)[]; backSince: number | null } }
  alarm: AlarmTable
  alarmStep: AlarmStepTable
}

export const ownAlarms = ({ db }: Pick<Context, 'db'>) => db.withTables<AlarmTables>()

export const alarmTables = {
  alarm_rule: 'reference',
  alarm_watch: 'local',
  alarm: 'sharded',
  alarm_step: 'sharded',
} as const satisfies Record<string, TableKind>
