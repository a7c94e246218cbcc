import { stream, type Room } from '../kernel/index.ts'
import { calendarRoutes, limitsRight, reckonAnew, reckonWhenChanged } from './calendar-change/index.ts'
import { casesFold, lampsRight, proceedingsRight } from './checks.ts'
import { caseLampChanged, caseStepped, caseTaskGiven } from './events.ts'
import { flowRoutes, moveFlow } from './flow-edit/index.ts'
import { flowPack } from './flow-pack.ts'
import { incidentsWhole, incidentRoutes, INCIDENT_TABLES, membersTold, placeOfStorm, stormChanged, watchStorms } from './incident/index.ts'
import { historyPack } from './import/history-pack.ts'
import { learnDaily } from './past-samples.ts'
import { PERMITS } from './permits.ts'
import { caseResponded, responseRoutes, responsesFollow } from './response/index.ts'
import { routes } from './routes.ts'
import { trialJob, trialRoutes } from './trial-run/index.ts'
import { turnLamps } from './turn-lamps.ts'
import { wakeCases } from './wake.ts'

export const cases: Room = {
  name: 'cases',
  title: { zh: '指挥协调', en: 'Cases' },
  permits: PERMITS,
  tables: {
    flow_version: 'reference',
    flow_use: 'reference',
    flow_draft: 'reference',
    flow_mapping: 'reference',
    flow_move: 'sharded',
    trial_run: 'reference',
    case_number_block: 'local',
    case_file: 'sharded',
    case_step: 'sharded',
    case_task: 'sharded',
    case_proceeding: 'sharded',
    case_part: 'sharded',
    case_reporter: 'sharded',
    case_search: 'sharded',
    case_origin: 'sharded',
    case_calendar_run: 'sharded',
    case_calendar_move: 'sharded',
    case_response: 'sharded',
    ...INCIDENT_TABLES,
  },
  migrations: new URL('./migrations/', import.meta.url),
  routes: [...routes, ...calendarRoutes, ...responseRoutes, ...incidentRoutes, ...flowRoutes, ...trialRoutes],
  listeners: [reckonWhenChanged, membersTold, responsesFollow],
  streams: [
    stream(caseStepped, {
      permit: 'case.read',
      place: ({ body }) => body.place,
      show: ({ body: { number, step, ordinal, fromState, toState } }) => ({ number, step, ordinal, fromState, toState }),
    }),
    stream(caseLampChanged, {
      permit: 'case.read',
      place: ({ body }) => body.place,
      show: ({ body: { number, lamp, state, at } }) => ({ number, lamp, state, at }),
    }),
    stream(caseTaskGiven, {
      permit: 'case.check',
      place: ({ body: { place } }) => ({ region: place.region, category: place.category }),
      show: ({ body: { task, kind, collectorId } }) => ({ task, kind, collectorId }),
    }),
    stream(caseResponded, {
      permit: 'case.read',
      place: ({ body }) => body.place,
      show: ({ body: { id, number, what, how } }) => ({ id, number, what, how }),
    }),
    stream(stormChanged, {
      permit: 'case.read',
      place: ({ body }) => placeOfStorm(body.district),
      show: ({ body: { storm, district, state, reports } }) => ({ storm, district, state, reports }),
    }),
    // To the device of whoever is sent, wherever the case lies.
    stream(caseResponded, {
      permit: 'case.respond',
      place: () => ({}),
      show: ({ body: { id, number, what } }) => ({ id, number, what }),
      to: ({ body }) => [body.responderId],
    }),
  ],
  jobs: [
    { name: 'cases.turn-lamps', every: 1, run: (ctx) => turnLamps(ctx) },
    { name: 'cases.wake', every: 5, run: (ctx) => wakeCases(ctx) },
    reckonAnew,
    moveFlow,
    trialJob,
    { name: 'cases.watch-storms', every: 5, run: (ctx) => watchStorms(ctx) },
    learnDaily,
  ],
  pack: [flowPack, historyPack],
  checks: [casesFold, lampsRight, limitsRight, proceedingsRight, incidentsWhole],
}
