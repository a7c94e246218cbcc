import { event } from '../kernel/index.ts'

/** A collector went on duty or off it. */
export const dutyChanged = event<{ personId: string; beat: string | null; onDuty: boolean }>('registry.duty-changed')

/** A number of the house was set, or is as shipped again. */
export const settingsChanged = event<{ code: string }>('registry.settings-changed')

/** Another version of the working calendar holds from now on. */
export const calendarChanged = event<{ version: number }>('registry.calendar-changed')
