// 隐患的阶段: read from its case, and from nothing else.

import type { Words } from '../../kernel/contract.ts'

export const STAGES = {
  'to-rectify': { zh: '待整改', en: 'To be rectified' },
  rectifying: { zh: '整改中', en: 'Being rectified' },
  'to-check': { zh: '待复查', en: 'To be checked' },
  cleared: { zh: '已销号', en: 'Cleared' },
  dropped: { zh: '不成立', en: 'Not upheld' },
} as const satisfies Record<string, Words>
export type Stage = keyof typeof STAGES
export const STAGE_CODES = Object.keys(STAGES) as Stage[]
export const OPEN_STAGES: readonly Stage[] = ['to-rectify', 'rectifying', 'to-check']

export const GRADES: readonly Words[] = [
  { zh: '一般隐患', en: 'Ordinary' },
  { zh: '重大隐患', en: 'Major' },
]

export const HAZARD_SOURCES = {
  inspection: { zh: '巡查检查', en: 'Inspection' },
  citizen: { zh: '群众反映', en: 'Citizens' },
  alarm: { zh: '监测告警', en: 'Alarm' },
} as const satisfies Record<string, Words>
export type HazardSource = keyof typeof HAZARD_SOURCES

/** What of a case says where its hazard stands. */
export interface CaseStands {
  readonly outcome: string
  readonly lamp: string
  readonly dispatchedAt: Date | null
  readonly disposedAt: Date | null
  readonly endedAt: Date | null
}

/** Of an ended case: one that was filed, or settled on the spot, was rectified; any other had nothing to be rectified. */
const CLEARING = new Set(['established', 'self-disposed'])

export function stageOf({ outcome, dispatchedAt, disposedAt, endedAt }: CaseStands): Stage {
  if (endedAt) return CLEARING.has(outcome) ? 'cleared' : 'dropped'
  if (disposedAt) return 'to-check'
  return dispatchedAt ? 'rectifying' : 'to-rectify'
}

/** 逾期: the clock that runs in its case is over. */
export const isLate = ({ lamp, endedAt }: CaseStands): boolean => endedAt === null && lamp === 'red'
