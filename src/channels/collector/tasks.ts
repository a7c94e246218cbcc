import { answerTask, findTask, historyOf, myTasks, wordsFor, type HistoryEntry, type TaskWithCase } from '../../cases/index.ts'
import { keepFile, type Context, type Position, type StoredFile } from '../../kernel/index.ts'
import { findCategory, findCondition } from '../../registry/index.ts'
import type { Task, TaskLine } from './contract.ts'
import { byTimeLeft } from './order.ts'
import { photoNeeded, photosOnly, taskUnknown } from './problems.ts'
import { noteAct } from './store.ts'

/** A guessed category says less than what was reported, until somebody has looked at it. */
export async function titleOf(ctx: Context, row: TaskWithCase['row']): Promise<string> {
  const settled = row.acceptedAt !== null || row.attributes['guessed'] !== true
  const name = settled ? (await findCategory(ctx, row.category))?.name.zh : undefined
  return name ?? wordsFor(ctx, row)(row.description).split('\n')[0]!.slice(0, 30)
}

async function lineOf(ctx: Context, { task, row }: TaskWithCase): Promise<TaskLine> {
  const open = task.endedAt === null
  return {
    id: task.id,
    district: task.district,
    kind: task.kind,
    number: task.number,
    title: await titleOf(ctx, row),
    address: wordsFor(ctx, row)(row.address ?? ''),
    position: [row.lng ?? 0, row.lat ?? 0],
    lamp: open ? row.lamp : 'grey',
    clockFrom: (open ? row.clockFrom : task.givenAt)?.toISOString() ?? null,
    dueAt: (open ? row.dueAt : task.dueAt)?.toISOString() ?? null,
    yellowAt: open ? (row.yellowAt?.toISOString() ?? null) : null,
    givenAt: task.givenAt.toISOString(),
  }
}

export async function listMyTasks(ctx: Context): Promise<TaskLine[]> {
  const lines = await Promise.all((await myTasks(ctx)).map((each) => lineOf(ctx, each)))
  return lines.toSorted(byTimeLeft)
}

const BEFORE = new Set(['report', 'verified'])
const AFTER = new Set(['dispose', 'self-dispose'])

const photosOf = (history: readonly HistoryEntry[]) =>
  history.flatMap(({ at, files }) =>
    files.filter(({ type }) => type.startsWith('image/')).map(({ sha256, takenAt }) => ({ sha256, at: takenAt ?? at })),
  )

export async function showTask(ctx: Context, id: string, district: string): Promise<Task> {
  const found = await findTask(ctx, id, district)
  if (!found) throw taskUnknown()
  const { task, row } = found
  const history = await historyOf(ctx, row)
  const category = await findCategory(ctx, row.category)
  const condition = row.conditionId ? await findCondition(ctx, row.conditionId) : undefined
  const words = wordsFor(ctx, row)(row.description)
  const redone = history.findLastIndex(({ step }) => step === 'rework')
  return {
    ...(await lineOf(ctx, found)),
    words: words === (await titleOf(ctx, row)) ? null : words,
    category: category ? { id: category.id, name: category.name.zh } : null,
    component: row.componentCode,
    condition: condition?.condition.zh ?? null,
    closingCondition: condition?.closing.zh ?? null,
    note: history.findLast(({ step }) => step === (task.kind === 'check' ? 'dispose' : 'verify'))?.note ?? null,
    before: photosOf(history.filter(({ step }) => BEFORE.has(step))),
    after: photosOf(history.filter(({ step }, at) => AFTER.has(step) && at > redone)),
    answeredAt: task.endedAt?.toISOString() ?? null,
  }
}

export interface TaskAnswer {
  readonly district: string
  readonly passed: boolean
  readonly note?: string | undefined
  readonly position?: Position | undefined
}

/** Answers a task with what was seen on site; without a photo there is no answer. */
export async function answerMyTask(ctx: Context, id: string, { district, ...answer }: TaskAnswer, files: readonly StoredFile[]) {
  const found = await findTask(ctx, id, district)
  if (!found) throw taskUnknown()
  const photos = await keepPhotos(ctx, files)
  const row = await answerTask(ctx, { id, district }, { ...answer, files: photos })
  await noteAct(ctx, { district, kind: found.task.kind, number: row.number, passed: answer.passed })
  return { number: row.number, state: row.state }
}

/** Photos, and at least one; noted in this transaction, so that the step that needs them finds them. */
export async function keepPhotos(ctx: Context, files: readonly StoredFile[]): Promise<string[]> {
  if (files.length === 0) throw photoNeeded()
  if (files.some(({ type }) => !type.startsWith('image/'))) throw photosOnly()
  for (const file of files) await keepFile(ctx, file)
  return files.map(({ sha256 }) => sha256)
}
