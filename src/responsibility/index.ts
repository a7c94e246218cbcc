// The door of 确责: who must act, why, and how sure that is.

export type { Decision, LearnedAnswer, ModelFacts, UnitAnswer } from './contract.ts'
export { decideUnits, type Situation } from './decide-units.ts'
export { dutiesChanged, modelTrained, precedentsChanged, rulesChanged } from './events.ts'
export { addPrecedent, type NewPrecedent } from './precedents.ts'
export type { Sample } from './learn.ts'
export { FEWEST_SAMPLES, MOST_SAMPLES, train } from './train.ts'
export { findModel } from './suggest.ts'
export { responsibility } from './room.ts'
