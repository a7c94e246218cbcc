import type { Position } from '../kernel/contract.ts'

/** What a step or an act may bring with it. */
export interface StepInputs {
  readonly note?: string | undefined
  readonly reason?: string | undefined
  readonly condition?: string | undefined
  /** Code of the unit. */
  readonly unit?: string | undefined
  /** Account of the collector; the nearest on duty where it is left out. */
  readonly collector?: string | undefined
  readonly files?: readonly string[] | undefined
  readonly category?: string | undefined
  readonly position?: Position | undefined
  /** Number of the case that this one is merged into. */
  readonly target?: string | undefined
  /** ISO time. */
  readonly until?: string | undefined
  /** Codes of the units that assist. */
  readonly helpers?: readonly string[] | undefined
  /** Codes of the units that confer. */
  readonly units?: readonly string[] | undefined
  readonly limit?: { readonly amount: number; readonly unit: string } | undefined
  /** In yuan. */
  readonly cost?: number | undefined
  readonly outside?: string | undefined
  /** The version that the caller saw; refused if the case has moved on since. */
  readonly version?: number | undefined
}

export interface StepRequest extends StepInputs {
  readonly step: string
}

export interface ActRequest extends StepInputs {
  readonly procedure: string
  /** `open`, or an act of the procedure. */
  readonly act: string
  /** Which one, where it is open already. */
  readonly proceeding?: string | undefined
}
