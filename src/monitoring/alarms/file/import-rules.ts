import type { Context } from '../../../kernel/index.ts'
import { FAULTS_NAMED } from '../../sheet/list-file.ts'
import { demandCity } from '../../scope.ts'
import { rulesUnsound } from '../problems.ts'
import { readRules as standingRules, ruleFaults, setRules } from '../rules.ts'
import type { RuleBody } from '../rule.ts'
import type { RulesChecked } from './contract.ts'
import { differences, faultOf, readRules } from './rule-file.ts'

/** Checks a file of rules whole, says what it would change, and sets the next versions when it is sound and `apply` is asked. Rules that it does not name stay. */
export async function importRules(ctx: Context, { text, apply }: { text: string; apply: boolean }): Promise<RulesChecked> {
  await demandCity(ctx, 'monitoring.rule')
  const { rules, faults } = readRules(text)
  for (const { code, body } of rules) faults.push(...(await ruleFaults(ctx, body)).map((fault) => faultOf(code, fault)))
  if (apply && faults.length > 0) {
    throw rulesUnsound({ count: faults.length }, { faults: faults.slice(0, FAULTS_NAMED).map(({ rule, at, reason }) => ({ at: `${rule}:${at}`, reason })) })
  }
  const standing = new Map((await standingRules(ctx)).map((rule): [string, RuleBody] => [rule.code, rule]))
  const found = rules.map(({ code, body }) => {
    const before = standing.get(code)
    const fields = before ? differences(before, body) : []
    return { code, body, fields, what: !before ? ('new' as const) : fields.length > 0 ? ('changed' as const) : ('same' as const) }
  })
  if (apply) await setRules(ctx, found.filter(({ what }) => what !== 'same'))
  return {
    rules: found.map(({ code, body: { zh, en }, what, fields }) => ({ code, zh, en, what, fields })),
    faults: faults.slice(0, FAULTS_NAMED),
    more: Math.max(0, faults.length - FAULTS_NAMED),
    applied: apply,
  }
}
