export type { RiskBody } from './contract.ts'
export { fillHazard, fillRisks, settleHazards, type MadeRisk } from './fill.ts'
export type { HazardBody } from './hazard-contract.ts'
export { KINDS_OF_RISK, type Field, type RiskKind } from './kinds.ts'
