import { cache, type Context } from '../kernel/index.ts'
import { cityLoaded } from '../atlas/index.ts'
import type { DictionaryEntry, DictionaryName } from './contract.ts'
import { ownTables } from './tables.ts'

const dictionaryCache = cache<ReadonlyMap<string, readonly DictionaryEntry[]>>({
  name: 'registry.dictionaries',
  until: [cityLoaded],
  async build(ctx) {
    const rows = await ownTables(ctx).selectFrom('dictionary').selectAll().orderBy('name').orderBy('ordinal').orderBy('code').execute()
    const entries = rows.map(({ name, code, word, wordEn }) => ({ dictionary: name, entry: { code, name: { zh: word, en: wordEn ?? word } } }))
    const byName = Map.groupBy(entries, ({ dictionary }) => dictionary)
    return new Map([...byName].map(([name, some]) => [name, some.map(({ entry }) => entry)]))
  },
})

/** The words of one dictionary, in their order. */
export const dictionary = async (ctx: Context, name: DictionaryName): Promise<readonly DictionaryEntry[]> =>
  (await ctx.caches.get(ctx, dictionaryCache)).get(name) ?? []
