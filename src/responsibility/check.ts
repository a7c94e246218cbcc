import type { Check } from '../kernel/index.ts'
import { findUnits } from '../registry/index.ts'
import { readHours } from './hours.ts'
import { own, standingAt } from './tables.ts'

/** Every rule that holds names a unit that there is and times that can be read, and no two say the same. */
export const rulesSound: Check = {
  name: 'responsibility.rules',
  proves: { zh: '确责规则指向现有单位，时段可读', en: 'rules of responsibility name units that there are, and times that can be read' },
  async *run(ctx) {
    const units = new Set((await findUnits(ctx)).map(({ code }) => code))
    const rules = await own(ctx).selectFrom('responsibilityRule').selectAll().where(standingAt(ctx.now)).orderBy('ordinal').execute()
    for (const { number, unitCode, hours } of rules) {
      if (!units.has(unitCode)) yield `${number}: ${unitCode} is no unit`
      if (readHours(hours) === undefined) yield `${number}: "${hours}" are no times`
    }
    const duties = await own(ctx).selectFrom('responsibilityDuty').selectAll().orderBy('unitCode').execute()
    for (const { unitCode, deputyCode, hours } of duties) {
      if (!units.has(unitCode)) yield `duty of ${unitCode}: no such unit`
      if (deputyCode !== null && !units.has(deputyCode)) yield `duty of ${unitCode}: its deputy ${deputyCode} is no unit`
      if (readHours(hours) === undefined) yield `duty of ${unitCode}: "${hours}" are no times`
    }
  },
}
