// 待甄别: what the gate has held back, in groups, let through or declined by the group.

import { caseKey, FLOOD_WORDS, listCases, takeStep, wordsFor, type CaseRow, type FloodKind } from '../../cases/index.ts'
import { demand, Problem, record, type Context, type Language } from '../../kernel/index.ts'
import type { HeldGroup } from './contract.ts'
import { nothingHeld } from './problems.ts'

const PAGE = 200
const MOST_LISTED = 4_000
const MOST_AT_ONCE = 500

async function heldRows(ctx: Context): Promise<{ rows: CaseRow[]; more: boolean }> {
  const rows: CaseRow[] = []
  let cursor: string | undefined
  do {
    const page = await listCases(ctx, { state: 'held', open: true }, { limit: PAGE, cursor })
    rows.push(...page.rows)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && rows.length < MOST_LISTED)
  return { rows, more: cursor !== undefined }
}

const groupOf = ({ attributes }: CaseRow): string => String(attributes['heldGroup'] ?? 'hand:')

const BY_HAND = { zh: '人工转入', en: 'Put aside by hand' }

/** The groups, the largest first. */
export async function heldGroups(ctx: Context): Promise<{ items: HeldGroup[]; more: boolean }> {
  const { rows, more } = await heldRows(ctx)
  const items = [...Map.groupBy(rows, groupOf)].map(([group, some]) => {
    const [newest, oldest] = [some[0]!, some.at(-1)!]
    return {
      group,
      why: FLOOD_WORDS[group.split(':')[0] as FloodKind] ?? BY_HAND,
      held: some.length,
      firstAt: oldest.reportedAt.toISOString(),
      lastAt: newest.reportedAt.toISOString(),
      sample: {
        number: newest.number,
        description: wordsFor(ctx, newest)(newest.description),
        address: newest.address,
        source: newest.source,
      },
    }
  })
  return { items: items.toSorted((a, b) => b.held - a.held), more }
}

export interface Sifting {
  readonly group: string
  readonly act: 'release' | 'decline'
  readonly reason?: string | undefined
}

/** Lets a group through to the desk or declines it, with a verdict for each; those beyond five hundred are left for the next time. */
export async function siftGroup(ctx: Context, { group, act, reason }: Sifting, language: Language) {
  demand(ctx, 'hotline.manage')
  const all = (await heldRows(ctx)).rows.filter((row) => groupOf(row) === group)
  if (all.length === 0) throw nothingHeld()
  const items = []
  for (const row of all.slice(0, MOST_AT_ONCE)) {
    try {
      await takeStep(ctx, caseKey(row.number), { step: act, ...(reason && { reason }) })
      items.push({ number: row.number, done: true, why: null })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      items.push({ number: row.number, done: false, why: error.words[language] })
    }
  }
  record(ctx, `hotline.held-${act}`, group, '', { cases: items.filter(({ done }) => done).length })
  return { items, left: Math.max(0, all.length - MOST_AT_ONCE) }
}
