// The timeline of a case: who, as what, when, from where, what, why, with photos.

import { findCondition, getCategory, workingCalendar } from '../registry/index.ts'
import type { Words } from '../kernel/contract.ts'
import { dictionary, type DictionaryName } from '../registry/index.ts'
import { distanceMetres, findFiles, roleWords, wallText, type Context, type StoredFile } from '../kernel/index.ts'
import type { HistoryEntry } from './contract.ts'
import type { Flow } from './flow.ts'
import { flowOf } from './flows.ts'
import type { FoldedRow } from './fold.ts'
import { limitRuns, rowsOf, type LimitRun } from './limits.ts'
import type { CaseKey } from './number.ts'
import { reasonsOfStep, wordsOfStep } from './procedure.ts'
import { readSteps } from './store.ts'
import type { CaseStepTable } from './tables.ts'
import { sayAmount } from './say.ts'
import { seesReporter, wordsFor } from './words-for.ts'

/** The whole history of a case, oldest step first. Whether the caller may see the case is for whoever asks. */
export async function historyOf(ctx: Context, key: CaseKey): Promise<HistoryEntry[]> {
  const steps = await readSteps(ctx, key)
  const rows = rowsOf(steps)
  const calendar = await workingCalendar(ctx)
  return steps.length === 0 ? [] : entriesOf(ctx, await flowOf(ctx, rows[0]!), steps, rows, limitRuns(steps, calendar, ctx.now))
}

export async function entriesOf(
  ctx: Context,
  flow: Flow,
  steps: readonly CaseStepTable[],
  rows: readonly FoldedRow[],
  runs: readonly LimitRun[],
): Promise<HistoryEntry[]> {
  const files = new Map((await findFiles(ctx, [...new Set(steps.flatMap((step) => step.files))])).map((file) => [file.sha256, file]))
  const { zone } = await workingCalendar(ctx)
  return Promise.all(
    steps.map(async (step, i): Promise<HistoryEntry> => {
      const row = rows[i]!
      const run = runs.find(({ stoppedBy }) => stoppedBy === step.ordinal)
      return {
        ordinal: step.ordinal,
        step: step.step,
        words: wordsOfStep(flow, step.step) ?? { zh: step.step, en: step.step },
        fromState: step.fromState,
        toState: step.toState,
        at: step.takenAt.toISOString(),
        who: step.actorName,
        by: step.actorId === 'system' ? 'system' : step.actorId === 'public' ? 'public' : 'person',
        post: step.post === null ? null : await roleWords(ctx, step.post),
        // From where a citizen wrote is a matter of the citizen's.
        from: step.actorId === 'public' && !seesReporter(ctx, row) ? null : step.address,
        position: step.lng === null || step.lat === null ? null : [step.lng, step.lat],
        note: step.note && wordsFor(ctx, row)(step.note),
        reason: step.reason === null ? null : { code: step.reason, words: await reasonWords(ctx, flow, step) },
        facts: await factsOf(ctx, flow, step, row, zone),
        files: step.files.flatMap((sha256) => fileOf(files.get(sha256), row)),
        stopped: run ? stoppedOf(flow, run) : null,
      }
    }),
  )
}

async function reasonWords(ctx: Context, flow: Flow, step: CaseStepTable): Promise<Words> {
  const own = { zh: step.reason!, en: step.reason! }
  const name = reasonsOfStep(flow, step.step)
  if (name === undefined) return own
  return (await dictionary(ctx, name as DictionaryName)).find(({ code }) => code === step.reason)?.name ?? own
}

function fileOf(file: StoredFile | undefined, row: FoldedRow): HistoryEntry['files'] {
  if (!file) return []
  const metres = file.position && row.lng !== null && row.lat !== null ? Math.round(distanceMetres([...file.position], [row.lng, row.lat]) * 10) / 10 : null
  return [{ sha256: file.sha256, name: file.name, type: file.type, takenAt: file.takenAt?.toISOString() ?? null, metres }]
}

const stoppedOf = (flow: Flow, { clock, usedMs, allowedMs, amount, unit, late }: LimitRun) => ({
  words: flow.clocks[clock]?.words ?? { zh: clock, en: clock },
  usedMs,
  allowedMs,
  amount,
  unit,
  late,
})

/** What a step decided, in sentences. */
async function factsOf(ctx: Context, flow: Flow, step: CaseStepTable, row: FoldedRow, zone: string): Promise<Words[]> {
  const facts: Words[] = []
  const { changes } = step
  if (step.ordinal > 1 && 'category' in changes) {
    const { name } = await getCategory(ctx, row.category)
    facts.push({ zh: `类别改为 ${name.zh}`, en: `Category changed to ${name.en}` })
  }
  if ('conditionId' in changes && row.conditionId) {
    const condition = await findCondition(ctx, row.conditionId)
    if (condition) facts.push({ zh: `符合“${condition.condition.zh}”`, en: `Meets “${condition.condition.en}”` })
  }
  if ('unitName' in changes && row.unitName) facts.push({ zh: `派至 ${row.unitName}`, en: `Sent to ${row.unitName}` })
  if ('collectorName' in changes && row.collectorName) facts.push({ zh: `派给采集员 ${row.collectorName}`, en: `Given to ${row.collectorName}` })
  if (('clockFrom' in changes || 'dueAt' in changes) && row.clock && row.dueAt) facts.push(limitFact(flow, row, zone))
  if (typeof changes.clockLeftMs === 'number') facts.push({ zh: '计时暂停', en: 'The clock stands still' })
  if (changes.suspendedUntil) facts.push({ zh: `至 ${wallText(row.suspendedUntil!, zone)}`, en: `Until ${wallText(row.suspendedUntil!, zone)}` })
  if (step.ordinal > 1 && typeof changes.reports === 'number') facts.push({ zh: `共 ${changes.reports} 件反映`, en: `${changes.reports} reports in all` })
  if (changes.mergedInto) facts.push({ zh: `并入 ${row.mergedInto}`, en: `Merged into ${row.mergedInto}` })
  return facts
}

function limitFact(flow: Flow, row: FoldedRow, zone: string): Words {
  const name = flow.clocks[row.clock!]?.words ?? { zh: row.clock!, en: row.clock! }
  const due = wallText(row.dueAt!, zone)
  const amount = sayAmount(row.clockAmount, row.clockUnit)
  return {
    zh: `${name.zh}时限${amount ? ` ${amount.zh}` : ''}，${due} 到期`,
    en: `${name.en} within ${amount ? `${amount.en}, ` : ''}due ${due}`,
  }
}
