// How many reports an incident has: kept on its root, and on every case on the way to it, by a step of each, so that history says
// who came and who went.

import type { Context } from '../../kernel/index.ts'
import type { CaseRow } from '../tables.ts'
import { writeSteps } from '../write.ts'
import { targetEnded } from './problems.ts'
import { wayToRoot } from './store.ts'

const NAMED = 20

/** `members` have been merged into `parent`: it and all above it have so many reports more. Holds the root until the transaction ends. */
export async function joined(ctx: Context, parent: string, members: readonly CaseRow[]): Promise<CaseRow | undefined> {
  const way = await wayToRoot(ctx, parent, true)
  const root = way.at(-1)
  if (!root || root.endedAt !== null) throw targetEnded({ number: parent })
  const gained = members.reduce((sum, { reports }) => sum + reports, 0)
  return change(ctx, way, 'joined', gained, members)
}

/** `member` has been taken out of `parent`. */
export async function parted(ctx: Context, parent: string, member: CaseRow): Promise<CaseRow | undefined> {
  return change(ctx, await wayToRoot(ctx, parent, true), 'parted', -member.reports, [member])
}

async function change(ctx: Context, way: readonly CaseRow[], step: 'joined' | 'parted', by: number, members: readonly CaseRow[]): Promise<CaseRow | undefined> {
  const more = members.length > NAMED ? ` … (${members.length})` : ''
  const note = members.slice(0, NAMED).map(({ number }) => number).join(' ') + more
  let root: CaseRow | undefined
  for (const before of way) {
    root = { ...before, ordinal: before.ordinal + 1, reports: before.reports + by }
    await writeSteps(ctx, [{ step, fromState: before.state, before, after: root, post: null, note }])
  }
  return root
}
