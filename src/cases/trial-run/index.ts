// 试运行: what another flow or other limits would have made of real cases, without touching them.

export { trialRoutes } from './routes.ts'
export { trialJob } from './trials.ts'
export { runTrial } from './run-trial.ts'
export type { LimitChange, TrialPlan, Weights } from './plan.ts'
export type { TrialResult } from './contract.ts'
