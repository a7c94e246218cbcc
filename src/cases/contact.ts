// What a room that tells people of cases has to know of them, and no page shows.

import type { Context } from '../kernel/index.ts'
import type { CaseKey } from './number.ts'
import { readReporter } from './store.ts'
import { own, type CaseReporterTable } from './tables.ts'

/** Who reported a case, in clear: to reach them, and for nobody else to see. */
export const reporterOf = (ctx: Context, key: CaseKey): Promise<CaseReporterTable | undefined> => readReporter(ctx, key)

/** Under which keys of which systems cases of a district were reported. */
export const originsOf = (ctx: Context, district: string, numbers: readonly string[]): Promise<{ number: string; system: string; key: string }[]> =>
  own(ctx)
    .selectFrom('caseOrigin')
    .select(['number', 'system', 'key'])
    .where('district', '=', district)
    .where('number', 'in', numbers.length > 0 ? [...numbers] : [''])
    .orderBy('system')
    .orderBy('key')
    .execute()

/** The names of all steps of some cases of a district, by number and ordinal. */
export const stepNames = (ctx: Context, district: string, numbers: readonly string[]): Promise<{ number: string; ordinal: number; step: string }[]> =>
  own(ctx)
    .selectFrom('caseStep')
    .select(['number', 'ordinal', 'step'])
    .where('district', '=', district)
    .where('number', 'in', numbers.length > 0 ? [...numbers] : [''])
    .execute()
