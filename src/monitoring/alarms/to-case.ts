// 告警转案件: from its level on an alarm becomes a case with an owner and a deadline, and each hears of the other's end.

import { Readable } from 'node:stream'
import { caseStepped, findCase, noteCase, openSteps, reportCase, takeStep, type CaseStepped } from '../../cases/index.ts'
import { on, Problem, type Context, type Job } from '../../kernel/index.ts'
import { filesOf } from '../../kernel/files/index.ts'
import { sayUnit } from '../units.ts'
import { stateOf } from './alarms.ts'
import { drawTrend } from './draw-trend.ts'
import { ALARM_CASE, note } from './ring.ts'
import { isOfVehicles, LEVELS, metricOf, type Rule } from './rule.ts'
import { getRule } from './rules.ts'
import { subjects, type Subject } from './subject.ts'
import { ownAlarms, type AlarmTable } from './tables.ts'

/** Whatever stands between an alarm and its case is done in one turn; a turn that fails is tried again. */
export const alarmCase: Job = {
  name: ALARM_CASE,
  async run(ctx, { id, district }: { id: string; district: string }) {
    const row = await ownAlarms(ctx).selectFrom('alarm').selectAll().where('id', '=', id).where('district', '=', district).forUpdate().executeTakeFirst()
    if (!row) return
    if (row.caseNumber !== null) return tellCase(ctx, row, row.caseNumber)
    const rule = await getRule(ctx, row.rule, row.version)
    const device = (await subjects(ctx))(row)
    if (!rule.case || !device || row.peak < rule.case.level || row.parent !== null || stateOf(row, ctx.now) === 'shelved') return
    await makeCase(ctx, row, rule, device)
  },
}

async function makeCase(ctx: Context, row: AlarmTable, rule: Rule, device: Subject): Promise<void> {
  const { category, condition, unit } = rule.case!
  if (!device.position) return refuse(ctx, row, '没有位置 / it has no position')
  let made: { number: string; district: string }
  try {
    const picture = device.device && (await drawTrend(ctx, rule, device.device, row))
    const { number, district } = await reportCase(ctx, {
      source: 'sensor',
      category,
      description: describe(row, rule, device),
      position: device.position,
      key: row.id,
      system: 'monitoring.alarm',
      attributes: { alarm: row.id, [row.about]: row.device, rule: row.rule },
      ...(picture && { files: [await keep(ctx, picture)] }),
    })
    const after = { ...row, caseNumber: number, steps: row.steps + 1 }
    await ownAlarms(ctx).updateTable('alarm').set({ caseNumber: number, steps: after.steps }).where('id', '=', row.id).where('district', '=', row.district).execute()
    await note(ctx, [after], 'case-made', number)
    made = { number, district }
  } catch (error) {
    // Such as a device that stands outside of the city.
    const problem = refusalOf(error)
    return refuse(ctx, row, `${problem.words.zh} / ${problem.words.en}`)
  }
  try {
    await sendOn(ctx, made, unit ?? device.ownerUnit, condition)
  } catch (error) {
    // Such as a unit that is no more: the case stands where it has come to, and people take it on.
    refusalOf(error)
  }
  if (row.clearedAt !== null) await tellCase(ctx, row, made.number)
}

/** What the rules of the house refuse. What the database says is another matter, and tried again. */
export function refusalOf(error: unknown): Problem {
  if (error instanceof Problem && error.status < 500) return error
  throw error
}

async function refuse(ctx: Context, row: AlarmTable, why: string): Promise<void> {
  const after = { ...row, steps: row.steps + 1 }
  await ownAlarms(ctx).updateTable('alarm').set({ steps: after.steps }).where('id', '=', row.id).where('district', '=', row.district).execute()
  await note(ctx, [after], 'case-refused', why)
}

async function keep(ctx: Context, picture: Buffer): Promise<string> {
  const store = await ctx.caches.get(ctx, filesOf)
  return (await store.put(Readable.from([picture]), { name: 'trend.png' })).sha256
}

const sayValue = (value: number, precision: number): string => String(Number(value.toFixed(precision)))

function describe(row: AlarmTable, rule: Rule, subject: Subject): string {
  const level = LEVELS[row.peak - 1]!.words.zh
  const { measure } = rule
  const metric = subject.device?.metrics.get(metricOf(measure) ?? '')
  const unit = measure.kind === 'speed' ? sayUnit('km/h', 'zh') : measure.kind === 'absence' || isOfVehicles(measure) ? '秒' : measure.kind === 'count' ? '次' : sayUnit(metric?.unit ?? '', 'zh')
  const limit = rule.bands.length === 0 ? rule.levels[row.peak - 1] : null
  const said = `${sayValue(row.worst, metric?.precision ?? 2)} ${unit}`.trim()
  const named = `${row.about === 'vehicle' ? '车辆' : '设备'} ${subject.code}`
  return `【${level}告警】${subject.name}：${rule.zh}，${metric ? `${metric.zh} ` : ''}${said}${limit === null || limit === undefined ? '' : `，限值 ${limit} ${unit}`.trimEnd()}（${named}）`
}

/** Through acceptance and filing to the unit that must act, on the filing condition that is `wanted` or the first: what a sensor has measured needs no one to verify it. What cannot be taken is left to people. */
export async function sendOn(ctx: Context, key: { number: string; district: string }, unit: string | null, wanted: string | null = null): Promise<void> {
  for (const step of ['accept', 'establish', 'dispatch']) {
    const row = await findCase(ctx, key)
    const open = row && (await openSteps(ctx, row)).find((each) => each.step === step)
    if (!open) continue
    const condition = (open.conditions?.find(({ id }) => id === wanted) ?? open.conditions?.[0])?.id
    if (open.needs.includes('condition') && condition === undefined) return
    const to = step === 'dispatch' ? (unit ?? open.units?.[0]?.unitCode) : undefined
    if (open.needs.includes('unit') && to === undefined) return
    await takeStep(ctx, key, { step, ...(open.needs.includes('condition') && { condition }), ...(to !== undefined && { unit: to }) })
  }
}

/** The case hears how its alarm goes on. */
async function tellCase(ctx: Context, row: AlarmTable, number: string): Promise<void> {
  const back = row.clearedAt === null
  await noteCase(ctx, { number, district: row.district }, 'alarm-told', back ? `告警未解除，现为${LEVELS[row.level - 1]!.words.zh}` : `告警已自动解除，最高 ${LEVELS[row.peak - 1]!.words.zh}`)
}

/** The alarm hears that its case is over. */
export const caseEnds = on(caseStepped, 'monitoring.case-ends', async (ctx, { number, district, changes, toState }: CaseStepped) => {
  if (!changes.endedAt) return
  const rows = await ownAlarms(ctx).selectFrom('alarm').selectAll().where('caseNumber', '=', number).where('district', '=', district).forUpdate().execute()
  for (const row of rows) {
    const after = { ...row, steps: row.steps + 1 }
    await ownAlarms(ctx).updateTable('alarm').set({ steps: after.steps }).where('id', '=', row.id).where('district', '=', district).execute()
    await note(ctx, [after], 'case-ended', `${number} ${toState}`)
  }
})
