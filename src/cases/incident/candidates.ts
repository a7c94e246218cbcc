// Which cases may tell of the same incident as a report, best first, with the reasons.

import { cache, distanceMetres, findPrints, holds, type Context, type Position } from '../../kernel/index.ts'
import { cityLoaded } from '../../atlas/index.ts'
import { getCategory, settingOf } from '../../registry/index.ts'
import { presentBrief, stateWords } from '../brief.ts'
import type { CaseDetail } from '../contract.ts'
import { flowOf } from '../flows.ts'
import type { CaseKey } from '../number.ts'
import { placeOf } from '../place.ts'
import { caseUnknown } from '../problems.ts'
import { sees } from '../scope.ts'
import { alikeHours, alikeMetres } from '../settings.ts'
import { readCase } from '../store.ts'
import type { CaseRow } from '../tables.ts'
import { wordsFor } from '../words-for.ts'
import type { Candidate, Candidates } from './contract.ts'
import { compare, PROPOSE_FROM, reasonsOf, scoreOf, scoreOfAll, SHOW_FROM, type Pair, type Told } from './likeness.ts'
import { casesAround, newestDescriptions, rootsOf } from './store.ts'
import { stormsFor } from './storms.ts'
import { rarityIn, wordingOf, type Rarity } from './wording.ts'

const MOST = 10
const LEARNT_FROM = 2000
const HOUR_MS = 3_600_000

/** Learnt once by each process from the newest reports: which words are rare changes slowly. */
const rarity = cache<Rarity>({
  name: 'cases.rarity',
  until: [cityLoaded],
  build: async (ctx) => rarityIn(await newestDescriptions(ctx, LEARNT_FROM)),
})

/** A report, be it stored or being written. */
export interface Draft {
  readonly number?: string | undefined
  readonly category: string
  readonly description: string
  readonly address: string | null
  readonly componentCode: string | null
  readonly position: Position
  readonly reportedAt: Date
  readonly files: readonly string[]
  readonly collector?: string | null
  readonly doneAt?: Date | null
}

/** A stored case as it is compared; undefined where its place is not known. */
export function draftOf(row: CaseRow): Draft | undefined {
  if (row.lng === null || row.lat === null) return undefined
  return {
    ...row,
    position: [row.lng, row.lat],
    files: row.photo === null ? [] : [row.photo],
    collector: collectorOf(row),
    doneAt: row.disposedAt ?? (row.mergedInto === null ? row.endedAt : null),
  }
}

const collectorOf = (row: CaseRow) => (row.source === 'collector' ? row.reporterId : null)

/** What a report is like: the root of each incident once, with the member that is most like it. */
export interface Likeness {
  readonly root: CaseRow
  readonly row: CaseRow
  readonly score: number
  readonly pair: Pair
  readonly told: Told
}

/** Everything near in place and time that is seen by the caller and has something in common with the report, best first. */
export async function likenessesOf(ctx: Context, draft: Draft): Promise<{ one: Told; found: Likeness[] }> {
  const reach = { metres: await settingOf(ctx, alikeMetres), hours: await settingOf(ctx, alikeHours) }
  const span = reach.hours * HOUR_MS
  const near = await casesAround(ctx, {
    at: draft.position,
    metres: reach.metres,
    from: new Date(+draft.reportedAt - span),
    to: new Date(+draft.reportedAt + span),
  })
  const rows = near.filter((row) => row.number !== draft.number && row.outcome !== 'void' && sees(ctx, row))
  const roots = await rootsOf(ctx, rows)
  const prints = draft.files.length === 0 ? new Map<string, string>() : await findPrints(ctx, [...draft.files, ...rows.flatMap(({ photo }) => photo ?? [])])
  const rare = await ctx.caches.get(ctx, rarity)
  const one = toldOf(draft, prints)

  const best = new Map<string, Likeness>()
  const scores = new Map<string, number[]>()
  for (const row of rows) {
    const root = roots.get(row)!
    if (root.number === draft.number || !sees(ctx, root)) continue
    const metres = distanceMetres(draft.position, [row.lng!, row.lat!])
    if (metres > reach.metres) continue
    const told = toldOf({ ...row, position: draft.position, files: row.photo === null ? [] : [row.photo], collector: collectorOf(row), doneAt: root.disposedAt ?? root.endedAt }, prints)
    const pair = compare(one, told, metres, rare, reach)
    const score = scoreOf(pair.features)
    scores.set(root.number, [...(scores.get(root.number) ?? []), score])
    if (score > (best.get(root.number)?.score ?? 0)) best.set(root.number, { root, row, score, pair, told })
  }
  const found = [...best.values()].map((each) => ({ ...each, score: scoreOfAll(scores.get(each.root.number)!) }))
  return { one, found: found.filter(({ score }) => score >= SHOW_FROM).sort((a, b) => b.score - a.score) }
}

