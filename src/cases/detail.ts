// Everything that the page of a case shows, in one reply.

import { sql } from 'kysely'
import { findComponent } from '../atlas/index.ts'
import type { Words } from '../kernel/contract.ts'
import type { Context } from '../kernel/index.ts'
import { categoryParts, findCondition, findUnit, workingCalendar } from '../registry/index.ts'
import { presentBrief } from './brief.ts'
import type { CaseDetail } from './contract.ts'
import { duplicatesOf } from './incident/candidates.ts'
import { flowOf } from './flows.ts'
import type { FoldedRow } from './fold.ts'
import { entriesOf } from './history.ts'
import { limitRuns, rowsOf, type LimitRun } from './limits.ts'
import { findCase } from './list.ts'
import { maskEmail, maskName, maskPhone } from './mask.ts'
import type { CaseKey } from './number.ts'
import { choiceOf, openActs, openSteps, proposalsFor } from './open-steps.ts'
import { partsOfCase } from './parts.ts'
import { presentParts, presentProceedings } from './present.ts'
import { proceedingsOf } from './proceedings.ts'
import { caseUnknown } from './problems.ts'
import { stagesOf, type StageNode } from './stages.ts'
import { readReporter, readSteps } from './store.ts'
import type { CaseRow } from './tables.ts'
import { attributesFor, seesReporter } from './words-for.ts'

export async function caseDetail(ctx: Context, key: CaseKey): Promise<CaseDetail> {
  const row = await findCase(ctx, key)
  if (!row) throw caseUnknown(key)
  const flow = await flowOf(ctx, row)
  const steps = await readSteps(ctx, key)
  const rows = rowsOf(steps)
  const runs = limitRuns(steps, await workingCalendar(ctx), ctx.now)
  const proposals = row.endedAt ? [] : await proposalsFor(ctx, row)
  const condition = row.conditionId === null ? undefined : await findCondition(ctx, row.conditionId)
  const unit = (await presentBrief(ctx, row)).unit
  const units = await unitNames(ctx, rows)
  const past = await proceedingsOf(ctx, key)
  return {
    brief: await presentBrief(ctx, row),
    stages: stagesOf(flow, steps, rows, runs, ctx.now).map((track) => track.map((node) => stageBody(node, units))),
    history: await entriesOf(ctx, flow, steps, rows, runs),
    limits: runs.map((run) => limitBody(run, flow.clocks[run.clock]?.words)),
    condition: condition ? choiceOf(condition, row.grade) : null,
    responsibility: { unit, proposals, rule: ruleOf(row), checker: checkerOf(row) },
    component: await componentOf(ctx, row),
    reporter: await reporterOf(ctx, row),
    duplicates: await duplicatesOf(ctx, row),
    attributes: attributesFor(ctx, row),
    proceedings: await presentProceedings(ctx, flow, past),
    parts: await presentParts(ctx, await partsOfCase(ctx, key)),
    openSteps: await openSteps(ctx, row, proposals),
    openActs: await openActs(ctx, row, past, proposals),
  }
}

/** Of all units that had the case: the name as the case keeps it, and the registry's words for it. */
async function unitNames(ctx: Context, rows: readonly FoldedRow[]): Promise<Map<string, Words>> {
  const kept = new Map(rows.flatMap(({ unitCode, unitName }) => (unitCode && unitName ? [[unitCode, unitName] as const] : [])))
  const names = new Map<string, Words>()
  for (const [code, name] of kept) {
    const unit = await findUnit(ctx, code)
    if (unit) names.set(name, unit.name)
  }
  return names
}

const stageBody = ({ startedAt, endedAt, ...node }: StageNode, units: ReadonlyMap<string, Words>) => ({
  ...node,
  unit: units.get(node.who ?? '') ?? null,
  startedAt: startedAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
})

const limitBody = ({ clock, from, to, dueAt, usedMs, allowedMs, amount, unit, late }: LimitRun, words: Words | undefined) => ({
  clock,
  words: words ?? { zh: clock, en: clock },
  from: from.toISOString(),
  to: to?.toISOString() ?? null,
  dueAt: dueAt.toISOString(),
  usedMs,
  allowedMs,
  amount,
  unit,
  late,
  running: to === null,
})

/** 部件先属主后属地，事项先属地后属主. */
const ruleOf = (row: CaseRow): Words =>
  categoryParts(row.category)?.kind === 'component' || row.componentCode !== null
    ? { zh: '部件 先属主后属地', en: 'Component: owner first, then locality' }
    : { zh: '事项 先属地后属主', en: 'Matter: locality first, then owner' }

function checkerOf(row: CaseRow) {
  if (row.state !== 'checking' || row.collectorName === null) return null
  const apart = row.collectorId !== row.reporterId
  return {
    name: row.collectorName,
    words: apart
      ? { zh: '未参与上报与处置，管评分离', en: 'Neither reported nor disposed of it' }
      : { zh: '未参与处置，管评分离', en: 'Did not dispose of it' },
  }
}

async function componentOf(ctx: Context, row: CaseRow): Promise<CaseDetail['component']> {
  if (row.componentCode === null) return null
  const found = await findComponent(ctx, row.componentCode)
  if (!found) return null
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n
      from (select 1 from case_search where district = ${row.district} and words @> array[${row.componentCode.toLowerCase()}]::text[] limit 1000) s`.execute(ctx.db)
  return {
    code: found.code,
    name: found.name,
    state: found.state,
    owner: await unitName(ctx, found.ownerUnit),
    maintainer: await unitName(ctx, found.maintainerUnit),
    position: found.position,
    cases: Math.max(0, (rows[0]?.n ?? 0) - 1),
  }
}

const unitName = async (ctx: Context, code: string | null) => (code === null ? null : ((await findUnit(ctx, code))?.name.zh ?? code))

async function reporterOf(ctx: Context, row: CaseRow): Promise<CaseDetail['reporter']> {
  const found = await readReporter(ctx, row)
  if (!found) return null
  const { name, phone, email, queryWord } = found
  if (seesReporter(ctx, row)) return { name, phone, email, queryWord, masked: false }
  return {
    name: name && maskName(name),
    phone: phone && maskPhone(phone),
    email: email && maskEmail(email),
    queryWord: null,
    masked: true,
  }
}
