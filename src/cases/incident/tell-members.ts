// When the root of an incident ends, all that was merged into it ends told: each gets a step of its own, which whoever sends messages hears.

import { sql } from 'kysely'
import { onBatch, type Context, type Heard } from '../../kernel/index.ts'
import { caseStepped, type CaseStepped } from '../events.ts'
import type { CaseRow } from '../tables.ts'
import { writeSteps } from '../write.ts'
import { readCases, treeBelow } from './store.ts'

const BATCH = 200
/** More reports than any storm has had; what lies beyond is told all the same by the progress of the root. */
const MOST = 20_000

export const membersTold = onBatch([caseStepped], 'cases.members-told', BATCH, async (ctx, events) => {
  const ends = (events as Heard<CaseStepped>[]).filter(({ body }) => typeof body.changes.endedAt === 'string' && body.changes.outcome !== 'merged')
  if (ends.length === 0) return
  const rows = new Map((await readCases(ctx, ends.map(({ body }) => body.number))).map((row) => [row.number, row]))
  for (const { body } of ends) {
    const root = rows.get(body.number)
    if (root && root.reports > 1) await tellMembers(ctx, root, body)
  }
})

async function tellMembers(ctx: Context, root: CaseRow, end: CaseStepped): Promise<void> {
  const members = await treeBelow(ctx, root.number, MOST)
  const told = await toldSince(ctx, members, new Date(end.at))
  for (const row of members) {
    if (told.has(row.number)) continue
    const after: CaseRow = { ...row, ordinal: row.ordinal + 1 }
    await writeSteps(ctx, [{ step: 'root-ended', fromState: row.state, before: row, after, post: null, note: `${root.number} ${end.step}` }])
  }
}

/** Those who have heard of this end: the log may tell of it twice. */
async function toldSince(ctx: Context, members: readonly CaseRow[], at: Date): Promise<Set<string>> {
  const told = new Set<string>()
  for (const [district, some] of Map.groupBy(members, (row) => row.district)) {
    const { rows } = await sql<{ number: string }>`
      select distinct number from case_step
       where district = ${district} and number = any(${some.map(({ number }) => number)}::text[]) and step = 'root-ended' and taken_at >= ${at}`.execute(
      ctx.db,
    )
    for (const { number } of rows) told.add(number)
  }
  return told
}
