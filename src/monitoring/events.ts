import { event } from '../kernel/index.ts'

/** Products or devices were made or changed. */
export const devicesChanged = event<{ codes: string[] }>('monitoring.devices-changed')
