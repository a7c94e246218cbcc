import { randomInt } from 'node:crypto'
import { describePlace, findComponent, locate } from '../atlas/index.ts'
import type { Position } from '../kernel/contract.ts'
import { demand, markRegion, type Context } from '../kernel/index.ts'
import { dictionary, getCategory, workingCalendar } from '../registry/index.ts'
import { rowAfter } from './changes.ts'
import { flowKey, follow } from './flow.ts'
import { currentFlow } from './flows.ts'
import { BLANK } from './fold.ts'
import { nextNumber } from './number.ts'
import { placeOf, postOf } from './place.ts'
import { componentUnknown, outsideCity, sourceUnknown } from './problems.ts'
import { searchWords } from './search-words.ts'
import { findOrigin, readCase, readReporter } from './store.ts'
import { own, type CaseRow } from './tables.ts'
import { stepRow } from './write.ts'

export interface Report {
  /** Code of the dictionary `source`; the public's own reports are `public`. */
  readonly source?: string | undefined
  readonly category: string
  readonly description: string
  readonly position: Position
  readonly address?: string | undefined
  readonly componentCode?: string | undefined
  /** SHA-256 of stored files. */
  readonly files?: readonly string[] | undefined
  readonly reporter?: { readonly name?: string | undefined; readonly phone?: string | undefined; readonly email?: string | undefined } | undefined
  /** Made by the client: the same key of the same caller twice is one case. */
  readonly key?: string | undefined
  /** Under whose name the key stands, such as another system's; the caller's own where it is left out. */
  readonly system?: string | undefined
  /** Where no client made a key: one reckoned from the content, under which the same report counts as sent again for `withinMs`. */
  readonly likeness?: { readonly digest: string; readonly withinMs: number } | undefined
  /** Answers to further questions of a service definition. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined
}

export interface Reported {
  readonly number: string
  readonly district: string
  /** With the number it opens the progress without signing in. */
  readonly queryWord: string
  readonly state: string
  readonly version: number
  /** True where the same report had made a case before. */
  readonly repeated: boolean
  readonly row: CaseRow
}

/** Makes a case (案卷) of a report. The public may always report; everyone else needs the permit there. */
export async function reportCase(ctx: Context, report: Report): Promise<Reported> {
  if (ctx.actor.kind !== 'public') demand(ctx, 'case.report')
  const row = await newCase(ctx, report)
  if (ctx.actor.kind !== 'public') demand(ctx, 'case.report', { region: placeOf(row).region, category: row.category })
  const before = await reportedBefore(ctx, report, row)
  if (before) return before

  const queryWord = newQueryWord()
  const category = await getCategory(ctx, row.category)
  const step = stepRow(ctx, {
    step: 'report',
    fromState: null,
    before: BLANK,
    after: row,
    post: postOf(ctx, 'case.report', placeOf(row)),
    position: report.position,
    files: report.files,
  })
  const { number, district } = row
  await own(ctx)
    .with('stepped', (db) => db.insertInto('caseStep').values({ ...step, files: step.files as unknown as string[] }))
    .with('reported', (db) =>
      db.insertInto('caseReporter').values({
        number,
        district,
        queryWord,
        name: report.reporter?.name ?? null,
        phone: report.reporter?.phone ?? null,
        email: report.reporter?.email ?? null,
        accountId: ctx.actor.kind === 'public' ? null : ctx.actor.id,
      }),
    )
    .with('searched', (db) => db.insertInto('caseSearch').values({ number, district, words: searchWords(row, category.name.zh) }))
    .insertInto('caseFile')
    .values(row)
    .execute()
  if (report.files?.length) await markRegion(ctx, report.files, placeOf(row).region)
  return { number, district, queryWord, state: row.state, version: row.ordinal, repeated: false, row }
}

