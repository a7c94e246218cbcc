import type { Context } from '../context.ts'

const CHUNK = 500

/** Writes rows, replacing those of the same key; for tables of thousands, not of millions. */
export async function putRows(
  ctx: Context,
  table: string,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const some = rows.slice(from, from + CHUNK)
    const others = Object.keys(some[0]!).filter((column) => !key.includes(column))
    await ctx.db
      .withTables<Record<string, Record<string, unknown>>>()
      .insertInto(table)
      .values(some)
      .onConflict((on) => {
        const same = on.columns([...key])
        if (others.length === 0) return same.doNothing()
        return same.doUpdateSet((row) => Object.fromEntries(others.map((column) => [column, row.ref(`excluded.${column}`)])))
      })
      .execute()
  }
}
