// Shadow mode: sharded tables stand as tables partitioned by the hash of their district. PostgreSQL then refuses what a
// database spread over several machines would refuse, such as a unique key without the district.

import type { TableKind } from '../room.ts'

const PARTITIONS = 4
const CREATE = /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?"?(\w+)"?\s*\(/gi

/** The same migration with every `sharded` table partitioned. */
export function inShadow(text: string, tables: Readonly<Record<string, TableKind>>): string {
  const bare = blank(text)
  let shadow = ''
  let done = 0
  for (const found of bare.matchAll(CREATE)) {
    const table = found[1]!
    if (tables[table] !== 'sharded') continue
    const close = closing(bare, found.index + found[0].length)
    const end = bare.indexOf(';', close)
    // Storage parameters belong to the partitions, for the parent has no storage.
    const storage = text.slice(close + 1, end).trim()
    shadow += `${text.slice(done, close + 1)} partition by hash (district);${partitions(table, storage)}`
    done = end + 1
  }
  return shadow + text.slice(done)
}

const partitions = (table: string, storage: string) =>
  Array.from(
    { length: PARTITIONS },
    (_, i) => `\ncreate table ${table}_shadow_${i} partition of ${table} for values with (modulus ${PARTITIONS}, remainder ${i}) ${storage};`,
  ).join('')

/** Text of the same length in which comments, strings and bodies of functions are blank. */
export const blank = (text: string): string =>
  text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g, (piece) => ' '.repeat(piece.length))

function closing(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth++
    if (text[i] === ')' && --depth === 0) return i
  }
  throw new Error('a create table does not end')
}
