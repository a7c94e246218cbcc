import { event } from '../kernel/index.ts'

/** A collector went on duty or off it. */
export const dutyChanged = event<{ personId: string; beat: string | null; onDuty: boolean }>('registry.duty-changed')
