import { sql } from 'kysely'
import { cache, type Context } from '../kernel/index.ts'
import type { Unit } from '../registry/index.ts'
import type { LearnedAnswer, ModelFacts } from './contract.ts'
import type { Situation } from './decide-units.ts'
import { modelTrained } from './events.ts'
import { suggestBy, unpackModel, type Model } from './learn.ts'
import { own } from './tables.ts'
import { presentModel } from './train.ts'

const modelCache = cache<{ model: Model; samples: number } | undefined>({
  name: 'responsibility.model',
  until: [modelTrained],
  async build(ctx) {
    const row = await own(ctx).selectFrom('responsibilityModel').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
    return row && { model: unpackModel(row.body), samples: row.samples }
  },
})

/** Less likely units are not worth a look. */
const LEAST = 0.05
const MOST = 3

/** Who had the like before, by what was learned; empty where nothing was learned yet. */
export async function suggest(ctx: Context, situation: Situation & { at: Date }, units: ReadonlyMap<string, Unit>): Promise<LearnedAnswer[]> {
  const found = await ctx.caches.get(ctx, modelCache)
  if (!found) return []
  const { category, region, position, text = '', at } = situation
  const shares = suggestBy(found.model, { category, region, position, text, at: +at })
  return shares
    .flatMap(({ unit: code, share }) => {
      const unit = units.get(code)
      if (!unit || share < LEAST) return []
      const percent = Math.round(share * 100)
      const words = {
        zh: `历史上同类约 ${percent}% 由其处置（学自 ${found.samples.toLocaleString('en')} 件案卷）`,
        en: `had about ${percent}% of the like (learned from ${found.samples.toLocaleString('en')} cases)`,
      }
      return [{ unitCode: code, unitPath: unit.path, name: unit.name, words, confidence: Math.round(share * 100) / 100 }]
    })
    .slice(0, MOST)
}

/** What the suggestion in force rests on, and how good it was on what it had not seen. */
export async function findModel(ctx: Context): Promise<ModelFacts | undefined> {
  const row = await own(ctx)
    .selectFrom('responsibilityModel')
    .select(['version', 'trainedAt', 'samples', 'figures', sql<number>`octet_length(body)`.as('body')])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && presentModel(row)
}
