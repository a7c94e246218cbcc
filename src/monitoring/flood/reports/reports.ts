// Reports as people make, write and issue them. The figures are those of the moment in which a report is made; only texts change, and only until it is issued.

import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { cursorOf, demand, dayNumber, dayText, holds, keyOf, permitMissing, record, scopesOf, type Context } from '../../../kernel/index.ts'
import { getCityFacts, regionName, regionPrefix } from '../../../atlas/index.ts'
import { digestOf } from './check.ts'
import type { ReportBody, ReportListed, ReportShown, ReportTexts } from './contract.ts'
import { FORM, type Figures, type ReportKind } from './figures.ts'
import { expectedNotWanted, reportChanged, reportIssued, reportUnknown } from './problems.ts'
import { readAfter } from './read-after.ts'
import { readBefore } from './read-before.ts'
import { readDuring } from './read-during.ts'
import { ownReports, type FloodReportTable } from './tables.ts'

const READ = 'monitoring.report'
const ISSUE = 'monitoring.report-issue'

/** All units and categories of a region: a report leaves nothing of it out. */
const whole = (region: string) => ({ region, unit: '', category: '' })

/** The widest region of this city that is all the caller's. */
async function regionOf(ctx: Context): Promise<string> {
  const home = regionPrefix((await getCityFacts(ctx)).code)
  const regions = scopesOf(ctx, READ).flatMap(({ region, unit, category }) => {
    if (unit !== '' || category !== '') return []
    return region.startsWith(home) ? [region] : home.startsWith(region) ? [home] : []
  })
  const [widest] = regions.toSorted((a, b) => a.length - b.length)
  if (widest === undefined) throw permitMissing({ permit: READ })
  return widest
}

/** The caller with what they hold in this region, so that nothing else gets into its figures. */
function inRegion(ctx: Context, region: string): Context {
  if (ctx.actor.kind === 'system') return ctx
  const grants = ctx.actor.grants.flatMap((grant) => (grant.region.startsWith(region) ? [grant] : region.startsWith(grant.region) ? [{ ...grant, region }] : []))
  return { ...ctx, actor: { ...ctx.actor, grants } }
}

async function readFigures(ctx: Context, { kind, expected, event }: ReportBody): Promise<Figures> {
  if (kind === 'before') return readBefore(ctx, expected)
  return kind === 'during' ? readDuring(ctx) : readAfter(ctx, event)
}

const yearOf = async (ctx: Context): Promise<number> => Number(dayText(dayNumber(ctx.now, (await getCityFacts(ctx)).zone)).slice(0, 4))

export async function makeReport(ctx: Context, body: ReportBody): Promise<ReportShown> {
  const region = await regionOf(ctx)
  demand(ctx, 'monitoring.read', whole(region))
  if (body.expected && body.kind !== 'before') throw expectedNotWanted()
  const figures = await readFigures(inRegion(ctx, region), body)
  const texts: ReportTexts = { title: '', lead: '', close: '' }
  const id = randomUUIDv7()
  await ownReports(ctx)
    .insertInto('floodReport')
    .values({
      id, kind: body.kind, region, year: await yearOf(ctx), number: null, at: ctx.now, form: FORM,
      figures: JSON.stringify(figures) as never, texts: JSON.stringify(texts) as never, revision: 1,
      madeAt: ctx.now, madeBy: ctx.actor.id, madeByName: ctx.actor.name, issuedAt: null, issuedBy: null, issuedByName: null, digest: null,
    })
    .execute()
  record(ctx, 'monitoring.flood-report-made', id, region, { kind: body.kind, expected: body.expected, event: body.event })
  return readReport(ctx, id)
}

async function findRow(ctx: Context, id: string, permit: string, lock = false): Promise<FloodReportTable> {
  const asked = ownReports(ctx).selectFrom('floodReport').selectAll().where('id', '=', id)
  const row = await (lock ? asked.forUpdate() : asked).executeTakeFirst()
  if (!row || !holds(ctx, permit, whole(row.region))) throw reportUnknown()
  return row
}

export const readReport = async (ctx: Context, id: string): Promise<ReportShown> => show(ctx, await findRow(ctx, id, READ))

