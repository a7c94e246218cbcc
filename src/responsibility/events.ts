import { event } from '../kernel/index.ts'

// Apart, so that a precedent, of which a day may bring hundreds, does not make everyone read all rules again.

/** Rules were added, changed or ended. */
export const rulesChanged = event<{ numbers: string[] }>('responsibility.rules-changed')

/** A precedent was added or withdrawn. */
export const precedentsChanged = event<{ number: string }>('responsibility.precedents-changed')

/** When a unit can be reached was set. */
export const dutiesChanged = event<{ units: string[] }>('responsibility.duties-changed')

/** A new model of the learned suggestion stands. */
export const modelTrained = event<{ version: number }>('responsibility.model-trained')
