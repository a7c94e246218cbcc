// One incident, one case (一事一案): likeness, merging, storms.

export { incidentsWhole } from './checks.ts'
export { stormChanged } from './events.ts'
export { incidentRoutes } from './routes.ts'
export { placeOfStorm } from './storms.ts'
export { INCIDENT_TABLES } from './tables.ts'
export { membersTold } from './tell-members.ts'
export { watchStorms } from './watch-storms.ts'