const toldOf = (draft: Draft, prints: ReadonlyMap<string, string>): Told => ({
  category: draft.category,
  componentCode: draft.componentCode,
  reportedAt: draft.reportedAt,
  wording: wordingOf(draft.description, draft.address, draft.category),
  prints: draft.files.flatMap((sha256) => prints.get(sha256) ?? []),
  collector: draft.collector ?? null,
  doneAt: draft.doneAt ?? null,
})

/** The candidates of a report, and the storms that it belongs to. */
export async function findCandidates(ctx: Context, draft: Draft): Promise<Candidates> {
  const { one, found } = await likenessesOf(ctx, draft)
  const items = await Promise.all(found.slice(0, MOST).map((each) => present(ctx, one, each)))
  return { items, storms: await stormsFor(ctx, draft, one.wording) }
}

async function present(ctx: Context, one: Told, { root, row, score, pair, told }: Likeness): Promise<Candidate> {
  const reasons = reasonsOf(pair, one, told)
  const mayMerge = root.endedAt === null && holds(ctx, 'case.merge', placeOf(root))
  return {
    brief: await presentBrief(ctx, root),
    reports: root.reports,
    through: row === root ? null : row.number,
    score: Math.round(score * 1000) / 1000,
    proposed: score >= PROPOSE_FROM && root.endedAt === null,
    mayMerge,
    metres: Math.round(pair.metres * 10) / 10,
    minutes: Math.round(pair.minutes * 10) / 10,
    reasons: reasons.for,
    against: reasons.against,
  }
}

const DUPLICATES = 5

/** What may tell of the same as a stored case, for the page of that case; of one that is merged already there is nothing to find. */
export async function duplicatesOf(ctx: Context, row: CaseRow): Promise<CaseDetail['duplicates']> {
  const draft = row.mergedInto === null ? draftOf(row) : undefined
  if (!draft) return []
  const { found } = await likenessesOf(ctx, draft)
  return Promise.all(
    found.slice(0, DUPLICATES).map(async ({ root, pair }) => ({
      number: root.number,
      description: wordsFor(ctx, root)(root.description),
      state: root.state,
      stateWords: stateWords(await flowOf(ctx, root), root.state),
      metres: Math.round(pair.metres * 10) / 10,
      reportedAt: root.reportedAt.toISOString(),
    })),
  )
}

export interface Question {
  readonly number?: string | undefined
  readonly category?: string | undefined
  readonly lng?: number | undefined
  readonly lat?: number | undefined
  readonly description?: string | undefined
  readonly address?: string | undefined
  readonly component?: string | undefined
  readonly files?: string | undefined
}

const NONE: Candidates = { items: [], storms: [] }

/** As it is asked over the wire: of a case by its number, or of a draft, which may still lack its place or class. */
export async function answerCandidates(ctx: Context, asked: Question, keyOf: (number: string) => CaseKey): Promise<Candidates> {
  if (asked.number !== undefined) {
    const row = await readCase(ctx, keyOf(asked.number))
    if (!row || !sees(ctx, row)) throw caseUnknown({ number: asked.number })
    const draft = draftOf(row)
    return draft ? findCandidates(ctx, draft) : NONE
  }
  const { category, lng, lat } = asked
  if (category === undefined || lng === undefined || lat === undefined) return NONE
  await getCategory(ctx, category)
  return findCandidates(ctx, {
    category,
    position: [lng, lat],
    description: asked.description ?? '',
    address: asked.address ?? null,
    componentCode: asked.component ?? null,
    reportedAt: ctx.now,
    files: asked.files ? asked.files.split(',') : [],
  })
}
