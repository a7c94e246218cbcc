// Storms as people see and settle them.

import { locate, regionName } from '../../atlas/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { announce, cursorOf, holds, keyOf, record, type Context } from '../../kernel/index.ts'
import { findCategories } from '../../registry/index.ts'
import { stateWords } from '../brief.ts'
import { flowOf } from '../flows.ts'
import { placeOf } from '../place.ts'
import { districtsOf, sees } from '../scope.ts'
import type { CaseRow } from '../tables.ts'
import { wordsFor } from '../words-for.ts'
import type { Draft } from './candidates.ts'
import type { MergeReply, StormBrief, StormDetail, StormMember } from './contract.ts'
import { stormChanged } from './events.ts'
import { classCode, familyWords } from './kindred.ts'
import { caseKey } from '../number.ts'
import { mergeCases } from './merge.ts'
import { notOfStorm, stormEnded, stormUnknown } from './problems.ts'
import { readCases } from './store.ts'
import { fitsStorm, RULES, type Standing } from './storm.ts'
import { ownStorms, type StormState, type StormTable } from './tables.ts'
import { aspectWords, type Wording } from './wording.ts'

const PIECE_MINUTES = 5
const MEMBERS_SHOWN = 2000

/** Storms as the rule reads them, with how many reports each had in the hours before now. */
export async function standingOf(ctx: Context, rows: readonly StormTable[]): Promise<Map<StormTable, Standing>> {
  const counts = new Map<string, number>()
  for (const [district, some] of Map.groupBy(rows, (row) => row.district)) {
    const found = await ownStorms(ctx)
      .selectFrom('stormMember')
      .select(({ fn }) => ['storm', fn.countAll<number>().as('n')])
      .where('district', '=', district)
      .where('storm', 'in', some.map(({ id }) => id))
      .where('reportedAt', '>=', new Date(+ctx.now - RULES.hours * 3_600_000))
      .groupBy('storm')
      .execute()
    for (const { storm, n } of found) counts.set(storm, Number(n))
  }
  return new Map(rows.map((row) => [row, { ...row, centre: [row.lng, row.lat], recent: counts.get(row.id) ?? 0 }]))
}

/** Who sees and settles a storm: it spans units and classes, so those who are held to one of them do not. */
export const placeOfStorm = (district: string) => ({ region: district, unit: '', category: '' })

/** Open storms that a report belongs to: it is offered their node at once. */
export async function stormsFor(ctx: Context, draft: Draft, wording: Wording): Promise<StormBrief[]> {
  const found: StormTable[] = []
  for (const district of await seenDistricts(ctx)) {
    const rows = await ownStorms(ctx).selectFrom('storm').selectAll().where('district', '=', district).where('state', '=', 'open').execute()
    const standing = await standingOf(ctx, rows)
    const fitting = rows.filter((row) => fitsStorm(standing.get(row)!, { category: draft.category, at: draft.position, reportedAt: draft.reportedAt, wording, collector: null }))
    if (fitting.length > 0 && (await locate(ctx, draft.position))?.district === district) found.push(...fitting)
  }
  return presentStorms(ctx, found)
}

const seenDistricts = async (ctx: Context) => (await districtsOf(ctx)).filter((district) => holds(ctx, 'case.read', placeOfStorm(district)))

export async function listStorms(ctx: Context, asked: { state?: StormState | undefined; cursor?: string | undefined; limit?: number | undefined }) {
  const { state, cursor, limit = 50 } = asked
  const districts = await seenDistricts(ctx)
  if (districts.length === 0) return { items: [], next: null }
  let query = ownStorms(ctx).selectFrom('storm').selectAll().where('district', 'in', districts)
  if (state) query = query.where('state', '=', state)
  if (cursor) {
    const [openedAt, id] = keyOf(cursor, 'moment', 'uuid')
    query = query.where((is) => is(is.refTuple('openedAt', 'id'), '<', is.tuple(new Date(openedAt!), id!)))
  }
  const rows = await query.orderBy('openedAt', 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
  const last = rows.slice(0, limit).at(-1)
  return {
    items: await presentStorms(ctx, rows.slice(0, limit)),
    next: rows.length > limit && last ? cursorOf([last.openedAt.toISOString(), last.id]) : null,
  }
}

export interface StormKey {
  readonly district: string
  readonly storm: string
}

async function getStorm(ctx: Context, { district, storm }: StormKey, lock = false): Promise<StormTable> {
  const query = ownStorms(ctx).selectFrom('storm').selectAll().where('district', '=', district).where('id', '=', storm)
  const row = holds(ctx, 'case.read', placeOfStorm(district)) ? await (lock ? query.forUpdate() : query).executeTakeFirst() : undefined
  if (!row) throw stormUnknown()
  return row
}

const membersOf = (ctx: Context, { id, district }: StormTable) =>
  ownStorms(ctx)
    .selectFrom('stormMember')
    .select(['number', 'reportedAt'])
    .where('storm', '=', id)
    .where('district', '=', district)
    .orderBy('reportedAt', 'desc')
    .orderBy('number', 'desc')
    .limit(MEMBERS_SHOWN)
    .execute()

export async function stormDetail(ctx: Context, key: StormKey): Promise<StormDetail> {
  const row = await getStorm(ctx, key)
  const times = await membersOf(ctx, row)
  const cases = (await readCases(ctx, times.map(({ number }) => number))).filter((each) => sees(ctx, each))
  const members = await Promise.all(cases.toSorted((a, b) => +b.reportedAt - +a.reportedAt).map((each) => member(ctx, each)))
  const [brief] = await presentStorms(ctx, [row])
  return {
    storm: brief!,
    members,
    curve: curveOf(times.map(({ reportedAt }) => reportedAt)),
    pieceMinutes: PIECE_MINUTES,
    proposedRoot: row.root ?? furthest(cases)?.number ?? null,
  }
}

async function member(ctx: Context, row: CaseRow): Promise<StormMember> {
  const read = wordsFor(ctx, row)
  return {
    number: row.number,
    description: read(row.description),
    address: row.address && read(row.address),
    position: row.lng === null || row.lat === null ? null : [row.lng, row.lat],
    reportedAt: row.reportedAt.toISOString(),
    state: row.state,
    stateWords: stateWords(await flowOf(ctx, row), row.state),
    mergedInto: row.mergedInto,
    mayMerge: row.endedAt === null && holds(ctx, 'case.merge', placeOf(row)),
  }
}

/** The open member that has come furthest on its way; of several the one with the most reports, then the first. */
export const furthest = (cases: readonly CaseRow[]): CaseRow | undefined =>
  cases
    .filter(({ endedAt }) => endedAt === null)
    .toSorted((a, b) => b.stage - a.stage || b.reports - a.reports || +a.reportedAt - +b.reportedAt)[0]

function curveOf(times: readonly Date[]): StormDetail['curve'] {
  const piece = PIECE_MINUTES * 60_000
  const counts = new Map<number, number>()
  for (const at of times) counts.set(Math.floor(+at / piece), (counts.get(Math.floor(+at / piece)) ?? 0) + 1)
  if (counts.size === 0) return []
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())]
  const most = 24 * 12
  return Array.from({ length: Math.min(last - first + 1, most) }, (_, i) => ({
    from: new Date((first + i) * piece).toISOString(),
    reports: counts.get(first + i) ?? 0,
  }))
}

