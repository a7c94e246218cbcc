import type { Context } from '../../kernel/index.ts'
import { directory } from '../directory.ts'
import type { RiskDetail } from './contract.ts'
import { hazardsOf } from './hazards.ts'
import { levelBy } from './matrix.ts'
import { matrixNow } from './city-matrix.ts'
import { devicesOf, keyOfRisk, ringingAt, showAlarms, worstBy } from './ringing.ts'
import { getRow, showRisks, type RiskKey } from './risks.ts'
import { ownRisks, RISK_STEPS, type RiskTable } from './tables.ts'

const STEPS_SHOWN = 100

export async function readRisk(ctx: Context, key: RiskKey): Promise<RiskDetail> {
  const row = await getRow(ctx, key, 'monitoring.read')
  const devices = (await devicesOf(ctx, [row])).get(keyOfRisk(row)) ?? []
  const alarms = await ringingAt(ctx, devices)
  const worst = worstBy(alarms)
  const { byCode } = await directory(ctx)
  const steps = await ownRisks(ctx).selectFrom('riskStep').selectAll().where('risk', '=', key.code).where('district', '=', key.district).orderBy('ordinal', 'desc').limit(STEPS_SHOWN).execute()
  const { cells } = await matrixNow(ctx)
  return {
    risk: (await showRisks(ctx, [row]))[0]!,
    devices: devices.map((code) => ({ code, name: byCode.get(code)?.name ?? code, state: byCode.get(code)?.state ?? 'retired', ringing: worst(code) })),
    alarms: await showAlarms(ctx, alarms),
    hazards: await hazardsOf(ctx, row),
    history: steps.map(({ what, at, actor, note, body }) => {
      const { likelihood, consequence, level = levelBy(cells, likelihood, consequence) } = body as Pick<RiskTable, 'likelihood' | 'consequence' | 'level'>
      return { what, words: RISK_STEPS[what], at: at.toISOString(), by: actor, note, likelihood, consequence, level }
    }),
  }
}
