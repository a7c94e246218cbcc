import type { Context } from '../../kernel/index.ts'
import type { TrialListed, TrialResult } from './contract.ts'
import type { TrialPlan } from './plan.ts'

export type TrialRunTable = {
  id: string
  name: string
  plan: TrialPlan
  state: TrialListed['state']
  begunAt: Date
  begunBy: string
  endedAt: Date | null
  seen: number
  total: number
  note: string | null
  result: TrialResult | null
}

export const ownTrials = ({ db }: Pick<Context, 'db'>) => db.withTables<{ trialRun: TrialRunTable; flowDraft: { code: string; body: unknown } }>()
