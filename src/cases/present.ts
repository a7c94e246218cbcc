// Proceedings and parts as pages show them: with the words beside the codes.

import { holds, type Context } from '../kernel/index.ts'
import { dictionary, findUnit, findUnits, type DictionaryName } from '../registry/index.ts'
import { same } from './brief.ts'
import type { Part, Proceeding } from './contract.ts'
import type { Flow } from './flow.ts'
import { actStep, OPEN, reasonsOfStep } from './procedure.ts'
import type { PartRow, ProceedingRow } from './tables.ts'

type UnitBody = NonNullable<Proceeding['unit']>

async function unitBody(ctx: Context, code: string, path: string, name: string): Promise<UnitBody> {
  return { code, path, name: (await findUnit(ctx, code))?.name ?? same(name) }
}

/** The code of a unit is the last part of its path. */
export const codeOfPath = (path: string): string => path.split('/').findLast((part) => part !== '') ?? ''

async function unitAt(ctx: Context, path: string): Promise<UnitBody> {
  const found = (await findUnits(ctx)).find((unit) => unit.path === path)
  return { code: found?.code ?? codeOfPath(path), path, name: found?.name ?? same(codeOfPath(path)) }
}

export const presentProceedings = (ctx: Context, flow: Flow, rows: readonly ProceedingRow[]): Promise<Proceeding[]> =>
  Promise.all(rows.map((row) => presentProceeding(ctx, flow, row)))

const LAPSED = { zh: '已自动终止', en: 'Lapsed' }

export async function presentProceeding(ctx: Context, flow: Flow, row: ProceedingRow): Promise<Proceeding> {
  const procedure = flow.procedures[row.kind]
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    words: procedure?.words ?? same(row.kind),
    ordinal: row.ordinal,
    state: row.state,
    stateWords: row.state === 'lapsed' ? LAPSED : (procedure?.states[row.state]?.words ?? same(row.state)),
    result: row.result,
    unit: row.unitCode === null ? null : await unitBody(ctx, row.unitCode, row.unitPath!, row.unitName!),
    participants: await Promise.all(row.participants.map((path) => unitAt(ctx, path))),
    openedAt: row.openedAt.toISOString(),
    openedBy: row.openedByName,
    reason: row.reason === null ? null : { code: row.reason, words: await reasonOf(ctx, flow, row) },
    note: row.note,
    untilAt: row.untilAt?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    late: row.dueAt !== null && (row.endedAt ?? ctx.now) > row.dueAt,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedByName,
    endNote: row.endNote,
    cost: row.cost,
    outside: row.outside,
  }
}

async function reasonOf(ctx: Context, flow: Flow, { kind, reason }: ProceedingRow) {
  const name = reasonsOfStep(flow, actStep(kind, OPEN))
  const known = name === undefined ? [] : await dictionary(ctx, name as DictionaryName)
  return known.find(({ code }) => code === reason)?.name ?? same(reason!)
}

export const presentParts = (ctx: Context, rows: readonly PartRow[]): Promise<Part[]> => Promise.all(rows.map((row) => presentPart(ctx, row)))

async function presentPart(ctx: Context, row: PartRow): Promise<Part> {
  return {
    id: row.id,
    number: row.number,
    role: row.role,
    unit: await unitBody(ctx, row.unitCode, row.unitPath, row.unitName),
    from: row.fromPath === '' ? null : await unitAt(ctx, row.fromPath),
    task: row.task,
    givenAt: row.givenAt.toISOString(),
    givenBy: row.givenByName,
    dueAt: row.dueAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    result: row.result,
    late: row.late ?? (row.dueAt !== null && ctx.now > row.dueAt),
    note: row.note,
    files: row.files,
    mine: row.role === 'assist' && row.endedAt === null && holds(ctx, 'case.dispose', { unit: row.unitPath }),
  }
}
