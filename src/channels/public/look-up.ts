import { caseKey, findByQueryWord, findPublicCase, flowOf, historyOf, rateCase, type CaseRow } from '../../cases/index.ts'
import { follow } from '../../cases/contract.ts'
import { publicActor } from '../../kernel/access/index.ts'
import { sendFile, wallDay, type Context, type Position, type RawReply } from '../../kernel/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import type { Figures, NearbyCase, Progress } from './contract.ts'
import type { GroupCode } from './groups.ts'
import { demandRested, noteWrong } from './guesses.ts'
import { notYetRateable, photoUnknown, reportUnknown } from './problems.ts'
import { figuresOf, spotsAround } from './store.ts'
import { groupOfCase, isOpen, NOT_FIXED, photosOf, ratingOf, tell, tellNearby } from './told.ts'

/** The case of that number: as its reporter's where the word is right, as anyone's where there is none. A wrong word finds nothing. */
async function find(ctx: Context, number: string, word: string | undefined): Promise<CaseRow> {
  if (word !== undefined) return findByWord(ctx, number, word)
  const row = await findPublicCase(ctx, caseKey(number))
  if (!row) throw reportUnknown()
  return row
}

async function findByWord(ctx: Context, number: string, word: string): Promise<CaseRow> {
  await demandRested(ctx, number)
  const found = await findByQueryWord(ctx, number, word)
  if (found) return found.row
  await noteWrong(ctx, number)
  throw reportUnknown()
}

const mayRateNow = async (ctx: Context, row: CaseRow): Promise<boolean> => follow(await flowOf(ctx, row), row.state, 'rate') !== undefined

export async function findProgress(ctx: Context, number: string, word: string | undefined): Promise<Progress> {
  const row = await find(ctx, number, word)
  return tell(ctx, row, await mayRateNow(ctx, row), word?.toUpperCase())
}

export interface Rating {
  readonly word: string
  readonly fixed: boolean
  readonly stars?: number | undefined
  readonly words?: string | undefined
}

/** 修好了 or 没修好; the words go with it into the history of the case. */
export async function rate(ctx: Context, number: string, { word, fixed, stars, words }: Rating) {
  const row = await find(ctx, number, word)
  if (!(await mayRateNow(ctx, row))) throw notYetRateable()
  const rating = fixed ? Math.max(stars ?? 5, NOT_FIXED + 1) : NOT_FIXED
  const note = [fixed ? '修好了' : '没修好', words?.trim()].filter(Boolean).join('：')
  await rateCase({ ...ctx, actor: publicActor }, number, word, rating, note)
  return ratingOf(rating)
}

/** A public copy or thumbnail of one of the photos that may be seen. */
export async function showPhoto(ctx: Context, number: string, sha256: string, size: 'public' | 'thumb', word?: string): Promise<RawReply> {
  const row = await find(ctx, number, word)
  const photos = photosOf(row, await historyOf(ctx, row), word)
  if (!photos.some((photo) => photo.sha256 === sha256)) throw photoUnknown()
  const reply = await sendFile(ctx, sha256, size)
  // The name under which somebody kept the picture is theirs.
  return {
    ...reply,
    headers: { ...reply.headers, 'content-disposition': 'inline; filename="photo.jpg"', 'cache-control': 'private, max-age=3600' },
  }
}

export interface Around {
  readonly position: Position
  readonly metres: number
  readonly group?: GroupCode | undefined
  readonly limit: number
}

/** Open cases around a place, nearest first; of a tile also those whose tile nobody knows yet. */
export async function findNearby(ctx: Context, { position, metres, group, limit }: Around): Promise<NearbyCase[]> {
  const found: NearbyCase[] = []
  for (const spot of await spotsAround(ctx, position, metres)) {
    const row = await findPublicCase(ctx, spot)
    if (!row || !isOpen(row)) continue
    const its = groupOfCase(row)
    if (group && group !== 'other' && its !== group && its !== 'other') continue
    found.push(await tellNearby(ctx, row, position))
    if (found.length === limit) break
  }
  return found
}

const FIGURE_DAYS = 30

export async function findFigures(ctx: Context): Promise<Figures> {
  const { zone } = await getCityFacts(ctx)
  return figuresOf(ctx, wallDay(ctx.now, zone), FIGURE_DAYS)
}
