import { announce, demand, holds, keyOf, pageOf, record, type Context } from '../kernel/index.ts'
import { districtOf } from '../atlas/index.ts'
import { findUnit, getUnit } from '../registry/index.ts'
import { CATEGORY_FAULT } from './check-rule.ts'
import type { Origin, PrecedentShown, UnitNamed, Verdict } from './contract.ts'
import { precedentsChanged } from './events.ts'
import { knownWords } from './known-words.ts'
import { districtOfPrecedent, precedentNumber, takeNumbers } from './number.ts'
import { precedentUnknown, precedentWithdrawn, ruleUnsound } from './problems.ts'
import { seenBy } from './scope.ts'
import { own, type PrecedentTable } from './tables.ts'
import { unitNames } from './unit-named.ts'

const EDIT = 'responsibility.edit'

export interface NewPrecedent {
  readonly verdict: Verdict
  /** A category, or the beginning of several. */
  readonly category: string
  /** The cell, community, street or district within which the situation is alike. */
  readonly region: string
  /** Only of this component, where it is about one. */
  readonly component?: string | null | undefined
  readonly unit: string
  readonly origin: Origin
  /** The proceeding from which it comes; heard twice it makes one precedent. */
  readonly source?: string | null | undefined
  readonly caseNumber?: string | null | undefined
  readonly note?: string | null | undefined
}

const present = (row: PrecedentTable, unitOf: (code: string) => UnitNamed): PrecedentShown => ({
  number: row.number,
  verdict: row.verdict,
  category: row.category,
  region: row.region,
  component: row.componentCode,
  unit: unitOf(row.unitCode),
  origin: row.origin,
  caseNumber: row.caseNumber,
  note: row.note,
  decidedAt: row.decidedAt.toISOString(),
  decidedBy: row.decidedBy,
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  withdrawnBy: row.withdrawnBy,
  withdrawnNote: row.withdrawnNote,
})

/**
 * Keeps a decision as a precedent, for rooms that lead to one: a 会商 that found whose duty it is, a return that was confirmed.
 * The answer is its number.
 */
export async function addPrecedent(ctx: Context, precedent: NewPrecedent): Promise<string> {
  return (await writePrecedent(ctx, precedent)).number
}

/** As `addPrecedent`, by hand: whoever does so must keep the rules there. */
export async function postPrecedentByHand(ctx: Context, precedent: Omit<NewPrecedent, 'origin'>): Promise<PrecedentShown> {
  demand(ctx, EDIT)
  const { category, region, unit } = precedent
  demand(ctx, EDIT, { region, category, unit: (await findUnit(ctx, unit))?.path ?? '' })
  const known = await knownWords(ctx)
  if (!known.begins(category)) throw ruleUnsound(undefined, { faults: [{ at: 'category', reason: CATEGORY_FAULT }] })
  if (!known.hasRegion(region)) {
    throw ruleUnsound(undefined, { faults: [{ at: 'region', reason: { zh: `没有区划“${region}”`, en: `there is no division "${region}"` } }] })
  }
  return present(await writePrecedent(ctx, { ...precedent, origin: 'hand' }), await unitNames(ctx))
}

async function writePrecedent(ctx: Context, { component, unit, source, caseNumber, note, ...rest }: NewPrecedent): Promise<PrecedentTable> {
  await getUnit(ctx, unit)
  const district = districtOf(rest.region)
  if (source) {
    const before = await own(ctx)
      .selectFrom('responsibilityPrecedent')
      .selectAll()
      .where('source', '=', source)
      .where('verdict', '=', rest.verdict)
      .where('unitCode', '=', unit)
      .where('district', '=', district)
      .executeTakeFirst()
    if (before) return before
  }
  const number = precedentNumber(district, await takeNumbers(ctx, 'precedent', district, 1))
  const row = await own(ctx)
    .insertInto('responsibilityPrecedent')
    .values({
      ...rest,
      number,
      district,
      componentCode: component ?? null,
      unitCode: unit,
      source: source ?? null,
      caseNumber: caseNumber ?? null,
      note: note ?? null,
      decidedAt: ctx.now,
      decidedBy: ctx.actor.name,
      withdrawnAt: null,
      withdrawnBy: null,
      withdrawnNote: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(ctx, precedentsChanged, district, { number })
  record(ctx, 'responsibility.precedent-added', number, district, { unit, ...rest })
  return row
}

/** From now on it counts no more; that it once did stays to be read. */
export async function withdrawPrecedent(ctx: Context, number: string, note: string): Promise<PrecedentShown> {
  demand(ctx, EDIT)
  const key = { number, district: districtOfPrecedent(number) }
  const found = await own(ctx)
    .selectFrom('responsibilityPrecedent')
    .selectAll()
    .where('number', '=', key.number)
    .where('district', '=', key.district)
    .forUpdate()
    .executeTakeFirst()
  const place = found && { region: found.region, category: found.category, unit: (await findUnit(ctx, found.unitCode))?.path ?? '' }
  if (!found || !holds(ctx, EDIT, place)) throw precedentUnknown({ number })
  if (found.withdrawnAt !== null) throw precedentWithdrawn({ number })

  const row = await own(ctx)
    .updateTable('responsibilityPrecedent')
    .set({ withdrawnAt: ctx.now, withdrawnBy: ctx.actor.name, withdrawnNote: note })
    .where('number', '=', key.number)
    .where('district', '=', key.district)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(ctx, precedentsChanged, key.district, { number })
  record(ctx, 'responsibility.precedent-withdrawn', number, key.district, { note })
  return present(row, await unitNames(ctx))
}

export interface PrecedentQuestion {
  readonly category?: string | undefined
  readonly unit?: string | undefined
  readonly withdrawn?: boolean | undefined
  readonly cursor?: string
  readonly limit?: number
}

/** Precedents that the caller sees, the newest first. */
export async function listPrecedents(ctx: Context, { category, unit, withdrawn, cursor, limit = 50 }: PrecedentQuestion) {
  const [at, before] = cursor === undefined ? [] : keyOf(cursor, 'moment', 'text')
  const rows = await own(ctx)
    .selectFrom('responsibilityPrecedent')
    .selectAll()
    .where(await seenBy(ctx, 'responsibility.read'))
    .$if(category !== undefined, (query) => query.where('category', '>=', category!).where('category', '<=', `${category!}~`))
    .$if(unit !== undefined, (query) => query.where('unitCode', '=', unit!))
    .$if(withdrawn !== true, (query) => query.where('withdrawnAt', 'is', null))
    .$if(at !== undefined, (query) =>
      query.where((where) =>
        where.or([where('decidedAt', '<', new Date(at!)), where.and([where('decidedAt', '=', new Date(at!)), where('number', '<', before!)])]),
      ),
    )
    .orderBy('decidedAt', 'desc')
    .orderBy('number', 'desc')
    .limit(limit + 1)
    .execute()
  const unitOf = await unitNames(ctx)
  return pageOf(rows, limit, (row) => present(row, unitOf), (row) => [row.decidedAt.toISOString(), row.number])
}
