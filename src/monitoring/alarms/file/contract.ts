// Rules as one file, out and back.

import { endpoint, Type, type Static } from '../../../kernel/contract.ts'
import { TRADE_CODES } from '../../trades.ts'

const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })

export const RuleFault = Type.Object({
  /** The code of the rule; its place in the file where it has none; '' for the file itself. */
  rule: Type.String(),
  field: WordsBody,
  /** Where in the rule, such as `levels.2`. */
  at: Type.String(),
  reason: WordsBody,
  /** What to do about it. */
  remedy: WordsBody,
})
export type RuleFault = Static<typeof RuleFault>

export const RULE_CHANGES = ['new', 'changed', 'same'] as const

export const RulesChecked = Type.Object({
  rules: Type.Array(
    Type.Object({
      code: Type.String(),
      ...WordsBody.properties,
      what: Type.Enum([...RULE_CHANGES]),
      /** What differs from the rule that holds. */
      fields: Type.Array(WordsBody),
    }),
  ),
  /** Products of a pack that the city does not have yet. */
  products: Type.Array(Type.Object({ code: Type.String(), ...WordsBody.properties })),
  faults: Type.Array(RuleFault),
  /** Faults beyond those that are named. */
  more: Type.Integer(),
  applied: Type.Boolean(),
})
export type RulesChecked = Static<typeof RulesChecked>

export const getRulesFile = endpoint({
  method: 'GET',
  path: '/api/alarm-rules/file',
  permit: 'monitoring.read',
  gives: 'raw',
  summary: { zh: '导出告警规则（JSON，可再导入；或 Excel 一览；可按行业成包）', en: 'Rules as a JSON file that can be taken back, or as an Excel sheet to read; of one trade as a pack with its products' },
  query: Type.Object({
    format: Type.Optional(Type.Enum(['json', 'xlsx'], { default: 'json' })),
    trade: Type.Optional(Type.Enum([...TRADE_CODES], { description: 'As a pack: its products, and its rules that name no devices' })),
  }),
})

export const postRulesFile = endpoint({
  method: 'POST',
  path: '/api/alarm-rules/file',
  permit: 'monitoring.rule',
  mostBytes: 8 * 1024 * 1024,
  summary: { zh: '导入告警规则：先整体检查，无误才写入', en: 'Import rules: checked whole before any is written' },
  body: Type.Object({
    /** The text of a file as it is exported. */
    text: Type.String({ maxLength: 4_000_000 }),
    /** False: only say what would change. */
    apply: Type.Boolean(),
  }),
  reply: RulesChecked,
})
