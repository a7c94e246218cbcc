import { announce, demand, record, type Context } from '../kernel/index.ts'
import { findUnits, getUnit } from '../registry/index.ts'
import { HOURS_FAULT } from './check-rule.ts'
import type { DutyShown, UnitNamed } from './contract.ts'
import { dutiesChanged } from './events.ts'
import { readHours } from './hours.ts'
import { deputyCircle, ruleUnsound } from './problems.ts'
import { own, type DutyTable } from './tables.ts'
import { unitNames } from './unit-named.ts'
import { unitSeenBy } from './scope.ts'

const present = ({ unitCode, hours, deputyCode, note }: DutyTable, unitOf: (code: string) => UnitNamed): DutyShown => ({
  unit: unitOf(unitCode),
  hours,
  deputy: deputyCode === null ? null : unitOf(deputyCode),
  note,
})

/** 值守时间 of the units that are not always to be reached. */
export async function listDuties(ctx: Context): Promise<{ items: DutyShown[] }> {
  const seen = unitSeenBy(ctx, 'responsibility.read')
  const byCode = new Map((await findUnits(ctx)).map((unit) => [unit.code, unit]))
  const rows = await own(ctx).selectFrom('responsibilityDuty').selectAll().orderBy('unitCode').execute()
  const unitOf = await unitNames(ctx)
  return {
    items: rows.filter(({ unitCode }) => byCode.has(unitCode) && seen(byCode.get(unitCode)!)).map((row) => present(row, unitOf)),
  }
}

/** Sets when a unit can be reached and who stands in for it; '' takes it from the list. */
export async function setDuty(
  ctx: Context,
  unitCode: string,
  { hours, deputy, note }: { hours: string; deputy: string | null; note: string | null },
): Promise<DutyShown | null> {
  demand(ctx, 'responsibility.edit')
  const { path, region } = await getUnit(ctx, unitCode)
  demand(ctx, 'responsibility.edit', { unit: path, region })
  const read = readHours(hours)
  if (!read) throw ruleUnsound(undefined, { faults: [{ at: 'hours', reason: HOURS_FAULT }] })
  if (deputy !== null) await getUnit(ctx, deputy)
  if (await leadsBack(ctx, unitCode, deputy)) throw deputyCircle()

  announce(ctx, dutiesChanged, '', { units: [unitCode] })
  record(ctx, 'responsibility.duty-set', unitCode, '', { hours, deputy, note })
  if (read.length === 0) {
    await own(ctx).deleteFrom('responsibilityDuty').where('unitCode', '=', unitCode).execute()
    return null
  }
  const row = { unitCode, hours: hours.trim(), deputyCode: deputy, note }
  await own(ctx)
    .insertInto('responsibilityDuty')
    .values(row)
    .onConflict((on) => on.column('unitCode').doUpdateSet({ hours: row.hours, deputyCode: deputy, note }))
    .execute()
  return present(row, await unitNames(ctx))
}

/** Whether following the deputies of `deputy` leads back to the unit. */
async function leadsBack(ctx: Context, unitCode: string, deputy: string | null): Promise<boolean> {
  const rows = await own(ctx).selectFrom('responsibilityDuty').select(['unitCode', 'deputyCode']).execute()
  const next = new Map(rows.map((row) => [row.unitCode, row.deputyCode]))
  const passed = new Set([unitCode])
  for (let at = deputy; at; at = next.get(at) ?? null) {
    if (passed.has(at)) return true
    passed.add(at)
  }
  return false
}