/** Merges members of a storm into one of them, which becomes its root. */
export async function mergeStorm(ctx: Context, key: StormKey, root: string, numbers: readonly string[], note?: string): Promise<MergeReply> {
  const row = await getStorm(ctx, key, true)
  if (row.state === 'dismissed') throw stormEnded()
  const members = new Set((await membersOf(ctx, row)).map(({ number }) => number))
  for (const number of [root, ...numbers]) if (!members.has(number)) throw notOfStorm({ number })
  const reply = await mergeCases(ctx, caseKey(root), numbers.filter((number) => number !== root), note)
  await ownStorms(ctx).updateTable('storm').set({ root: reply.root.number }).where('id', '=', row.id).where('district', '=', row.district).execute()
  tell(ctx, row)
  return reply
}

/** It was no storm: its reports are proposed together no more, and go on each by itself. */
export async function dismissStorm(ctx: Context, key: StormKey, note: string): Promise<StormBrief> {
  const row = await getStorm(ctx, key, true)
  if (row.state !== 'open') throw stormEnded()
  const after: StormTable = { ...row, state: 'dismissed', endedAt: ctx.now, endedBy: ctx.actor.name, note: note.trim() || null }
  await ownStorms(ctx)
    .updateTable('storm')
    .set({ state: after.state, endedAt: after.endedAt, endedBy: after.endedBy, note: after.note })
    .where('id', '=', row.id)
    .where('district', '=', row.district)
    .execute()
  record(ctx, 'case.storm-dismissed', row.id, row.district, { note: after.note })
  tell(ctx, after)
  const [brief] = await presentStorms(ctx, [after])
  return brief!
}

/** Live screens hear of it. */
export const tell = (ctx: Context, { id, district, state, reports }: Pick<StormTable, 'id' | 'district' | 'state' | 'reports'>): void =>
  announce(ctx, stormChanged, district, { storm: id, district, state, reports })

async function presentStorms(ctx: Context, rows: readonly StormTable[]): Promise<StormBrief[]> {
  return Promise.all(
    rows.map(async (row): Promise<StormBrief> => ({
      id: row.id,
      district: row.district,
      state: row.state,
      words: await wordsOf(ctx, row),
      region: await regionName(ctx, row.district),
      reports: row.reports,
      merged: await countMerged(ctx, row),
      centre: [row.lng, row.lat],
      metres: Math.round(row.metres),
      wide: row.wide,
      since: row.since.toISOString(),
      lastAt: row.lastAt.toISOString(),
      usual: Math.round(row.usual * 10) / 10,
      root: row.root,
    })),
  )
}

async function countMerged(ctx: Context, row: StormTable): Promise<number> {
  if (row.root === null) return 0
  const cases = await readCases(ctx, (await membersOf(ctx, row)).map(({ number }) => number))
  return cases.filter(({ mergedInto }) => mergedInto !== null).length
}

async function wordsOf(ctx: Context, { family, aspects }: StormTable): Promise<Words> {
  const named = familyWords(family) ?? (await findCategories(ctx)).find(({ id }) => classCode(id) === family)?.name ?? { zh: family, en: family }
  if (aspects.length === 0) return named
  const said = aspects.map(aspectWords)
  return { zh: `${named.zh}：${said.map(({ zh }) => zh).join('、')}`, en: `${named.en}: ${said.map(({ en }) => en).join(', ')}` }
}

/** How long a storm may be silent before it is over. */
export const SILENT_MS = 3 * RULES.hours * 3_600_000
