import { stream, type Room } from '../kernel/index.ts'
import { casesFold, lampsRight } from './checks.ts'
import { caseLampChanged, caseStepped, caseTaskGiven } from './events.ts'
import { flowPack } from './flow-pack.ts'
import { historyPack } from './import/history-pack.ts'
import { PERMITS } from './permits.ts'
import { routes } from './routes.ts'
import { turnLamps } from './turn-lamps.ts'

export const cases: Room = {
  name: 'cases',
  title: { zh: '指挥协调', en: 'Cases' },
  permits: PERMITS,
  tables: {
    flow_version: 'reference',
    case_number_block: 'local',
    case_file: 'sharded',
    case_step: 'sharded',
    case_task: 'sharded',
    case_reporter: 'sharded',
    case_search: 'sharded',
    case_origin: 'sharded',
  },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
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
  ],
  jobs: [{ name: 'cases.turn-lamps', every: 1, run: (ctx) => turnLamps(ctx) }],
  pack: [flowPack, historyPack],
  checks: [casesFold, lampsRight],
}
