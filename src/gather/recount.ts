// The proof that the cubes are right: every case is counted again from its history, by the same pure rules, and compared.

import { findDivisions, getCityFacts } from '../atlas/index.ts'
import type { Lamp } from '../cases/contract.ts'
import { readStepsOfDistrict } from '../cases/index.ts'
import type { Check, Context } from '../kernel/index.ts'
import { turnedTo, type CaseFact } from './fact.ts'
import { foldCounted } from './hear-cases.ts'
import { Ledger, type Sheets } from './ledger.ts'
import { clearAll, copyFacts, copySheets, readDistricts, readFactsAfter, readSheet } from './store.ts'

/** A limit that has passed, or a step that was taken, less than this ago may still be on its way here. */
const GRACE_MS = 60_000
const DIFFERENCES_NAMED = 20

const KEY_BREAK = '/'

export const cubesEqualHistory: Check = {
  name: 'gather',
  proves: { zh: '统计与历史重新计数一致', en: 'The statistics equal a recount from history' },
  async *run(ctx) {
    const { zone } = await getCityFacts(ctx)
    const districts = new Set([...(await findDivisions(ctx, { level: 'district' })).map(({ code }) => code), ...(await readDistricts(ctx))])
    for (const district of districts) {
      const ledger = new Ledger(zone)
      yield* compareFacts(ctx, district, ledger)
      const sheets = ledger.sheets()
      for (const name of ['tally', 'cube', 'standing', 'acts'] as const) yield* compareSheet(ctx, name, sheets, district)
    }
  },
}

/** Walks the histories of a district beside its facts; what is right of each goes into the ledger. */
async function* compareFacts(ctx: Context, district: string, ledger: Ledger): AsyncGenerator<string> {
  const facts = inOrder(ctx, district)
  let fact = (await facts.next()).value
  for await (const { steps, lamps } of readStepsOfDistrict(ctx, district)) {
    for (const [number, own] of Map.groupBy(steps, (step) => step.number)) {
      while (fact && fact.number < number) {
        yield `gather: ${fact.number} is counted, and has no history`
        fact = (await facts.next()).value
      }
      const known: CaseFact | undefined = fact?.number === number ? fact : undefined
      if (known) fact = (await facts.next()).value
      const late = own.find(({ ordinal, takenAt }) => ordinal > (known?.ordinal ?? 0) && isOld(ctx, takenAt))
      if (late && !isImport(late)) yield `gather: step ${late.ordinal} of ${number} is not counted`
      if (!known) {
        if (late && isImport(late)) yield `gather: ${number} is not counted`
        continue
      }
      const right = foldCounted(own.filter(({ ordinal }) => ordinal <= known.ordinal), ledger)
      if (!right) continue
      const { fact: settled, differs } = settle(ctx, right, lamps.get(number), known)
      if (differs.length > 0) yield `gather: ${number} differs from its history in ${differs.join(', ')}`
      ledger.change(undefined, settled)
    }
  }
  for (; fact; fact = (await facts.next()).value) yield `gather: ${fact.number} is counted, and has no history`
}

const isImport = ({ address }: { address: string | null }) => address === 'import'
const isOld = (ctx: Context, at: Date) => +at < +ctx.now - GRACE_MS

/** Time alone turns lamps: the fact must have the lamp of its case, unless that was turned a moment ago. */
function settle(ctx: Context, folded: CaseFact, lamp: Lamp | undefined, known: CaseFact): { fact: CaseFact; differs: string[] } {
  const lamps = new Set([lamp ?? folded.lamp, ...stillPossible(ctx, folded)])
  const found = [...lamps].map((one) => {
    const fact = turnedTo(folded, one)
    return { fact, differs: differences(fact, known) }
  })
  return found.sort((a, b) => a.differs.length - b.differs.length)[0]!
}

const stillPossible = (ctx: Context, { dueAt, yellowAt }: CaseFact): Lamp[] => [
  ...(dueAt && !isOld(ctx, dueAt) ? (['yellow', 'green'] as const) : []),
  ...(yellowAt && !isOld(ctx, yellowAt) ? (['green'] as const) : []),
]

const differences = (right: CaseFact, known: CaseFact): string[] =>
  (Object.keys(right) as (keyof CaseFact)[]).filter((column) => JSON.stringify(right[column]) !== JSON.stringify(known[column]))

async function* inOrder(ctx: Context, district: string): AsyncGenerator<CaseFact, undefined> {
  const AT_ONCE = 2000
  for (let after = ''; ; ) {
    const facts = await readFactsAfter(ctx, district, after, AT_ONCE)
    yield* facts
    if (facts.length < AT_ONCE) return undefined
    after = facts.at(-1)!.number
  }
}

async function* compareSheet(ctx: Context, name: keyof Sheets, sheets: Sheets, district: string): AsyncGenerator<string> {
  const right = new Map<string, readonly number[]>()
  for (const [key, counts] of sheets[name].entries()) right.set(key.join(KEY_BREAK), counts)
  let named = 0
  for await (const { key, counts } of readSheet(ctx, name, district)) {
    const text = key.join(KEY_BREAK)
    const due = right.get(text)
    right.delete(text)
    if (due?.every((count, i) => count === counts[i])) continue
    const says = due?.join(',') ?? 'nothing'
    if (named++ < DIFFERENCES_NAMED) yield `gather: ${name} ${text} holds ${counts.join(',')}, and the history says ${says}`
  }
  for (const [text, counts] of right) {
    if (named++ < DIFFERENCES_NAMED) yield `gather: ${name} ${text} is missing, and the history says ${counts.join(',')}`
  }
  if (named > DIFFERENCES_NAMED) yield `gather: ${name} of ${district} has ${named - DIFFERENCES_NAMED} more differences`
}

/** Forgets all sums and counts every case anew from its history; no listener may run meanwhile. */
export async function countAnew(ctx: Context): Promise<number> {
  const { zone } = await getCityFacts(ctx)
  await clearAll(ctx)
  let count = 0
  for (const { code } of await findDivisions(ctx, { level: 'district' })) {
    const ledger = new Ledger(zone)
    for await (const { steps, lamps } of readStepsOfDistrict(ctx, code)) {
      const facts: CaseFact[] = []
      for (const [number, own] of Map.groupBy(steps, (step) => step.number)) {
        const fact = foldCounted(own, ledger)
        if (fact) facts.push(turnedTo(fact, lamps.get(number) ?? fact.lamp))
      }
      for (const fact of facts) ledger.change(undefined, fact)
      await copyFacts(ctx, facts)
      count += facts.length
    }
    await copySheets(ctx, ledger.sheets())
  }
  return count
}
