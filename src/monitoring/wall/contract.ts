// What the wall of monitoring shows besides alarms and flood points, which it asks for as their desks do.

import { endpoint, Moment, Type, type Static } from '../../kernel/contract.ts'

export const WallShown = Type.Object({
  at: Moment,
  /** When devices were last counted. */
  countedAt: Type.Union([Moment, Type.Null()]),
  products: Type.Array(
    Type.Object({
      code: Type.String(),
      words: Type.Object({ zh: Type.String(), en: Type.String() }),
      devices: Type.Integer(),
      silent: Type.Integer(),
      levels: Type.Array(Type.Integer(), { description: 'Open alarms: blue, yellow, orange, red' }),
    }),
  ),
  /** The last hour, the minute that runs left out. */
  minutes: Type.Array(Type.Object({ at: Moment, taken: Type.Integer(), refused: Type.Integer() })),
  /** From the arrival of a reading to its commit, in the last five minutes; null where nothing came. */
  lagMs: Type.Union([Type.Number(), Type.Null()]),
  /** Since midnight. */
  today: Type.Object({ raised: Type.Integer(), open: Type.Integer(), cases: Type.Integer() }),
})
export type WallShown = Static<typeof WallShown>

export const getWall = endpoint({
  method: 'GET',
  path: '/api/monitoring/wall',
  permit: 'monitoring.read',
  summary: { zh: '监测大屏', en: 'What the wall of monitoring shows of devices, intake and alarms of the day' },
  reply: WallShown,
})
