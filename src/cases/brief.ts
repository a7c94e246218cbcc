// A case as lists show it: its row, with the words beside the codes.

import { regionName } from '../atlas/index.ts'
import type { Words } from '../kernel/contract.ts'
import type { Context } from '../kernel/index.ts'
import { categoryParts, dictionary, findCategory, findUnit } from '../registry/index.ts'
import type { CaseBrief } from './contract.ts'
import type { Flow } from './flow.ts'
import { flowOf } from './flows.ts'
import { placeOf } from './place.ts'
import type { CaseRow } from './tables.ts'
import { wordsFor } from './words-for.ts'

export const same = (text: string): Words => ({ zh: text, en: text })

export const presentBriefs = (ctx: Context, rows: readonly CaseRow[]): Promise<CaseBrief[]> =>
  Promise.all(rows.map((row) => presentBrief(ctx, row)))

export async function presentBrief(ctx: Context, row: CaseRow): Promise<CaseBrief> {
  const flow = await flowOf(ctx, row)
  const read = wordsFor(ctx, row)
  return {
    number: row.number,
    district: row.district,
    version: row.ordinal,
    state: row.state,
    stateWords: stateWords(flow, row.state),
    stage: row.stage,
    outcome: row.outcome,
    lamp: row.lamp,
    clock: clockOf(flow, row),
    source: row.source,
    sourceWords: await sourceWords(ctx, row.source),
    category: await categoryBrief(ctx, row.category),
    description: read(row.description),
    address: row.address && read(row.address),
    position: row.lng === null || row.lat === null ? null : [row.lng, row.lat],
    region: { street: row.street, community: row.community, cell: row.cell, words: await regionName(ctx, row.street ?? placeOf(row).region) },
    componentCode: row.componentCode,
    photo: row.photo,
    unit: await unitBrief(ctx, row),
    collector: row.collectorId === null ? null : { id: row.collectorId, name: row.collectorName! },
    reportedAt: row.reportedAt.toISOString(),
    disposeDueAt: row.disposeDueAt?.toISOString() ?? null,
    disposedAt: row.disposedAt?.toISOString() ?? null,
    disposedLate: row.disposedLate,
    endedAt: row.endedAt?.toISOString() ?? null,
    returns: row.returns,
    reworks: row.reworks,
    extensions: row.extensions,
    suspensions: row.suspensions,
    shirks: row.shirks,
    urges: row.urges,
    orders: row.orders,
    mediaOrders: row.mediaOrders,
    reopens: row.reopens,
    asked: row.asked.map((kind) => ({ kind, words: flow.procedures[kind]?.words ?? same(kind) })),
    excused: row.excused,
    helpers: row.helpers.length,
    innerDueAt: row.innerDueAt?.toISOString() ?? null,
    suspendedUntil: row.suspendedUntil?.toISOString() ?? null,
    mergedInto: row.mergedInto,
    reports: row.reports,
    rating: row.rating,
  }
}

export const stateWords = (flow: Flow, state: string): Words => flow.states[state]?.words ?? same(state)

function clockOf(flow: Flow, row: CaseRow): CaseBrief['clock'] {
  if (!row.clock || !row.clockFrom || !row.dueAt || !row.yellowAt) return null
  return {
    name: row.clock,
    words: flow.clocks[row.clock]?.words ?? same(row.clock),
    from: row.clockFrom.toISOString(),
    dueAt: row.dueAt.toISOString(),
    yellowAt: row.yellowAt.toISOString(),
    amount: row.clockAmount,
    unit: row.clockUnit,
  }
}

async function sourceWords(ctx: Context, source: string): Promise<Words> {
  return (await dictionary(ctx, 'source')).find(({ code }) => code === source)?.name ?? same(source)
}

export async function categoryBrief(ctx: Context, id: string): Promise<CaseBrief['category']> {
  const parts = categoryParts(id)
  const category = await findCategory(ctx, id)
  return { id, kind: parts?.kind ?? 'matter', code: parts?.code ?? id, words: category?.name ?? same(id) }
}

async function unitBrief(ctx: Context, row: CaseRow): Promise<CaseBrief['unit']> {
  if (row.unitCode === null) return null
  const unit = await findUnit(ctx, row.unitCode)
  return { code: row.unitCode, path: row.unitPath!, name: unit?.name ?? same(row.unitName ?? row.unitCode) }
}
