// Rules, templates and settings in force: those that came with the program, as far as the city has not changed them, and its own.

import { announce, cache, demand, record, type Context } from '../kernel/index.ts'
import { currentFlow, wordsOfStep } from '../cases/index.ts'
import type { RuleBody, RuleShown, SettingsBody, TemplateBody, TemplateShown } from './contract.ts'
import { messagesArranged } from './events.ts'
import { quietFaulty, ruleFaulty, ruleUnknown, templateFaulty, templateInUse, templateUnknown } from './problems.ts'
import type { NamedRule } from './rule.ts'
import { SHIPPED_RULES } from './shipped-rules.ts'
import { SHIPPED_TEMPLATES, type NamedTemplate } from './shipped-templates.ts'
import { own } from './tables.ts'
import { templateFaults } from './template.ts'

export const USUAL_SETTINGS: SettingsBody = {
  language: 'zh',
  quiet: { from: '22:00', to: '07:00' },
  digestAt: ['08:30', '17:30'],
  tries: 8,
  keepDays: 365,
}

export interface Book {
  readonly rules: readonly NamedRule[]
  readonly templates: ReadonlyMap<string, NamedTemplate>
  readonly settings: SettingsBody
  /** Codes of what is not as it came, or is the city's own. */
  readonly changed: { readonly rules: ReadonlySet<string>; readonly templates: ReadonlySet<string> }
}

const book = cache<Book>({
  name: 'messages.book',
  until: [messagesArranged],
  async build(ctx) {
    const db = own(ctx)
    const rules = await db.selectFrom('messageRule').select(['code', 'body']).orderBy('code').execute()
    const templates = await db.selectFrom('messageTemplate').select(['code', 'body']).orderBy('code').execute()
    const settings = await db.selectFrom('messageSetting').select('body').where('name', '=', 'general').executeTakeFirst()
    const ofCity = new Map(rules.map(({ code, body }) => [code, { code, ...body } as NamedRule]))
    const texts = new Map([...SHIPPED_TEMPLATES, ...templates.map(({ code, body }) => ({ code, ...body }))].map((each) => [each.code, each]))
    const shipped = SHIPPED_RULES.map((rule) => ofCity.get(rule.code) ?? rule)
    const codes = new Set(SHIPPED_RULES.map(({ code }) => code))
    return {
      rules: [...shipped, ...[...ofCity.values()].filter(({ code }) => !codes.has(code))],
      templates: texts,
      settings: { ...USUAL_SETTINGS, ...(settings?.body as Partial<SettingsBody> | undefined) },
      changed: { rules: new Set(ofCity.keys()), templates: new Set(templates.map(({ code }) => code)) },
    }
  },
})

export const bookOf = (ctx: Context): Promise<Book> => ctx.caches.get(ctx, book)

/** What concerns the whole city is arranged by those who reach the whole of it. */
export const WHOLE = { region: '', unit: '', category: '' }
export const mayManage = (ctx: Context): void => demand(ctx, 'messages.manage', WHOLE)

function arranged(ctx: Context, what: string, subject: string, detail: unknown): void {
  record(ctx, `messages.${what}`, subject, '', detail)
  announce(ctx, messagesArranged, '', { what })
}

// ── Rules

const shippedRule = (code: string) => SHIPPED_RULES.find((rule) => rule.code === code)
const shippedTemplate = (code: string) => SHIPPED_TEMPLATES.find((each) => each.code === code)

const showRule = ({ changed }: Book, rule: NamedRule): RuleShown => ({
  ...(rule as unknown as RuleBody),
  code: rule.code,
  shipped: shippedRule(rule.code) !== undefined,
  changed: changed.rules.has(rule.code),
})

/** All rules, with what they may name. */
export async function listRules(ctx: Context) {
  mayManage(ctx)
  const known = await bookOf(ctx)
  const flow = await currentFlow(ctx)
  const acts = Object.entries(flow.procedures ?? {}).flatMap(([kind, procedure]) => [
    { code: `${kind}.open`, words: procedure.opens.words },
    ...Object.entries(procedure.acts).map(([act, { words }]) => ({
      code: `${kind}.${act}`,
      words: { zh: `${procedure.words.zh}：${words.zh}`, en: `${procedure.words.en}: ${words.en}` },
    })),
  ])
  const steps = [...Object.entries(flow.steps).map(([code, { words }]) => ({ code, words })), ...acts]
  // Steps of no one flow's own, such as those of an incident, that rules name.
  const others = new Set(known.rules.flatMap(({ on, about }) => (on === 'step' ? about : [])).filter((code) => !steps.some((step) => step.code === code)))
  return {
    items: known.rules.map((rule) => showRule(known, rule)),
    steps: [...steps, ...[...others].map((code) => ({ code, words: wordsOfStep(flow, code) ?? { zh: code, en: code } }))],
    clocks: Object.entries(flow.clocks).map(([code, { words }]) => ({ code, words })),
  }
}

