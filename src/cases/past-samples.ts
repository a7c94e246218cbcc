// Closed cases as what the learned suggestion learns from: what was told, where and when, and who had it in the end.

import type { Context, Job } from '../kernel/index.ts'
import { findModel, MOST_SAMPLES, train, type Sample } from '../responsibility/index.ts'
import { districtsOf } from './scope.ts'
import { own } from './tables.ts'

const PAGE = 2_000

/** The newest closed cases of each district, as many of each, up to what is worth learning from. */
export async function* pastSamples(ctx: Context): AsyncGenerator<Sample> {
  const districts = await districtsOf(ctx)
  const most = Math.ceil(MOST_SAMPLES / Math.max(1, districts.length))
  for (const district of districts) yield* samplesOf(ctx, district, most)
}

async function* samplesOf(ctx: Context, district: string, most: number): AsyncGenerator<Sample> {
  let last: { reportedAt: Date; number: string } | undefined
  for (let taken = 0; taken < most; ) {
    const rows = await own(ctx)
      .selectFrom('caseFile')
      .select(['number', 'category', 'description', 'address', 'cell', 'community', 'street', 'lng', 'lat', 'reportedAt', 'unitCode'])
      .where('district', '=', district)
      .where('endedAt', 'is not', null)
      .where('outcome', '=', 'established')
      .where('unitCode', 'is not', null)
      .$if(last !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) => eb(refTuple('reportedAt', 'number'), '<', tuple(last!.reportedAt, last!.number))),
      )
      .orderBy('reportedAt', 'desc')
      .orderBy('number', 'desc')
      .limit(Math.min(PAGE, most - taken))
      .execute()
    for (const row of rows) {
      yield {
        text: [row.description, row.address].filter(Boolean).join(' '),
        category: row.category,
        region: row.cell ?? row.community ?? row.street ?? district,
        position: row.lng === null || row.lat === null ? null : [row.lng, row.lat],
        at: +row.reportedAt,
        unit: row.unitCode!,
      }
    }
    taken += rows.length
    last = rows.at(-1)
    if (rows.length < PAGE) return
  }
}

const DAY_MS = 86_400_000

/** Learns anew once a day, beside all other work; a program that was started again finds what it learned before. */
export const learnDaily: Job = {
  name: 'cases.learn-responsibility',
  every: 3_600,
  async run(ctx) {
    const model = await findModel(ctx)
    if (model && +ctx.now - Date.parse(model.trainedAt) < DAY_MS) return
    await train(ctx, pastSamples(ctx), { gently: true })
  },
}
