import type { Context } from '../../../kernel/index.ts'
import { FAULTS_NAMED } from '../../sheet/list-file.ts'
import { listProducts, putProduct } from '../../products.ts'
import { demandCity } from '../../scope.ts'
import { rulesUnsound } from '../problems.ts'
import { readRules as standingRules, ruleFaults, setRules } from '../rules.ts'
import type { RuleBody } from '../rule.ts'
import type { RulesChecked } from './contract.ts'
import { differences, faultOf, readRules } from './rule-file.ts'

/**
 * Checks a file of rules whole, says what it would change, and sets the next versions when it is sound and `apply` is asked. Rules that it does not name stay.
 * Products of a pack are made where the city has none of their code; those that it has stay as they are.
 */
export async function importRules(ctx: Context, { text, apply }: { text: string; apply: boolean }): Promise<RulesChecked> {
  await demandCity(ctx, 'monitoring.rule')
  const { products, rules, faults } = readRules(text)
  const known = new Set(products.length === 0 ? [] : (await listProducts(ctx)).items.map(({ code }) => code))
  const made = products.filter(({ code }) => !known.has(code))
  if (made.length > 0) await demandCity(ctx, 'monitoring.edit')
  const coming = new Map(made.map(({ code, body }) => [code, body.metrics]))
  for (const { code, body } of rules) faults.push(...(await ruleFaults(ctx, body, coming)).map((fault) => faultOf(code, fault)))
  if (apply && faults.length > 0) {
    throw rulesUnsound({ count: faults.length }, { faults: faults.slice(0, FAULTS_NAMED).map(({ rule, at, reason }) => ({ at: `${rule}:${at}`, reason })) })
  }
  const standing = new Map((await standingRules(ctx)).map((rule): [string, RuleBody] => [rule.code, rule]))
  const found = rules.map(({ code, body }) => {
    const before = standing.get(code)
    const fields = before ? differences(before, body) : []
    return { code, body, fields, what: !before ? ('new' as const) : fields.length > 0 ? ('changed' as const) : ('same' as const) }
  })
  if (apply) for (const { code, body } of made) await putProduct(ctx, code, body)
  if (apply) await setRules(ctx, found.filter(({ what }) => what !== 'same'))
  return {
    rules: found.map(({ code, body: { zh, en }, what, fields }) => ({ code, zh, en, what, fields })),
    products: made.map(({ code, body: { zh, en } }) => ({ code, zh, en })),
    faults: faults.slice(0, FAULTS_NAMED),
    more: Math.max(0, faults.length - FAULTS_NAMED),
    applied: apply,
  }
}