export async function putRule(ctx: Context, code: string, body: RuleBody): Promise<RuleShown> {
  mayManage(ctx)
  const { templates } = await bookOf(ctx)
  const template = templates.get(body.template)
  const faults = []
  if (!template) faults.push({ at: 'template', reason: templateUnknown({ code: body.template }).words })
  else if ((template.reader === 'reporter') !== (body.audience === 'reporter')) {
    faults.push({ at: 'template', reason: { zh: '模板的读者与接收人不符', en: 'The template is not meant for these readers' } })
  }
  if (body.audience === 'reporter' && body.channels.some((channel) => channel !== 'sms' && channel !== 'email')) {
    faults.push({ at: 'channels', reason: { zh: '反映人只能用短信或邮件', en: 'Whoever reported is told by SMS or e-mail' } })
  }
  if (body.digest && body.urgent) faults.push({ at: 'digest', reason: { zh: '紧急消息不能汇总', en: 'What is urgent is not gathered' } })
  if (faults.length > 0) throw ruleFaulty(undefined, { faults })

  const row = { code, body, changedAt: ctx.now, changedBy: ctx.actor.id }
  await own(ctx).insertInto('messageRule').values(row).onConflict((clash) => clash.column('code').doUpdateSet(row)).execute()
  arranged(ctx, 'rule-set', code, body)
  return showRule(await bookOf(ctx), { code, ...body } as NamedRule)
}

export async function dropRule(ctx: Context, code: string): Promise<{ done: number }> {
  mayManage(ctx)
  const gone = await own(ctx).deleteFrom('messageRule').where('code', '=', code).returning('code').executeTakeFirst()
  if (!gone && !shippedRule(code)) throw ruleUnknown({ code })
  if (gone) arranged(ctx, 'rule-dropped', code, {})
  return { done: gone ? 1 : 0 }
}

// ── Templates

const showTemplate = ({ rules, changed }: Book, { code, ...body }: NamedTemplate): TemplateShown => ({
  code,
  ...body,
  shipped: shippedTemplate(code) !== undefined,
  changed: changed.templates.has(code),
  usedBy: rules.filter((rule) => rule.template === code).map((rule) => rule.code),
})

export async function listTemplates(ctx: Context): Promise<{ items: TemplateShown[] }> {
  mayManage(ctx)
  const known = await bookOf(ctx)
  return { items: [...known.templates.values()].map((each) => showTemplate(known, each)) }
}

/** A text that names a fact which there is not, or which its readers may not know, is refused with the place of it. */
export function demandSound(body: TemplateBody): void {
  const faults = templateFaults(body, body.reader)
  if (faults.length > 0) throw templateFaulty(undefined, { faults })
}

export async function putTemplate(ctx: Context, code: string, body: TemplateBody): Promise<TemplateShown> {
  mayManage(ctx)
  demandSound(body)
  const { rules } = await bookOf(ctx)
  const other = rules.find((rule) => rule.template === code && (rule.audience === 'reporter') !== (body.reader === 'reporter'))
  if (other) throw templateInUse({ rule: other.name.zh })

  const row = { code, body, changedAt: ctx.now, changedBy: ctx.actor.id }
  await own(ctx).insertInto('messageTemplate').values(row).onConflict((clash) => clash.column('code').doUpdateSet(row)).execute()
  arranged(ctx, 'template-set', code, body)
  return showTemplate(await bookOf(ctx), { code, ...body })
}

export async function dropTemplate(ctx: Context, code: string): Promise<{ done: number }> {
  mayManage(ctx)
  const { rules } = await bookOf(ctx)
  const user = rules.find((rule) => rule.template === code)
  if (user && !shippedTemplate(code)) throw templateInUse({ rule: user.name.zh })
  const gone = await own(ctx).deleteFrom('messageTemplate').where('code', '=', code).returning('code').executeTakeFirst()
  if (!gone && !shippedTemplate(code)) throw templateUnknown({ code })
  if (gone) arranged(ctx, 'template-dropped', code, {})
  return { done: gone ? 1 : 0 }
}

// ── Settings

export async function readSettings(ctx: Context): Promise<SettingsBody> {
  mayManage(ctx)
  return (await bookOf(ctx)).settings
}

export async function putSettings(ctx: Context, body: SettingsBody): Promise<SettingsBody> {
  mayManage(ctx)
  if (new Set(body.digestAt).size !== body.digestAt.length) throw quietFaulty()
  const row = { name: 'general', body, changedAt: ctx.now, changedBy: ctx.actor.id }
  await own(ctx).insertInto('messageSetting').values(row).onConflict((clash) => clash.column('name').doUpdateSet(row)).execute()
  arranged(ctx, 'settings-set', 'general', body)
  return body
}
