// How values of PostgreSQL become values of the program; the same for the embedded and every served database.

import pg from 'pg'

const INT8 = 20
const NUMERIC = 1700
const DATE = 1082
const INT8_ARRAY = 1016
const NUMERIC_ARRAY = 1231
const DATE_ARRAY = 1182
const TEXT_ARRAY = 1009

type Parse = (text: string) => unknown

const textArray = pg.types.getTypeParser(TEXT_ARRAY as Parameters<typeof pg.types.getTypeParser>[0]) as unknown as (text: string) => (string | null)[]
const numbers: Parse = (text) => textArray(text).map((item) => (item === null ? null : Number(item)))

// Counts fit in a double up to 9e15; a day stays text, because a Date would shift it by the machine's time zone.
const PARSERS = new Map<number, Parse>([
  [INT8, Number],
  [NUMERIC, Number],
  [DATE, String],
  [INT8_ARRAY, numbers],
  [NUMERIC_ARRAY, numbers],
  [DATE_ARRAY, textArray],
])

export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS.get(oid)) || pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}
