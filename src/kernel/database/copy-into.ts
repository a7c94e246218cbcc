import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Context } from '../context.ts'
import { clientOf, setAhead } from './connect.ts'
import { encode, type CopyColumns, type CopyRow } from './copy-format.ts'

export type { CopyColumns, CopyRow, CopyType } from './copy-format.ts'

type Rows = Iterable<CopyRow> | AsyncIterable<CopyRow>

/** Rows on their way: `stored` is their number, once all are there. */
export interface Sent {
  readonly stored: Promise<number>
}

/** Writes many rows by binary COPY, in the open transaction; the answer is their number. `columns` are named as in the database. */
export const copyInto = async (ctx: Pick<Context, 'db'>, table: string, columns: CopyColumns, rows: Rows): Promise<number> =>
  (await sendInto(ctx, table, columns, rows)).stored

/**
 * As `copyInto`, but resolves when the rows are on their way: what the caller does then is done while the database is at work.
 * Nothing may be asked of the transaction before `stored`.
 */
export async function sendInto(ctx: Pick<Context, 'db'>, table: string, columns: CopyColumns, rows: Rows): Promise<Sent> {
  if (Array.isArray(rows) && rows.length === 0) return { stored: Promise.resolve(0) }
  const client = clientOf(ctx.db)
  const names = Object.keys(columns).map((name) => `"${name}"`)
  const { promise: sent, resolve, reject } = Promise.withResolvers<void>()
  async function* pieces() {
    yield* encode(columns, rows)
    resolve()
  }
  // A COPY has the connection for itself: all that was sent before it is answered first.
  await client.query('select')
  const ahead = setAhead(client, false)
  const sink = client.query(copyFrom(`copy "${table}" (${names.join(', ')}) from stdin (format binary)`))
  const stored = pipeline(Readable.from(pieces(), { objectMode: false, highWaterMark: 1 << 20 }), sink)
    .then(() => sink.rowCount)
    .finally(() => setAhead(client, ahead))
  stored.catch(reject)
  await sent
  return { stored }
}