async function newCase(ctx: Context, report: Report): Promise<CaseRow> {
  const source = report.source ?? (ctx.actor.kind === 'public' ? 'public' : 'hotline')
  if (!(await dictionary(ctx, 'source')).some(({ code }) => code === source)) throw sourceUnknown({ source })
  await getCategory(ctx, report.category)
  const at = await locate(ctx, report.position)
  if (!at) throw outsideCity()
  if (report.componentCode !== undefined && !(await findComponent(ctx, report.componentCode))) {
    throw componentUnknown({ code: report.componentCode })
  }
  const address = report.address?.trim() || (await describePlace(ctx, report.position)).words.zh

  const flow = await currentFlow(ctx, at.district)
  const calendar = await workingCalendar(ctx)
  const blank: CaseRow = {
    ...BLANK,
    number: await nextNumber(ctx, at.district, calendar.zone),
    district: at.district,
    ordinal: 0,
    state: '',
    flow: flowKey(flow),
    source,
    category: report.category,
    description: report.description.trim(),
    lng: report.position[0],
    lat: report.position[1],
    street: at.street,
    community: at.community,
    cell: at.cell,
    beat: at.beat,
    grade: at.grade,
    address,
    componentCode: report.componentCode ?? null,
    photo: report.files?.[0] ?? null,
    attributes: { ...report.attributes },
    reporterId: ctx.actor.id,
    reportedAt: ctx.now,
    lamp: 'grey',
    nextTurnAt: null,
  }
  return rowAfter(flow, blank, 'report', follow(flow, null, 'report')!, { actorId: ctx.actor.id, now: ctx.now, calendar })
}

/**
 * The keys that the same report may have come under before, and how old its case may be. A likeness is kept under the key of its
 * span of time and of the one before it, so that of two on both sides of a border one still finds the other.
 */
function keysOf(ctx: Context, { key, likeness }: Report): { key: string; since: Date }[] {
  const keys = key === undefined ? [] : [{ key, since: new Date(0) }]
  if (likeness === undefined) return keys
  const { digest, withinMs } = likeness
  const span = Math.floor(+ctx.now / withinMs)
  return [...keys, ...[span - 1, span].map((each) => ({ key: `like:${each}:${digest}`, since: new Date(+ctx.now - withinMs) }))]
}

/** The case that the same report has made; else its keys are taken for `row`. */
async function reportedBefore(ctx: Context, report: Report, row: CaseRow): Promise<Reported | undefined> {
  const keys = keysOf(ctx, report)
  for (const [i, { key, since }] of keys.entries()) {
    const before = await claimKey(ctx, report, key, row)
    if (!before || before.row.reportedAt < since) continue
    // A key that was taken for a case that is not made would lead nowhere.
    if (i > 0) await dropKeys(ctx, report, keys.slice(0, i), row)
    return before
  }
  return undefined
}

const dropKeys = (ctx: Context, report: Report, keys: readonly { key: string }[], { number, district }: CaseRow) =>
  own(ctx)
    .deleteFrom('caseOrigin')
    .where('system', '=', systemOf(ctx, report))
    .where('key', 'in', keys.map(({ key }) => key))
    .where('district', '=', district)
    .where('number', '=', number)
    .execute()

const systemOf = ({ actor }: Context, { system }: Report): string => system ?? `report:${actor.id}`

/** Takes the key for this report, or gives the case that the same report made before: a poor connection sends twice. */
async function claimKey(ctx: Context, report: Report, key: string, row: CaseRow): Promise<Reported | undefined> {
  const { number, district } = row
  const system = systemOf(ctx, report)
  const claimed = await own(ctx)
    .insertInto('caseOrigin')
    .values({ system, key, district, number, batch: null })
    .onConflict((clash) => clash.columns(['system', 'key', 'district']).doNothing())
    .returning('number')
    .executeTakeFirst()
  if (claimed) return undefined

  // Where both came at the same moment, the second has waited here for the first to be committed.
  const first = (await findOrigin(ctx, { system, key, district }))!
  const [found, reporter] = [(await readCase(ctx, first))!, await readReporter(ctx, first)]
  return {
    ...first,
    queryWord: reporter?.queryWord ?? '',
    state: found.state,
    version: found.ordinal,
    repeated: true,
    row: found,
  }
}

// Without 0 O 1 I L 5 S 8 B 2 Z, which people confuse when they read them aloud or copy them.
const LETTERS = '34679ACDEFGHJKMNPQRTUVWXY'

const newQueryWord = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
