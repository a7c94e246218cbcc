// A case as the public may know it: what, where, how far, photos that somebody has looked at. Never who.

import { regionName } from '../../atlas/index.ts'
import { type CaseRow, type HistoryEntry, historyOf, maskPersonal, rootOf } from '../../cases/index.ts'
import { regionPrefix } from '../../atlas/contract.ts'
import { distanceMetres, type Context, type Position, type Words } from '../../kernel/index.ts'
import { findCategory } from '../../registry/index.ts'
import type { NearbyCase, Progress, PublicPhoto } from './contract.ts'
import { groupOf, GROUP_CODES, GROUPS, type GroupCode } from './groups.ts'
import { ENDED, STATE_SENTENCES, tellProgress } from './progress.ts'

const ended: readonly string[] = ENDED

/** Nobody but the reporter sees what an operator has not yet looked at. */
export const looked = (row: CaseRow): boolean => row.acceptedAt !== null || row.establishedAt !== null || row.outcome === 'self-disposed'

export const isOpen = (row: CaseRow): boolean => !ended.includes(row.state)

/** The tile of a case: what the citizen chose or left open, until an operator has settled what it is. */
export function groupOfCase(row: CaseRow): GroupCode {
  if (looked(row) || row.attributes['guessed'] !== true) return groupOf(row.category)
  const chosen = row.attributes['group'] as GroupCode
  return GROUP_CODES.includes(chosen) ? chosen : 'other'
}

/** What it is in a few words; a guessed category is shown only once an operator has taken it over. */
export async function whatIs(ctx: Context, row: CaseRow): Promise<Words> {
  const group = groupOfCase(row)
  const tile = group === 'other' ? UNNAMED : GROUPS[group].name
  if (!looked(row) && row.attributes['guessed'] === true) return tile
  return (await findCategory(ctx, row.category))?.name ?? tile
}

const UNNAMED: Words = { zh: '市民反映', en: 'A report' }

export const whereIs = (row: CaseRow): string => maskPersonal(row.address ?? '')
export const positionOf = (row: CaseRow): Position => [row.lng ?? 0, row.lat ?? 0]

export const sentenceOf = (row: CaseRow): Words => STATE_SENTENCES[row.state] ?? { zh: '正在办理', en: 'In progress' }

const photoPath = (number: string, sha256: string, size: 'public' | 'thumb', word?: string): string =>
  `/api/public/cases/${number}/photos/${sha256}?size=${size}${word ? `&word=${word}` : ''}`

/** Steps whose photos show the problem, and those whose photos show it solved. Photos of a failed check are neither. */
const BEFORE = new Set(['report', 'verified'])
const AFTER = new Set(['dispose', 'self-dispose', 'pass'])
const DRAWN = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])

/** Photos of a case that may be shown, to the reporter or to anyone. */
export function photosOf(row: CaseRow, history: readonly HistoryEntry[], word?: string): PublicPhoto[] {
  if (!word && !looked(row)) return []
  const redone = history.findLastIndex(({ step }) => step === 'rework')
  return history.flatMap(({ step, at, files }, index) => {
    const when = BEFORE.has(step) ? 'before' : AFTER.has(step) && index > redone ? 'after' : undefined
    if (!when) return []
    return files
      .filter(({ type }) => DRAWN.has(type))
      .map(({ sha256 }) => ({
        sha256,
        when: when as 'before' | 'after',
        at,
        url: photoPath(row.number, sha256, 'public', word),
        thumbUrl: photoPath(row.number, sha256, 'thumb', word),
      }))
  })
}

/** Progress with (`word`) or without the query word. */
export async function tell(ctx: Context, row: CaseRow, mayRate: boolean, word?: string): Promise<Progress> {
  const history = await historyOf(ctx, row)
  // What was merged into another case is told by the progress of that one, under its own number.
  const root = await rootOf(ctx, row)
  const way = root === row ? history : await historyOf(ctx, root)
  const promisedAt = root.disposeDueAt?.toISOString() ?? null
  const { sentence, open, stages } = tellProgress({
    state: root.state,
    steps: way.map(({ step, at, reason }) => ({ step, at, reason: reason?.words ?? null })),
    promisedAt,
    dueAt: root.dueAt?.toISOString() ?? null,
    unit: root.unitName,
  })
  const rated = history.find(({ step }) => step === 'rate')
  return {
    number: row.number,
    what: await whatIs(ctx, row),
    words: word && row.attributes['wordless'] !== true ? row.description : null,
    address: whereIs(row),
    districtName: (await regionName(ctx, regionPrefix(row.district))).zh,
    position: positionOf(row),
    open,
    sentence,
    stages,
    photos: [...photosOf(row, history, word), ...(root === row ? [] : photosOf(root, way))],
    reportedAt: row.reportedAt.toISOString(),
    promisedAt,
    now: ctx.now.toISOString(),
    mine: word !== undefined,
    mayRate: word !== undefined && mayRate && row.rating === null,
    rating: word && rated && row.rating !== null ? ratingOf(row.rating) : null,
  }
}

/** A rating is 1 to 5; 1 is what 没修好 gives, and no star is asked for then. */
export const NOT_FIXED = 1
export const ratingOf = (rating: number) => ({ fixed: rating > NOT_FIXED, stars: rating > NOT_FIXED ? rating : null })

export async function tellNearby(ctx: Context, row: CaseRow, from: Position): Promise<NearbyCase> {
  const position = positionOf(row)
  return {
    number: row.number,
    what: await whatIs(ctx, row),
    group: groupOfCase(row),
    address: whereIs(row),
    position,
    metres: Math.round(distanceMetres(from, position)),
    reportedAt: row.reportedAt.toISOString(),
    open: isOpen(row),
    sentence: sentenceOf(row),
    thumbUrl: row.photo && looked(row) ? photoPath(row.number, row.photo, 'thumb') : null,
  }
}
