// Flood points for the tests of this room.

import { systemActor, type Kernel } from '../../kernel/index.ts'
import { setPoint } from './points.ts'
import { makeReport } from './reports/reports.ts'
import { DEFAULT_LEVELS } from './settings.ts'

export const floodPoint = (kernel: Kernel, device: string) =>
  kernel.transact({ actor: systemActor }, (ctx) => setPoint(ctx, device, { scene: 'low-ground', levels: [...DEFAULT_LEVELS] }))

/** A draft of a report, as the house itself would make it. */
export const floodReport = async (kernel: Kernel): Promise<string> => (await kernel.transact({ actor: systemActor }, (ctx) => makeReport(ctx, { kind: 'during' }))).id

/** Sensible questions about it. */
export const reportQuestions = (id: string) => ({
  'POST /api/flood/reports': { body: { kind: 'during', expected: undefined } },
  'GET /api/flood/reports/:id': { params: { id } },
  'DELETE /api/flood/reports/:id': { params: { id } },
  'PUT /api/flood/reports/:id/texts': { params: { id } },
  'POST /api/flood/reports/:id/issue': { params: { id }, body: { revision: 1 } },
  'GET /api/flood/reports/:id/file': { params: { id }, query: { format: 'pdf' } },
})
