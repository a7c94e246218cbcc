import type { Context, Fault } from '../kernel/index.ts'
import type { Flow } from './flow.ts'
import type { CaseKey } from './number.ts'
import { wordsOfStep } from './procedure.ts'
import { own, type CaseRow, type CaseStepTable } from './tables.ts'

/** Holds the row until the transaction ends, so that two steps on one case never cross. */
export const lockCase = (ctx: Context, { number, district }: CaseKey): Promise<CaseRow | undefined> =>
  own(ctx)
    .selectFrom('caseFile')
    .selectAll()
    .where('number', '=', number)
    .where('district', '=', district)
    .forUpdate()
    .executeTakeFirst()

export const readCase = (ctx: Context, { number, district }: CaseKey): Promise<CaseRow | undefined> =>
  own(ctx).selectFrom('caseFile').selectAll().where('number', '=', number).where('district', '=', district).executeTakeFirst()

export const readSteps = (ctx: Context, { number, district }: CaseKey): Promise<CaseStepTable[]> =>
  own(ctx)
    .selectFrom('caseStep')
    .selectAll()
    .where('number', '=', number)
    .where('district', '=', district)
    .orderBy('ordinal')
    .execute()

export const readReporter = (ctx: Context, { number, district }: CaseKey) =>
  own(ctx).selectFrom('caseReporter').selectAll().where('number', '=', number).where('district', '=', district).executeTakeFirst()

/** The telephone number that the reporter left. */
export const readPhone = async (ctx: Context, key: CaseKey): Promise<string | undefined> => (await readReporter(ctx, key))?.phone ?? undefined

/** The case that was made of the same report before. */
export const findOrigin = (ctx: Context, { system, key, district }: { system: string; key: string; district: string }) =>
  own(ctx)
    .selectFrom('caseOrigin')
    .select(['number', 'district'])
    .where('system', '=', system)
    .where('key', '=', key)
    .where('district', '=', district)
    .executeTakeFirst()

/** What others have done with a case since `version`, as faults that stand beside a refusal. */
export async function stepsSince(ctx: Context, flow: Flow, { number, district }: CaseKey, version: number): Promise<Fault[]> {
  const steps = await own(ctx)
    .selectFrom('caseStep')
    .select(['step', 'actorName', 'takenAt'])
    .where('number', '=', number)
    .where('district', '=', district)
    .where('ordinal', '>', version)
    .orderBy('ordinal')
    .limit(10)
    .execute()
  return steps.map(({ step, actorName, takenAt }) => {
    const words = wordsOfStep(flow, step) ?? { zh: step, en: step }
    return { at: `since.${takenAt.toISOString()}`, reason: { zh: `${actorName}：${words.zh}`, en: `${actorName}: ${words.en}` } }
  })
}
