import { locate } from '../../atlas/index.ts'
import { reportThroughGate, type Report, type Reported } from '../../cases/index.ts'
import { publicActor } from '../../kernel/access/index.ts'
import type { Context, Position, StoredFile } from '../../kernel/index.ts'
import { catalogueInUse, findCategories } from '../../registry/index.ts'
import { GROUPS, type GroupCode } from './groups.ts'
import { guessCategory } from './guess-category.ts'
import { outsideCity, photosOnly, tooManyPhotos } from './problems.ts'

export interface PublicReport {
  readonly key: string
  readonly position: Position
  readonly accuracy?: number | undefined
  readonly group?: GroupCode | undefined
  readonly words?: string | undefined
  readonly phone?: string | undefined
}

const MOST_PHOTOS = 3

/** A citizen's report: whoever is signed in, it is the public that reports here. */
export async function reportFromPublic(ctx: Context, report: PublicReport, files: readonly StoredFile[]): Promise<Reported> {
  demandPhotos(files, MOST_PHOTOS)
  if (!(await locate(ctx, report.position))) throw outsideCity()
  const asPublic: Context = { ...ctx, actor: publicActor }
  const { key, position, group, words, phone, accuracy } = report
  const made: Report = {
    source: 'public',
    category: await chooseCategory(ctx, group, words),
    description: words?.trim() || (group && group !== 'other' ? GROUPS[group].name.zh : '市民反映'),
    position,
    files: files.map(({ sha256 }) => sha256),
    ...(phone?.trim() && { reporter: { phone: phone.trim() } }),
    key,
    attributes: {
      channel: 'portal',
      guessed: true,
      ...(!words?.trim() && { wordless: true }),
      ...(group && { group }),
      ...(accuracy !== undefined && { accuracy: Math.round(accuracy) }),
    },
  }
  return reportThroughGate(asPublic, made, { address: ctx.origin.address, phone: phone?.trim() })
}

export function demandPhotos(files: readonly StoredFile[], most: number): void {
  if (files.length > most) throw tooManyPhotos()
  if (files.some(({ type }) => !type.startsWith('image/'))) throw photosOnly()
}

/** The category under which an operator will find it first. */
export async function chooseCategory(ctx: Context, group: GroupCode | undefined, words: string | undefined): Promise<string> {
  const version = await catalogueInUse(ctx)
  const matters = await findCategories(ctx, { version, kind: 'matter' })
  const all = matters.length > 0 ? matters : await findCategories(ctx, { version })
  return guessCategory(version, all, { group, words }) ?? ''
}
