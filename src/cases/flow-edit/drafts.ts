import { record, type Context } from '../../kernel/index.ts'
import { flowFaults } from '../check-flow.ts'
import { flowKey, type Flow } from '../flow.ts'
import { keepFlow, putInUse } from '../flow-pack.ts'
import { allFlows, currentFlow } from '../flows.ts'
import { districtsOf } from '../scope.ts'
import type { Draft, DraftCheck, DraftListed, FlowListed, FlowUse } from './contract.ts'
import { flowChanges } from './flow-changes.ts'
import { demandFlows, findFlow, listed, permitsHeld, presentDraft, presentUse } from './list-flows.ts'
import { codeOfDraft, districtUnknown, draftMoved, draftThere, draftUnknown, flowFaulty, flowUnknown, useInPast } from './problems.ts'
import { ownFlows, type FlowDraftTable } from './tables.ts'

async function lockDraft(ctx: Context, code: string): Promise<FlowDraftTable> {
  demandFlows(ctx)
  const found = await ownFlows(ctx).selectFrom('flowDraft').selectAll().where('code', '=', code).forUpdate().executeTakeFirst()
  if (!found) throw draftUnknown({ code })
  return found
}

async function nextVersion(ctx: Context, code: string): Promise<number> {
  const known = [...(await allFlows(ctx)).byKey.values()].filter((flow) => flow.code === code)
  return Math.max(0, ...known.map(({ version }) => version)) + 1
}

/** Copies a flow into a draft: the next version of `code`, which may be a code of its own. */
export async function startDraft(ctx: Context, { code, from }: { code: string; from: string }): Promise<DraftListed> {
  const base = await findFlow(ctx, from)
  const there = await ownFlows(ctx).selectFrom('flowDraft').select('savedBy').where('code', '=', code).executeTakeFirst()
  if (there) throw draftThere({ code, by: there.savedBy })
  const body: Flow = { ...base, code, version: await nextVersion(ctx, code) }
  const who = { begunAt: ctx.now, begunBy: ctx.actor.name, savedAt: ctx.now, savedBy: ctx.actor.name }
  const draft: FlowDraftTable = { code, base: from, revision: 1, body, ...who }
  await ownFlows(ctx)
    .insertInto('flowDraft')
    .values({ ...draft, body: JSON.stringify(body) as unknown as Flow })
    .execute()
  record(ctx, 'case.flow-draft-begun', code, '', { from })
  return presentDraft(draft, await permitsHeld(ctx))
}

export async function showDraft(ctx: Context, code: string): Promise<Draft> {
  const draft = await lockDraft(ctx, code)
  const held = await permitsHeld(ctx)
  return { ...presentDraft(draft, held), flow: draft.body, held: [...held].toSorted() }
}

/** Keeps a draft as it stands, faults and all; one that somebody else has saved meanwhile is not overwritten. */
export async function saveDraft(ctx: Context, code: string, { revision, flow }: { revision: number; flow: Flow }): Promise<DraftListed> {
  const draft = await lockDraft(ctx, code)
  if (draft.revision !== revision) throw draftMoved({ by: draft.savedBy })
  if (flow.code !== code) throw codeOfDraft({ code })
  const body: Flow = { ...flow, version: draft.body.version }
  const saved = { revision: revision + 1, savedAt: ctx.now, savedBy: ctx.actor.name }
  await ownFlows(ctx)
    .updateTable('flowDraft')
    .set({ ...saved, body: JSON.stringify(body) as unknown as Flow })
    .where('code', '=', code)
    .execute()
  return presentDraft({ ...draft, ...saved, body }, await permitsHeld(ctx))
}

export async function dropDraft(ctx: Context, code: string): Promise<{ code: string }> {
  await lockDraft(ctx, code)
  await ownFlows(ctx).deleteFrom('flowDraft').where('code', '=', code).execute()
  record(ctx, 'case.flow-draft-dropped', code, '')
  return { code }
}

/** What keeps a draft from being published, and what would be different. */
export async function checkDraft(ctx: Context, code: string, against?: string): Promise<DraftCheck> {
  const { body } = await lockDraft(ctx, code)
  const before = against === undefined ? await currentFlow(ctx) : await findFlow(ctx, against)
  return {
    faults: flowFaults(body, await permitsHeld(ctx)).map(({ at, reason }) => ({ at, reason })),
    changes: flowChanges(before, body).map(({ at, words }) => ({ at, words })),
    against: flowKey(before),
  }
}

export interface UseChoice {
  readonly district: string
  readonly since?: string | undefined
}

/** Makes a draft a version for ever, and has new cases follow it where that is asked for. */
export async function publishDraft(
  ctx: Context,
  code: string,
  { revision, note, use }: { revision: number; note: string; use?: UseChoice | undefined },
): Promise<FlowListed> {
  const draft = await lockDraft(ctx, code)
  if (draft.revision !== revision) throw draftMoved({ by: draft.savedBy })
  const faults = flowFaults(draft.body, await permitsHeld(ctx))
  if (faults.length > 0) throw flowFaulty({ faults: faults.length }, { faults })
  // Another may have been loaded since the draft was begun.
  const flow: Flow = { ...draft.body, version: await nextVersion(ctx, code) }
  await keepFlow(ctx, flow, note.trim())
  await ownFlows(ctx).deleteFrom('flowDraft').where('code', '=', code).execute()
  record(ctx, 'case.flow-published', flowKey(flow), '', { note: note.trim(), base: draft.base, changes: flowChanges(await currentFlow(ctx), flow).map(({ words }) => words.zh) })
  if (use) await chooseUse(ctx, flow, use)
  return listed(flow, { loadedAt: ctx.now, publishedBy: ctx.actor.name, note: note.trim() }, 0)
}

/** Has new cases of a district, or of the whole city, follow a flow from now or from a later moment on. */
export async function useFlow(ctx: Context, { flow, ...use }: { flow: string | null } & UseChoice): Promise<FlowUse> {
  demandFlows(ctx)
  const found = flow === null ? null : await findFlow(ctx, flow)
  // The whole city always has one.
  if (found === null && use.district === '') throw flowUnknown({ flow: '' })
  return chooseUse(ctx, found, use)
}

async function chooseUse(ctx: Context, flow: Flow | null, { district, since }: UseChoice): Promise<FlowUse> {
  if (district !== '' && !(await districtsOf(ctx)).includes(district)) throw districtUnknown({ district })
  const from = since === undefined ? ctx.now : new Date(since)
  if (from < ctx.now) throw useInPast()
  await putInUse(ctx, district, flow, from)
  record(ctx, 'case.flow-chosen', flow ? flowKey(flow) : district, district, { since: from.toISOString() })
  const row = { district, since: from, code: flow?.code ?? null, version: flow?.version ?? null, chosenAt: ctx.now, chosenBy: ctx.actor.name }
  return presentUse(row, undefined, from > ctx.now ? 'later' : 'now')
}
