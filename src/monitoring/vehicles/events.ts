import { event } from '../../kernel/index.ts'

/** Vehicles were made or changed. */
export const vehiclesChanged = event<{ codes: string[] }>('monitoring.vehicles-changed')
