// Risks and hazards of a city that is made.

import { systemActor, type Actor, type Kernel } from '../../kernel/index.ts'
import { locator } from '../../atlas/index.ts'
import type { CaseKey } from '../../cases/index.ts'
import { matrixNow } from './city-matrix.ts'
import type { RiskBody } from './contract.ts'
import type { HazardBody } from './hazard-contract.ts'
import { followCases, openCase } from './hazard-case.ts'
import { findHazard } from './hazards.ts'
import { keepReviews } from './keep-reviews.ts'
import { ownRisks } from './tables.ts'
import { nextCode } from './tally.ts'
import { rowOf, writeRisks, type Written } from './write-risks.ts'

export interface MadeRisk extends RiskBody {
  readonly reviewedAt: Date
}

/** Writes them at once into a city that has none yet; the keys of those that were written. */
export const fillRisks = (kernel: Kernel, risks: readonly MadeRisk[]): Promise<{ code: string; district: string }[]> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    if (await ownRisks(ctx).selectFrom('risk').select('code').limit(1).executeTakeFirst()) return []
    const cellAt = await locator(ctx)
    const matrix = await matrixNow(ctx)
    const written: Written[] = []
    for (const { reviewedAt, ...body } of risks) {
      const lies = cellAt(body.position)
      if (!lies) continue
      const code = await nextCode(ctx, 'FX', lies.district)
      const row = rowOf({ ...ctx, now: reviewedAt }, matrix, { code, district: lies.district, cell: lies.cell, body, reviewedAt })
      written.push({ row, devices: body.devices, what: 'made' })
    }
    await writeRisks(ctx, written)
    await keepReviews(ctx)
    return written.map(({ row: { code, district } }) => ({ code, district }))
  })

/** One hazard as somebody finds it, with its case as it is opened behind it. */
export async function fillHazard(kernel: Kernel, { actor, now }: { actor: Actor; now: Date }, body: HazardBody): Promise<CaseKey> {
  const hazard = await kernel.transact({ actor, now }, (ctx) => findHazard(ctx, body))
  return (await kernel.transact({ actor: systemActor, now }, (ctx) => openCase(ctx, hazard)))!
}

/** Lets hazards stand where their cases stand now. */
export const settleHazards = (kernel: Kernel, cases: readonly CaseKey[]): Promise<void> => kernel.transact({ actor: systemActor }, (ctx) => followCases(ctx, cases.map(({ number }) => number)))
