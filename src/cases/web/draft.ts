// What was entered for one step or act, and what of it is sent.

import type { FileCard } from '../../kernel/web/index.ts'
import type { CaseBrief, Need, OpenStep, StepBody } from '../contract.ts'

export interface Draft {
  unit?: string | undefined
  reason?: string | undefined
  condition?: string | undefined
  collector?: string | undefined
  category?: string | undefined
  target?: string | undefined
  until?: string | undefined
  helpers?: string[] | undefined
  units?: string[] | undefined
  limit?: { amount: number; unit: 'urgent_hour' | 'work_hour' | 'work_day' } | undefined
  cost?: number | undefined
  outside?: string | undefined
  note?: string
  files: FileCard[]
}

export const EMPTY: Draft = { files: [] }

/** What has been entered; undefined where nothing has. */
export function valueOf(draft: Draft, need: Need): unknown {
  if (need === 'photo') return draft.files.length > 0 ? draft.files : undefined
  if (need === 'note' || need === 'outside') return draft[need]?.trim() || undefined
  if (need === 'helpers' || need === 'units') return draft[need]?.length ? draft[need] : undefined
  return draft[need]
}

/** What stands ready before anyone chose: the first proposal where one must be named, and whatever leaves no choice. */
export function readyFor(step: OpenStep | undefined): Draft {
  const must = step?.needs.includes('unit')
  return {
    ...EMPTY,
    unit: must ? step?.units?.find(({ ground }) => ground !== 'learned')?.unitCode : undefined,
    condition: step?.conditions?.length === 1 ? step.conditions[0]!.id : undefined,
    reason: step?.needs.includes('reason') && step.reasons?.length === 1 ? step.reasons[0]!.code : undefined,
  }
}

/** One act is told from another by the proceeding that it moves. */
export const keyOf = ({ step, proceeding = '' }: Pick<OpenStep, 'step' | 'proceeding'>): string => `${proceeding}/${step}`

/** What is sent: only what the step asks for. */
export function inputsOf(step: OpenStep, draft: Draft, brief: Pick<CaseBrief, 'category'>): Omit<StepBody, 'step'> {
  const asked = [...step.needs, ...step.takes].filter((need) => need !== 'photo')
  const given = Object.fromEntries(asked.map((need) => [need, valueOf(draft, need)]).filter(([, value]) => value !== undefined)) as Omit<StepBody, 'step'>
  if (given.category === brief.category.id) delete given.category
  return { ...given, ...(draft.files.length > 0 && { files: draft.files.map(({ sha256 }) => sha256) }) }
}
