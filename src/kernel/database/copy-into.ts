import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Context } from '../context.ts'
import { clientOf, setAhead } from './connect.ts'
import { encode, type CopyColumns, type CopyRow } from './copy-format.ts'

export type { CopyColumns, CopyRow, CopyType } from './copy-format.ts'

/** Writes many rows by binary COPY, in the open transaction; the answer is their number. `columns` are named as in the database. */
export const copyInto = (
  ctx: Pick<Context, 'db'>,
  table: string,
  columns: CopyColumns,
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
): Promise<number> => copyOver(clientOf(ctx.db), table, columns, rows)

/** As `copyInto`, over a connection of one's own. */
export async function copyOver(
  client: pg.Client | pg.PoolClient,
  table: string,
  columns: CopyColumns,
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
): Promise<number> {
  const names = Object.keys(columns).map((name) => `"${name}"`)
  // A COPY has the connection for itself: all that was sent before it is answered first.
  await client.query('select')
  const ahead = setAhead(client, false)
  try {
    const sink = client.query(copyFrom(`copy "${table}" (${names.join(', ')}) from stdin (format binary)`))
    await pipeline(Readable.from(encode(columns, rows), { objectMode: false, highWaterMark: 1 << 20 }), sink)
    return sink.rowCount
  } finally {
    setAhead(client, ahead)
  }
}
