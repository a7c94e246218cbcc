import { announce, record, type Context } from '../kernel/index.ts'
import { getCityFacts } from '../atlas/index.ts'
import type { ModelFacts } from './contract.ts'
import { modelTrained } from './events.ts'
import { packModel, type Sample } from './learn.ts'
import { learnSamples, measureLearning } from './learn-samples.ts'
import { takeNumbers } from './number.ts'
import { own, type ModelTable } from './tables.ts'

/** Below this a history says nothing; above the other, the newest say enough. */
export const FEWEST_SAMPLES = 200
export const MOST_SAMPLES = 100_000
/** Models that were in force before are kept for comparison. */
const KEPT = 3

export const presentModel = ({ version, trainedAt, samples, figures, body }: Omit<ModelTable, 'body'> & { body: number }): ModelFacts => ({
  version,
  trainedAt: trainedAt.toISOString(),
  samples,
  units: figures.units ?? 0,
  bytes: body,
  top1: figures.top1 ?? 0,
  top3: figures.top3 ?? 0,
  majority: figures.majority ?? 0,
  byCategory: figures.byCategory ?? 0,
  measured: figures.measured ?? 0,
})

/**
 * Learns who had what from past cases, the newest first, and keeps the model. Nothing is written before all is learned, so that
 * no one waits for it. Undefined where there are too few samples to learn from.
 */
export async function train(ctx: Context, samples: AsyncIterable<Sample>, { gently = false } = {}): Promise<ModelFacts | undefined> {
  const newest: Sample[] = []
  for await (const sample of samples) {
    newest.push(sample)
    if (newest.length === MOST_SAMPLES) break
  }
  if (newest.length < FEWEST_SAMPLES) return undefined
  newest.sort((a, b) => a.at - b.at)

  const { zone } = await getCityFacts(ctx)
  // Measured on the newest tenth by a learner that never saw it; the one that is kept then learns from all.
  const figures = await measureLearning(newest, zone, Math.floor(newest.length * 0.9), gently)
  const finished = (await learnSamples(newest, zone, gently)).finish()
  const body = Buffer.from(packModel(finished))
  const version = await takeNumbers(ctx, 'model', '', 1)
  const row = { version, trainedAt: ctx.now, samples: newest.length, figures: { ...figures, units: finished.head.units.length } }
  await own(ctx)
    .insertInto('responsibilityModel')
    .values({ ...row, body })
    .execute()
  await own(ctx)
    .deleteFrom('responsibilityModel')
    .where('version', '<=', version - KEPT)
    .execute()
  announce(ctx, modelTrained, '', { version })
  record(ctx, 'responsibility.model-trained', String(version), '', { samples: newest.length, ...figures })
  return presentModel({ ...row, body: body.length })
}
