// The matrix that holds in this city, with its versions.

import { record, type Context } from '../../kernel/index.ts'
import { findCity } from '../../atlas/index.ts'
import { demandCity } from '../scope.ts'
import type { MatrixShown } from './contract.ts'
import { fallsIn, SHIPPED, type Cells } from './matrix.ts'
import { matrixFaulty } from './problems.ts'
import { ownRisks } from './tables.ts'

const VERSIONS_SHOWN = 50

const AS_SHIPPED: MatrixShown = { version: 0, cells: SHIPPED.map((row) => [...row]), note: 'R = L × S', changedAt: null, changedBy: null }

export interface Matrix {
  readonly version: number
  readonly cells: Cells
}

export async function matrixNow(ctx: Context): Promise<Matrix> {
  const row = await ownRisks(ctx).selectFrom('riskMatrix').select(['version', 'cells']).orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row ?? AS_SHIPPED
}

export async function listMatrices(ctx: Context): Promise<{ now: MatrixShown; before: MatrixShown[] }> {
  const rows = await ownRisks(ctx).selectFrom('riskMatrix').selectAll().orderBy('version', 'desc').limit(VERSIONS_SHOWN).execute()
  const all = [...rows.map(({ version, cells, note, changedAt, changedBy }) => ({ version, cells: cells.map((row) => [...row]), note, changedAt: changedAt.toISOString(), changedBy })), AS_SHIPPED]
  return { now: all[0]!, before: all.slice(1) }
}

export async function setMatrix(ctx: Context, { cells, note }: { cells: number[][]; note: string }): Promise<MatrixShown> {
  await demandCity(ctx, 'monitoring.rule')
  const wrong = fallsIn(cells)
  if (wrong) {
    const { likelihood, consequence } = wrong
    const reason = { zh: '可能性或后果增大时，等级不得降低', en: 'what is more likely or more grave must not be a lower level' }
    throw matrixFaulty(undefined, { faults: [{ at: `cells.${likelihood - 1}.${consequence - 1}`, reason }] })
  }
  const { version } = await matrixNow(ctx)
  const row = { version: version + 1, cells: JSON.stringify(cells) as never, note: note.trim(), changedAt: ctx.now, changedBy: ctx.actor.name }
  await ownRisks(ctx).insertInto('riskMatrix').values(row).execute()
  record(ctx, 'monitoring.risk-matrix-set', String(row.version), (await findCity(ctx))?.code ?? '', { cells, note })
  return { version: row.version, cells, note: row.note, changedAt: ctx.now.toISOString(), changedBy: row.changedBy }
}
