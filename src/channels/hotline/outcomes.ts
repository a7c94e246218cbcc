// What an operator makes of a call: a case, one more reporter of a case, or an answer at once.

import { caseKey, findCase, follow, hasEnded, flowOf, reportCase, reportInto, takeStep, type Report, type Reported } from '../../cases/index.ts'
import { demand, type Context, type Position } from '../../kernel/index.ts'
import { endCall, lockOwnCall, present } from './call-rows.ts'
import { linkCase, phoneOfCall } from './callers.ts'
import { useArticle } from './knowledge/use.ts'
import { caseNotOpen, replyEmpty } from './problems.ts'
import type { CallRow } from './tables.ts'

export interface DeskReport {
  readonly category: string
  readonly description: string
  readonly position: Position
  readonly address?: string | undefined
  readonly componentCode?: string | undefined
  readonly name?: string | undefined
  readonly source?: string | undefined
  readonly reportOnly?: boolean | undefined
}

/** What the caller reports, through the operator; the call's own id keeps one call from making two cases. */
async function reportOf(ctx: Context, call: CallRow, report: Omit<DeskReport, 'reportOnly'>): Promise<Report> {
  const { name, source = 'hotline', category, description, position, address, componentCode } = report
  const phone = await phoneOfCall(ctx, call.hash)
  return {
    category,
    description,
    position,
    address,
    componentCode,
    source,
    key: `call:${call.id}`,
    attributes: { channel: 'hotline', call: call.id },
    ...((name?.trim() || phone) && { reporter: { name: name?.trim() || undefined, phone } }),
  }
}

/** 受理: the case is made and, where the operator may and the flow knows it, accepted at once. */
export async function makeCase(ctx: Context, id: string, report: DeskReport) {
  const call = await lockOwnCall(ctx, id)
  const made = await reportCase(ctx, await reportOf(ctx, call, report))
  const flow = await flowOf(ctx, made.row)
  const accepts = !report.reportOnly && follow(flow, made.state, 'accept') !== undefined && ctx.actor.kind === 'person'
  const row = accepts ? await acceptIfMay(ctx, made) : made.row
  return {
    call: present(ctx, await endCall(ctx, call, { result: 'case', number: made.number })),
    number: made.number,
    queryWord: made.queryWord,
    state: row.state,
  }
}

async function acceptIfMay(ctx: Context, made: Reported) {
  if (!ctx.actor.grants.some(({ permits }) => permits.has('case.accept'))) return made.row
  return takeStep(ctx, caseKey(made.number), { step: 'accept' })
}

export interface Joining {
  readonly number: string
  readonly description?: string | undefined
  readonly name?: string | undefined
}

/** 并入在办: the caller's report is merged into an open case, so that it is counted and told of like any other. */
export async function joinCase(ctx: Context, id: string, { number, description, name }: Joining) {
  const call = await lockOwnCall(ctx, id)
  const key = caseKey(number)
  const target = await findCase(ctx, key)
  if (!target || hasEnded(await flowOf(ctx, target), target.state) || target.lng === null || target.lat === null) throw caseNotOpen()
  demand(ctx, 'case.merge')
  const { number: own, queryWord, root } = await reportInto(
    ctx,
    await reportOf(ctx, call, {
      category: target.category,
      description: description?.trim() || target.description,
      position: [target.lng, target.lat],
      address: target.address ?? undefined,
      name,
    }),
    target.number,
  )
  if (call.hash !== null) await linkCase(ctx, call.hash, root.number, 'joined', ctx.now)
  return { call: present(ctx, await endCall(ctx, call, { result: 'joined', number: own })), number: root.number, queryWord }
}

export interface Reply {
  readonly article?: string | undefined
  readonly note?: string | undefined
  readonly place?: { readonly category: string; readonly position: Position; readonly description: string } | undefined
}

/** 答复即结: a question is answered and the call ends. What lies at a place is counted among the reports, as answered. */
export async function replyAtOnce(ctx: Context, id: string, { article, note, place }: Reply) {
  const call = await lockOwnCall(ctx, id)
  if (article === undefined && !note?.trim()) throw replyEmpty()
  const used = article === undefined ? undefined : await useArticle(ctx, article)
  const said = [used?.question, note?.trim()].filter(Boolean).join('；')
  const number = place && (await answered(ctx, call, place, said))
  const ended = await endCall(ctx, call, { result: 'answered', articleId: article, note, number })
  return { call: present(ctx, ended), number: number ?? null }
}

async function answered(ctx: Context, call: CallRow, place: NonNullable<Reply['place']>, said: string): Promise<string> {
  const made = await reportCase(ctx, await reportOf(ctx, call, place))
  await takeStep(ctx, caseKey(made.number), { step: 'answer', note: said })
  return made.number
}