async function show(ctx: Context, row: FloodReportTable): Promise<ReportShown> {
  const { revision, form, texts, figures } = row
  return { ...(await list(ctx, row)), revision, form, texts, figures }
}

type Listed = Omit<FloodReportTable, 'figures' | 'form' | 'digest' | 'revision'>

async function list(ctx: Context, { id, kind, region, year, number, at, texts, madeAt, madeByName, issuedAt, issuedByName }: Listed): Promise<ReportListed> {
  return {
    id,
    kind,
    region,
    regionName: await regionName(ctx, region),
    year,
    number,
    at: at.toISOString(),
    title: texts.title,
    made: { at: madeAt.toISOString(), by: madeByName },
    issued: issuedAt && { at: issuedAt.toISOString(), by: issuedByName! },
  }
}

interface Question {
  readonly kind?: ReportKind | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export async function listReports(ctx: Context, { kind, cursor, limit = 50 }: Question) {
  await regionOf(ctx)
  const after = cursor === undefined ? undefined : keyOf(cursor, 'moment', 'uuid')
  const regions = scopesOf(ctx, READ).filter(({ unit, category }) => unit === '' && category === '')
  const rows = await ownReports(ctx)
    .selectFrom('floodReport')
    .select(['id', 'kind', 'region', 'year', 'number', 'at', 'texts', 'madeAt', 'madeBy', 'madeByName', 'issuedAt', 'issuedBy', 'issuedByName'])
    .where(({ or, val }) => or([val(false), ...regions.map(({ region }) => sql<boolean>`starts_with(region, ${region})`)]))
    .where((where) => (kind === undefined ? where.val(true) : where('kind', '=', kind)))
    .where(({ val }) => (after === undefined ? val(true) : sql<boolean>`(at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = await Promise.all(rows.slice(0, limit).map((row) => list(ctx, row)))
  const last = rows[limit - 1]
  return { items, next: rows.length > limit && last ? cursorOf([last.at.toISOString(), last.id]) : null }
}

/** A draft, held until the transaction ends, in the revision that was read. */
async function takeDraft(ctx: Context, id: string, permit: string, revision?: number): Promise<FloodReportTable> {
  const row = await findRow(ctx, id, permit, true)
  if (row.number !== null) throw reportIssued()
  if (revision !== undefined && row.revision !== revision) throw reportChanged()
  return row
}

export async function writeTexts(ctx: Context, id: string, { revision, texts }: { revision: number; texts: ReportTexts }): Promise<ReportShown> {
  const row = await takeDraft(ctx, id, READ, revision)
  await ownReports(ctx).updateTable('floodReport').set({ texts: JSON.stringify(texts) as never, revision: revision + 1 }).where('id', '=', id).execute()
  record(ctx, 'monitoring.flood-report-written', id, row.region, texts)
  return readReport(ctx, id)
}

export async function issueReport(ctx: Context, id: string, revision: number): Promise<ReportShown> {
  const { kind, region } = await takeDraft(ctx, id, ISSUE, revision)
  const year = await yearOf(ctx)
  // Numbers follow one another without a gap: one at a time.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`flood-report ${kind} ${region} ${year}`}, 0))`.execute(ownReports(ctx))
  const { last } = await ownReports(ctx)
    .selectFrom('floodReport')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('kind', '=', kind)
    .where('region', '=', region)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  const number = (last ?? 0) + 1
  const issued = { number, year, issuedAt: ctx.now, issuedBy: ctx.actor.id, issuedByName: ctx.actor.name }
  const row = await findRow(ctx, id, ISSUE)
  const digest = digestOf({ ...row, ...issued })
  await ownReports(ctx).updateTable('floodReport').set({ ...issued, digest }).where('id', '=', id).execute()
  record(ctx, 'monitoring.flood-report-issued', id, region, { kind, year, number, digest })
  return show(ctx, { ...row, ...issued })
}

export async function dropDraft(ctx: Context, id: string): Promise<object> {
  const { kind, region } = await takeDraft(ctx, id, READ)
  await ownReports(ctx).deleteFrom('floodReport').where('id', '=', id).execute()
  record(ctx, 'monitoring.flood-report-dropped', id, region, { kind })
  return {}
}
