import { holds, type Context } from '../kernel/index.ts'
import { maskContacts } from './mask-personal.ts'
import { placeOf } from './place.ts'
import type { CaseRow } from './tables.ts'

type Placed = Parameters<typeof placeOf>[0]

/** Whether the caller may know who reported. */
export const seesReporter = (ctx: Context, row: Placed): boolean => holds(ctx, 'case.reporter', placeOf(row))

/** How the caller reads what people wrote of a case: without contacts, unless the caller may know who reported. */
export const wordsFor = (ctx: Context, row: Placed): ((text: string) => string) => (seesReporter(ctx, row) ? (text) => text : maskContacts)

/** The answers of a service definition, as the caller may read them. */
export function attributesFor(ctx: Context, row: CaseRow): CaseRow['attributes'] {
  const read = wordsFor(ctx, row)
  return Object.fromEntries(
    Object.entries(row.attributes).map(([name, value]) => [name, typeof value === 'string' && !URL.canParse(value) ? read(value) : value]),
  )
}
