import { cache, type Context } from '../kernel/index.ts'
import { cityLoaded } from '../atlas/index.ts'
import type { DictionaryEntry, DictionaryName } from './contract.ts'
import { ownTables, type DictionaryTable } from './tables.ts'

const present = ({ code, word, wordEn }: DictionaryTable): DictionaryEntry => ({ code, name: { zh: word, en: wordEn ?? word } })

const dictionaryCache = cache<ReadonlyMap<string, readonly DictionaryEntry[]>>({
  name: 'registry.dictionaries',
  until: [cityLoaded],
  async build(ctx) {
    const rows = await ownTables(ctx).selectFrom('dictionary').selectAll().orderBy('name').orderBy('ordinal').orderBy('code').execute()
    const byName = Map.groupBy(rows, ({ name }) => name)
    return new Map([...byName].map(([name, some]) => [name, some.map(present)]))
  },
})

/** The words of one dictionary, in their order. */
export const dictionary = async (ctx: Context, name: DictionaryName): Promise<readonly DictionaryEntry[]> =>
  (await ctx.caches.get(ctx, dictionaryCache)).get(name) ?? []
