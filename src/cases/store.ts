import type { Context } from '../kernel/index.ts'
import type { CaseKey } from './number.ts'
import { own, type CaseRow, type CaseStepTable } from './tables.ts'

/** Holds the row until the transaction ends, so that two steps on one case never cross. */
export const lockCase = (ctx: Context, { number, district }: CaseKey): Promise<CaseRow | undefined> =>
  own(ctx)
    .selectFrom('caseFile')
    .selectAll()
    .where('number', '=', number)
    .where('district', '=', district)
    .forUpdate()
    .executeTakeFirst()

export const readCase = (ctx: Context, { number, district }: CaseKey): Promise<CaseRow | undefined> =>
  own(ctx).selectFrom('caseFile').selectAll().where('number', '=', number).where('district', '=', district).executeTakeFirst()

export const readSteps = (ctx: Context, { number, district }: CaseKey): Promise<CaseStepTable[]> =>
  own(ctx)
    .selectFrom('caseStep')
    .selectAll()
    .where('number', '=', number)
    .where('district', '=', district)
    .orderBy('ordinal')
    .execute()

export const readReporter = (ctx: Context, { number, district }: CaseKey) =>
  own(ctx).selectFrom('caseReporter').selectAll().where('number', '=', number).where('district', '=', district).executeTakeFirst()

/** The case that was made of the same report before. */
export const findOrigin = (ctx: Context, { system, key, district }: { system: string; key: string; district: string }) =>
  own(ctx)
    .selectFrom('caseOrigin')
    .select(['number', 'district'])
    .where('system', '=', system)
    .where('key', '=', key)
    .where('district', '=', district)
    .executeTakeFirst()
