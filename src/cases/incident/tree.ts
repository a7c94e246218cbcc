// All reports of one incident, as a tree: who told of it, when, and what was merged into what.

import { sql } from 'kysely'
import { holds, type Context } from '../../kernel/index.ts'
import { dictionary } from '../../registry/index.ts'
import { maskName, maskPhone } from '../mask.ts'
import type { CaseKey } from '../number.ts'
import { placeOf } from '../place.ts'
import { caseUnknown } from '../problems.ts'
import { sees } from '../scope.ts'
import { readCase } from '../store.ts'
import { own, type CaseReporterTable, type CaseRow } from '../tables.ts'
import { seesReporter, wordsFor } from '../words-for.ts'
import type { MergedReport } from './contract.ts'
import { treeBelow, wayToRoot } from './store.ts'

const MOST = 500

/** The reports of the incident that a case belongs to, the root first. */
export async function treeOf(ctx: Context, key: CaseKey) {
  const row = await readCase(ctx, key)
  if (!row || !sees(ctx, row)) throw caseUnknown(key)
  const root = (await wayToRoot(ctx, row.number)).at(-1)!
  const below = await treeBelow(ctx, root.number, MOST + 1)
  const rows = [root, ...below.slice(0, MOST)].filter((each) => sees(ctx, each))
  const reporters = await reportersOf(ctx, rows)
  const merges = await mergesOf(ctx, rows)
  const items = await Promise.all(rows.map((each) => present(ctx, each, reporters.get(each.number), merges.get(each.number))))
  return { root: root.number, reports: root.reports, items, more: below.length > MOST }
}

async function present(ctx: Context, row: CaseRow, reporter: CaseReporterTable | undefined, merge: Merge | undefined): Promise<MergedReport> {
  const merged = row.mergedInto !== null
  return {
    number: row.number,
    parent: row.mergedInto,
    description: wordsFor(ctx, row)(row.description),
    sourceWords: (await dictionary(ctx, 'source')).find(({ code }) => code === row.source)?.name ?? { zh: row.source, en: row.source },
    position: row.lng === null || row.lat === null ? null : [row.lng, row.lat],
    photo: row.photo,
    reportedAt: row.reportedAt.toISOString(),
    mergedAt: merged ? (merge?.takenAt.toISOString() ?? null) : null,
    mergedBy: merged ? (merge?.actorName ?? null) : null,
    reporter: reporter ? whoOf(reporter, seesReporter(ctx, row)) : null,
    mayUnmerge: merged && holds(ctx, 'case.merge', placeOf(row)),
  }
}

const whoOf = ({ name, phone }: CaseReporterTable, whole: boolean) =>
  whole ? { name, phone } : { name: name && maskName(name), phone: phone && maskPhone(phone) }

async function reportersOf(ctx: Context, rows: readonly CaseRow[]): Promise<Map<string, CaseReporterTable>> {
  const found: CaseReporterTable[] = []
  for (const [district, some] of Map.groupBy(rows, (row) => row.district)) {
    const numbers = some.map(({ number }) => number)
    found.push(...(await own(ctx).selectFrom('caseReporter').selectAll().where('district', '=', district).where('number', 'in', numbers).execute()))
  }
  return new Map(found.map((reporter) => [reporter.number, reporter]))
}

interface Merge {
  readonly number: string
  readonly takenAt: Date
  readonly actorName: string
}

/** The newest merging of each. */
async function mergesOf(ctx: Context, rows: readonly CaseRow[]): Promise<Map<string, Merge>> {
  const merges = new Map<string, Merge>()
  for (const [district, some] of Map.groupBy(rows.filter(({ mergedInto }) => mergedInto !== null), (row) => row.district)) {
    const { rows: found } = await sql<Merge>`
      select distinct on (number) number, taken_at, actor_name from case_step
       where district = ${district} and number = any(${some.map(({ number }) => number)}::text[]) and changes ? 'mergedInto'
       order by number, ordinal desc`.execute(ctx.db)
    for (const merge of found) merges.set(merge.number, merge)
  }
  return merges
}
