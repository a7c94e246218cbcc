import { event } from '../../kernel/index.ts'

/** Risks were made, changed, reviewed, or became due for review; without codes: many at once. */
export const risksChanged = event<{ district: string; codes: string[] }>('monitoring.risks-changed')
/** A hazard was found, or its case went on. */
export const hazardChanged = event<{ district: string; code: string; stage: string; late: boolean }>('monitoring.hazard-changed')
