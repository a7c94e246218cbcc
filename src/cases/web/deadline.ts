import type { Deadline, LampColour } from '../../kernel/web/index.ts'
import type { CaseBrief } from '../contract.ts'

/** The running clock of a case, as the countdown reads it. */
export const deadlineOf = ({ lamp, clock }: Pick<CaseBrief, 'lamp' | 'clock'>): Deadline => ({
  lamp,
  from: clock?.from ?? null,
  dueAt: clock?.dueAt ?? null,
  yellowAt: clock?.yellowAt ?? null,
})

/** The lamp of a case on a map or a heading: an ended one shows whether it was disposed in time, for no clock of it stands still. */
export const endLamp = ({ lamp, endedAt, disposedLate }: Pick<CaseBrief, 'lamp' | 'endedAt' | 'disposedLate'>): LampColour =>
  endedAt === null || disposedLate === null ? lamp : disposedLate ? 'red' : 'green'

/** 申诉成立: the case was late and stays so, and its lateness does not count. */
export const isExcused = ({ disposedLate, excused }: Pick<CaseBrief, 'disposedLate' | 'excused'>): boolean => disposedLate === true && excused.includes('late')
