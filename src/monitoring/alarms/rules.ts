// Rules by their codes; every version stays, and an alarm names the one that raised it.

import { announce, cache, record, type Context, type Fault } from '../../kernel/index.ts'
import { findCategories, findCondition, findUnits } from '../../registry/index.ts'
import { demandCity } from '../scope.ts'
import { own, type Metric } from '../tables.ts'
import { fleet } from '../vehicles/directory.ts'
import { rulesSet } from './events.ts'
import { unknownBlanks } from '../cap/words.ts'
import { compileFormula, FormulaFaulty } from './formula.ts'
import { ruleFaulty, ruleUnknown } from './problems.ts'
import { endAlarmsOf } from './end.ts'
import { isOfVehicles, type Rule, type RuleBody, type VehicleMeasure } from './rule.ts'
import { ownAlarms } from './tables.ts'

const rules = cache<readonly Rule[]>({
  name: 'monitoring.rules',
  until: [rulesSet],
  build: (ctx) => readRules(ctx),
})

/** All rules as they hold now, by code. */
export const findRules = (ctx: Context): Promise<readonly Rule[]> => ctx.caches.get(ctx, rules)

export async function readRules(ctx: Context): Promise<Rule[]> {
  const rows = await ownAlarms(ctx).selectFrom('alarmRule').selectAll().where('endedAt', 'is', null).orderBy('code').execute()
  return rows.map(({ code, version, body }) => ({ ...body, code, version }))
}

export async function getRule(ctx: Context, code: string, version?: number): Promise<Rule> {
  const row = await ownAlarms(ctx)
    .selectFrom('alarmRule')
    .selectAll()
    .where('code', '=', code)
    .where((where) => (version === undefined ? where('endedAt', 'is', null) : where('version', '=', version)))
    .executeTakeFirst()
  if (!row) throw ruleUnknown({ code })
  return { ...row.body, code, version: row.version }
}

/** Sets a rule: its next version holds from now on. What rings by it goes on under the new levels; without it everything of it ends. */
export async function putRule(ctx: Context, code: string, body: RuleBody): Promise<Rule> {
  await demandCity(ctx, 'monitoring.rule')
  const faults = await ruleFaults(ctx, body)
  if (faults.length > 0) throw ruleFaulty(undefined, { faults })
  const [rule] = await setRules(ctx, [{ code, body }])
  return rule!
}

/** The next versions of rules that were found sound. */
export async function setRules(ctx: Context, rules: readonly { readonly code: string; readonly body: RuleBody }[]): Promise<Rule[]> {
  const set: Rule[] = []
  for (const { code, body } of rules) set.push(await setRule(ctx, code, body))
  if (set.length > 0) announce(ctx, rulesSet, '', { codes: set.map(({ code }) => code) })
  return set
}

async function setRule(ctx: Context, code: string, body: RuleBody): Promise<Rule> {
  const before = await ownAlarms(ctx)
    .selectFrom('alarmRule')
    .select('version')
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .forUpdate()
    .executeTakeFirst()
  const version = (before?.version ?? 0) + 1
  await ownAlarms(ctx).updateTable('alarmRule').set({ endedAt: ctx.now }).where('code', '=', code).where('endedAt', 'is', null).execute()
  await ownAlarms(ctx)
    .insertInto('alarmRule')
    .values({ code, version, body: JSON.stringify(body) as never, changedAt: ctx.now, changedBy: ctx.actor.id, endedAt: null })
    .execute()
  if (!body.active) await endAlarmsOf(ctx, code)
  record(ctx, before ? 'monitoring.rule-changed' : 'monitoring.rule-made', code, '', { version, ...body })
  return { ...body, code, version }
}

