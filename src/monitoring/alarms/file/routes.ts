import { answer, serve } from '../../../kernel/index.ts'
import { getRulesFile, postRulesFile } from './contract.ts'
import { exportRules } from './export-rules.ts'
import { importRules } from './import-rules.ts'

export const ruleFileRoutes = [
  serve(getRulesFile, (ctx, { query, language }) => exportRules(ctx, query, language)),
  answer(postRulesFile, (ctx, { body }) => importRules(ctx, body)),
]
