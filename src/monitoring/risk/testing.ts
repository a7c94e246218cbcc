// A risk with a device, and a hazard at it, for the tests of this room.

import { systemActor, type Context, type Kernel } from '../../kernel/index.ts'
import { somewhere } from '../testing.ts'
import type { RiskBody } from './contract.ts'
import type { HazardBody } from './hazard-contract.ts'
import { findHazard } from './hazards.ts'
import { addRisk } from './risks.ts'

export const riskAt = (position: [number, number], over: Partial<RiskBody> = {}): RiskBody => ({
  name: '燃气调压箱', field: 'municipal', kind: 'gas', position, component: null, devices: [], likelihood: 3, consequence: 4, measures: '每日巡检', ownerUnit: null, ownerPerson: '张工',
  reviewDays: 180, state: 'watched', ...over,
})

export const hazardAt = (over: Partial<HazardBody> = {}): HazardBody => ({ words: '阀门锈蚀渗漏', grade: 1, source: 'inspection', category: '2026.m.01049', files: [], ...over })

/** One of each, by the house itself. */
export const riskAndHazard = (kernel: Kernel, over: Partial<RiskBody> = {}): Promise<{ district: string; risk: string; hazard: string; body: RiskBody }> =>
  kernel.transact({ actor: systemActor }, async (ctx: Context) => {
    const body = riskAt((await somewhere(ctx)).position, over)
    const { code, district } = await addRisk(ctx, body)
    const hazard = await findHazard(ctx, hazardAt({ risk: { code, district } }))
    return { district, risk: code, hazard: hazard.code, body }
  })

/** What a sensible question about them is, for the walk over all endpoints. */
export const questionsOfRisks = ({ district, risk, hazard, body }: Awaited<ReturnType<typeof riskAndHazard>>, category: string) => {
  const params = { district, code: risk }
  const box = { box: '60,10,140,60', zoom: '8' }
  return {
    'POST /api/risks': { body },
    'GET /api/risks/map': { query: box },
    'GET /api/risks/:district/:code': { params },
    'PUT /api/risks/:district/:code': { params, body },
    'POST /api/risks/:district/:code/review': { params, body: { likelihood: 1, consequence: 1, note: '复评' } },
    'PUT /api/risk-matrix': { body: { cells: Array.from({ length: 5 }, () => [1, 1, 2, 3, 4]), note: '从严' } },
    'POST /api/hazards': { body: { risk: params, words: '渗漏', grade: 1, source: 'inspection', category, files: [] } },
    'GET /api/hazards/map': { query: box },
    'GET /api/hazards/:district/:code': { params: { district, code: hazard } },
  }
}
