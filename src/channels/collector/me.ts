import { beatName, getCityFacts } from '../../atlas/index.ts'
import { findPublicCase, flowOf, myTasks, wordsFor } from '../../cases/index.ts'
import { cursorOf, keyOf, type Context } from '../../kernel/index.ts'
import { dutyOf, findPerson, type Duty as RegistryDuty } from '../../registry/index.ts'
import type { CollectorMe, Duty, HistoryLine } from './contract.ts'
import { countToday, myActs } from './store.ts'
import { titleOf } from './tasks.ts'

export const presentDuty = ({ onDuty, since, position, positionAt }: RegistryDuty): Duty => ({
  onDuty,
  since,
  position,
  seenAt: positionAt,
})

/** Who I am on the street: my unit, my beat, whether I am on duty and how much there is. */
export async function findMe(ctx: Context): Promise<CollectorMe> {
  const person = await findPerson(ctx, ctx.actor.id)
  const { zone } = await getCityFacts(ctx)
  const beat = person?.beatCode
  return {
    name: person?.name ?? ctx.actor.name,
    unit: person?.unitName.zh ?? null,
    beats: beat ? [{ code: beat, name: await beatName(ctx, beat) }] : [],
    duty: presentDuty(await dutyOf(ctx)),
    tasks: (await myTasks(ctx)).length,
    doneToday: await countToday(ctx, zone),
    now: ctx.now.toISOString(),
  }
}

/** What I reported and answered, newest first. */
export async function listHistory(ctx: Context, { cursor, limit = 30 }: { cursor?: string | undefined; limit?: number | undefined }) {
  const [at, id] = cursor === undefined ? [] : keyOf(cursor, 'moment', 'uuid')
  const acts = await myActs(ctx, limit + 1, at && id ? { at: new Date(at), id } : undefined)
  const shown = acts.slice(0, limit)
  const items = await Promise.all(
    shown.map(async ({ kind, number, district, at: actedAt, passed }): Promise<HistoryLine> => {
      const row = await findPublicCase(ctx, { number, district })
      const flow = row && (await flowOf(ctx, row))
      const state = row?.state ?? ''
      return {
        kind,
        number,
        title: row ? await titleOf(ctx, row) : number,
        address: row ? wordsFor(ctx, row)(row.address ?? '') : '',
        at: actedAt.toISOString(),
        state,
        stateName: flow?.states[state]?.words ?? { zh: state, en: state },
        passed,
      }
    }),
  )
  const last = shown.at(-1)
  return { items, next: acts.length > limit && last ? cursorOf([last.at.toISOString(), last.id]) : null }
}