/** `coming`: products that are made together with it. */
export async function ruleFaults(ctx: Context, body: RuleBody, coming: ReadonlyMap<string, readonly Pick<Metric, 'code'>[]> = new Map()): Promise<Fault[]> {
  const faults: Fault[] = []
  const say = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  const standing = (await own(ctx).selectFrom('product').select(['code', 'metrics']).execute()).map(({ code, metrics }) => [code, metrics] as const)
  const products = new Map<string, readonly Pick<Metric, 'code'>[]>([...coming, ...standing])
  const knows = (metrics: readonly Pick<Metric, 'code'>[] | undefined, metric: string) => metrics?.some(({ code }) => code === metric)
  const { measure } = body
  if (isOfVehicles(measure)) faults.push(...(await vehicleFaults(ctx, body, measure)))
  else if (body.product === null) say('product', '请选择产品', 'choose a product')
  else if (!products.has(body.product)) say('product', `没有产品 ${body.product}`, `there is no product ${body.product}`)
  else if (measure.kind !== 'formula' && !knows(products.get(body.product), measure.metric)) {
    say('measure.metric', `产品没有指标 ${measure.metric}`, `the product has no metric ${measure.metric}`)
  }
  const named = isOfVehicles(measure) ? [] : [...body.devices, ...(measure.kind === 'formula' ? measure.inputs.map(({ device }) => device) : [])]
  const devices = new Map(
    named.length === 0 ? [] : (await own(ctx).selectFrom('device').select(['code', 'product']).where('code', 'in', named).execute()).map(({ code, product }) => [code, product]),
  )
  for (const [i, code] of isOfVehicles(measure) ? [] : body.devices.entries()) {
    if (devices.get(code) !== body.product) say(`devices.${i}`, `没有这种产品的设备 ${code}`, `there is no device ${code} of this product`)
  }
  if (measure.kind === 'formula') {
    for (const [i, { device, metric }] of measure.inputs.entries()) {
      if (!knows(products.get(devices.get(device) ?? ''), metric)) say(`measure.inputs.${i}`, `没有设备 ${device} 的指标 ${metric}`, `there is no ${metric} of a device ${device}`)
    }
    if (devices.get(measure.inputs[0]!.device) !== body.product) say('measure.inputs.0', '第一个设备是告警的对象，应属于本产品', 'the first device is the one that alarms, and must be of the product')
    try {
      compileFormula(measure.expression, new Set(measure.inputs.map(({ name }) => name)))
    } catch (error) {
      if (!(error instanceof FormulaFaulty)) throw error
      say('measure.expression', error.zh, error.message)
    }
  }
  for (const [at, levels] of [['levels', body.levels] as const, ...body.bands.map((band, i) => [`bands.${i}.levels`, band.levels] as const)]) {
    const set = levels.filter((limit) => limit !== null)
    if (set.length === 0 && at === 'levels' && body.bands.length === 0) say(at, '至少设一个等级', 'set one level at least')
    const ordered = set.every((limit, i) => i === 0 || (body.side === 'above' ? limit > set[i - 1]! : limit < set[i - 1]!))
    if (!ordered) say(at, body.side === 'above' ? '等级越高，限值应越大' : '等级越高，限值应越小', body.side === 'above' ? 'a higher level needs a higher limit' : 'a higher level needs a lower limit')
  }
  if (measure.kind === 'absence' && body.side !== 'above') say('side', '数据缺失按“高于”判断', 'absence is measured as seconds above')
  if (body.public) {
    for (const name of ['headline', 'description', 'instruction'] as const) {
      const unknown = unknownBlanks(`${body.public[name].zh} ${body.public[name].en}`)
      if (unknown.length > 0) say(`public.${name}`, `不能填写 {${unknown[0]}}`, `nothing fills {${unknown[0]}}`)
    }
  }
  if (body.case) {
    const { category, condition = null, unit } = body.case
    if (!(await findCategories(ctx)).some(({ id }) => id === category)) say('case.category', `没有类别 ${category}`, `there is no category ${category}`)
    if (condition !== null && (await findCondition(ctx, condition))?.category !== category) {
      say('case.condition', `类别 ${category} 没有立案条件 ${condition}`, `the category ${category} has no filing condition ${condition}`)
    }
    if (unit !== null && !(await findUnits(ctx)).some(({ code }) => code === unit)) say('case.unit', `没有单位 ${unit}`, `there is no unit ${unit}`)
  }
  return faults
}

async function vehicleFaults(ctx: Context, { product, devices, side, levels, bands, public: told }: RuleBody, measure: VehicleMeasure): Promise<Fault[]> {
  const faults: Fault[] = []
  const say = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  if (product !== null) say('product', '车辆规则没有产品', 'a rule of vehicles has no product')
  const codes = new Set([...(await fleet(ctx)).values()].map(({ code }) => code))
  for (const [i, code] of devices.entries()) if (!codes.has(code)) say(`devices.${i}`, `没有车辆 ${code}`, `there is no vehicle ${code}`)
  if (told) say('public', '车辆的告警不向公众发布', 'alarms of vehicles are no matter of the public')
  if (measure.kind === 'speed') return faults
  if (side !== 'above') say('side', '围栏与久停按“高于”判断', 'fences and stops are measured as seconds above')
  for (const [at, limits] of [['levels', levels] as const, ...bands.map((band, i) => [`bands.${i}.levels`, band.levels] as const)]) {
    if (limits.some((limit) => limit !== null && limit < 1)) say(at, '限值为秒数，至少 1', 'the limits are seconds, 1 at least')
  }
  return faults
}
