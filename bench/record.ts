// What the program asks of the database for one piece of work, so that a bare client can ask the same.

import pg from 'pg'
import { types } from '../src/kernel/database/types.ts'

export interface Asked {
  readonly text: string
  readonly name?: string | undefined
  readonly values?: readonly unknown[] | undefined
}

/** All statements of the transactions that write, in order, that any connection of this process sends while `work` runs. */
export async function recordWrites(work: () => Promise<void>): Promise<Asked[][]> {
  const open = new Map<unknown, Asked[]>()
  const done: Asked[][] = []
  const original = pg.Client.prototype.query
  // oxlint-disable-next-line no-explicit-any
  pg.Client.prototype.query = function (this: pg.Client, ...call: any[]) {
    const [first, values] = call
    const asked: Asked | undefined =
      typeof first === 'string' ? { text: first, values } : first?.text ? { text: first.text, name: first.name, values: first.values } : undefined
    if (asked?.text === 'begin') open.set(this, [])
    if (asked) open.get(this)?.push(asked)
    if (asked?.text === 'commit' && open.has(this)) {
      done.push(open.get(this)!)
      open.delete(this)
    }
    // oxlint-disable-next-line no-explicit-any
    return (original as any).apply(this, call)
  } as typeof original
  try {
    await work()
  } finally {
    pg.Client.prototype.query = original
  }
  // The background's own transactions (sealing, hearing, lamps) are the program's burden, not the floor's.
  return done.filter((statements) => statements.some(({ text }) => text.includes('case_step')))
}

/** Replaces what must differ between two lives in every value, however deep it lies. */
export function rewrite(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map((each) => rewrite(each, replace))
  if (value === null || typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rewrite(each, replace)]))
}

export async function bareClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types, options: '-c TimeZone=UTC -c jit=off' })
  await client.connect()
  return client
}

/** Sends recorded transactions as they stand; a statement is prepared as the program prepared it. */
export async function replay(client: pg.Client, transactions: readonly (readonly Asked[])[], replace: (text: string) => string): Promise<void> {
  for (const statements of transactions) {
    for (const { text, name, values } of statements) {
      await client.query({ text, ...(name && { name }), ...(values && { values: values.map((value) => rewrite(value, replace)) }) })
    }
  }
}
