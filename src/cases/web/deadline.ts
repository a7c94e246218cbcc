import type { Deadline } from '../../kernel/web/index.ts'
import type { CaseBrief } from '../contract.ts'

/** The running clock of a case, as the countdown reads it. */
export const deadlineOf = ({ lamp, clock }: Pick<CaseBrief, 'lamp' | 'clock'>): Deadline => ({
  lamp,
  from: clock?.from ?? null,
  dueAt: clock?.dueAt ?? null,
  yellowAt: clock?.yellowAt ?? null,
})
