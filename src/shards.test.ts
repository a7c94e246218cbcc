// Rules by which the tables could be spread over several machines, read from the catalogue of the database.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rooms } from './app.ts'
import { clientOf, type Context } from './kernel/index.ts'
import { inCity } from './testing.ts'

const kinds = Object.assign({}, ...rooms.map((room) => room.tables ?? {})) as Record<string, string>
const of = (kind: string) => Object.keys(kinds).filter((table) => kinds[table] === kind)

/** Rows as lines, which an empty answer must be. */
async function found(ctx: Context, text: string, ...values: unknown[]): Promise<string> {
  const { rows } = await clientOf(ctx.db).query<Record<string, unknown>>(text, values)
  return rows.map((row) => Object.values(row).join(' ')).join('\n')
}

test('every table of the database is declared', inCity(async (ctx) => {
  const undeclared = await found(
    ctx,
    `select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'migration' and c.relname <> all($1)`,
    Object.keys(kinds),
  )
  assert.equal(undeclared, '')
}))

test('each key of a sharded table holds its district', inCity(async (ctx) => {
  const keyless = await found(
    ctx,
    `select i.indrelid::regclass as on_table, i.indexrelid::regclass as key from pg_index i
       join pg_class c on c.oid = i.indrelid
      where c.relname = any($1) and c.relnamespace = 'public'::regnamespace and i.indisunique
        and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey) and a.attname = 'district')`,
    of('sharded'),
  )
  assert.equal(keyless, '')
}))

test('the district of a sharded row is given by the program, never by a default', inCity(async (ctx) => {
  const loose = await found(
    ctx,
    `select t.name from unnest($1::text[]) as t(name)
       left join pg_attribute a on a.attrelid = t.name::regclass and a.attname = 'district'
      where a.attnum is null or not a.attnotnull or a.atthasdef`,
    of('sharded'),
  )
  assert.equal(loose, '')
}))

test('sharded and reference tables have neither triggers nor numbers given by one machine', inCity(async (ctx) => {
  const tables = [...of('sharded'), ...of('reference')]
  const triggers = await found(ctx, `select tgrelid::regclass, tgname from pg_trigger where not tgisinternal and tgrelid = any($1::regclass[])`, tables)
  const numbered = await found(
    ctx,
    `select attrelid::regclass as in_table, attname from pg_attribute a
      where attrelid = any($1::regclass[])
        and (attidentity <> '' or exists (select from pg_attrdef d where d.adrelid = attrelid and d.adnum = attnum
                                             and pg_get_expr(d.adbin, d.adrelid) like 'nextval%'))`,
    tables,
  )
  assert.equal(triggers + numbered, '')
}))

test('a reference goes to a table that is there: within a district, or to one that every machine has', inCity(async (ctx) => {
  const { rows } = await clientOf(ctx.db).query<{ name: string; source: string; target: string; columns: string[]; on_delete: string }>(
    `select conname as name, f.relname as source, t.relname as target, confdeltype as on_delete,
            array(select attname::text from pg_attribute where attrelid = conrelid and attnum = any(conkey)) as columns
       from pg_constraint
       join pg_class f on f.oid = conrelid and not f.relispartition
       join pg_class t on t.oid = confrelid and not t.relispartition
      where contype = 'f' and conparentid = 0 and f.relnamespace = 'public'::regnamespace`,
  )
  const wrong = rows.filter(({ source, target, columns, on_delete }) => {
    const [from, to] = [kinds[source], kinds[target]]
    if (to === 'sharded') return from !== 'sharded' || !columns.includes('district') || on_delete === 'n' || on_delete === 'd'
    return to === 'local' && from !== 'local'
  })
  assert.deepEqual(wrong, [])
}))
