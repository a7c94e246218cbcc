import { getCityFacts } from '../atlas/index.ts'
import {
  caseLampChanged,
  casesImported,
  caseStepped,
  readStepsOfImport,
  type CaseLampChanged,
  type CasesImported,
  type CaseStepped,
} from '../cases/index.ts'
import { onBatch, type Context, type Heard } from '../kernel/index.ts'
import { applyLamp, applyStep, atMoment, type CaseFact } from './fact.ts'
import { Ledger } from './ledger.ts'
import { addSheets, readFacts, writeFacts } from './store.ts'

const BATCH = 500

/** Keeps facts and cubes up with the log: the facts, the sums and the position in the log change in one transaction. */
export const casesCounted = onBatch([caseStepped, caseLampChanged, casesImported], 'gather.cases', BATCH, hearCases)

async function hearCases(ctx: Context, events: Heard[]): Promise<void> {
  const { zone } = await getCityFacts(ctx)
  let waiting: Heard[] = []
  for (const heard of events) {
    if (heard.name !== casesImported.name) {
      waiting.push(heard)
      continue
    }
    // An import may be large, and is counted by itself so that no batch outgrows the memory.
    await countActs(ctx, zone, waiting)
    waiting = []
    await countImport(ctx, zone, heard as Heard<CasesImported>)
  }
  await countActs(ctx, zone, waiting)
}

async function countActs(ctx: Context, zone: string, events: readonly Heard[]): Promise<void> {
  if (events.length === 0) return
  const acts = events as readonly Heard<CaseStepped | CaseLampChanged>[]
  const before = new Map<string, CaseFact>()
  for (const [district, some] of Map.groupBy(acts, ({ body }) => body.district)) {
    const numbers = [...new Set(some.map(({ body }) => body.number))]
    for (const fact of await readFacts(ctx, district, numbers)) before.set(fact.number, fact)
  }

  const after = new Map(before)
  for (const heard of acts) {
    const known = after.get(heard.body.number)
    const fact = applyEvent(known, heard)
    if (fact && fact !== known) after.set(fact.number, fact)
  }
  const changed = [...after.values()].filter((fact) => before.get(fact.number) !== fact)
  const ledger = new Ledger(zone)
  for (const fact of changed) ledger.change(before.get(fact.number), fact)
  await writeFacts(ctx, changed)
  await addSheets(ctx, ledger.sheets())
}

function applyEvent(known: CaseFact | undefined, heard: Heard<CaseStepped | CaseLampChanged>): CaseFact | undefined {
  if (heard.name === caseStepped.name) {
    const body = heard.body as CaseStepped
    return applyStep(known, { ...body, at: new Date(body.at) })
  }
  const { lamp, at } = heard.body as CaseLampChanged
  return known && applyLamp(known, lamp, new Date(at))
}

async function countImport(ctx: Context, zone: string, heard: Heard<CasesImported>): Promise<void> {
  for await (const steps of readStepsOfImport(ctx, heard.body)) {
    const { district } = heard.body
    const known = new Set((await readFacts(ctx, district, [...new Set(steps.map(({ number }) => number))])).map(({ number }) => number))
    const ledger = new Ledger(zone)
    const facts: CaseFact[] = []
    for (const [number, own] of Map.groupBy(steps, (step) => step.number)) {
      // Heard before: a replay, or a case that has gone on since.
      if (known.has(number)) continue
      // Steps taken since the import have events of their own.
      const fact = own.filter(({ address }) => address === 'import').reduce(foldStep, undefined)
      if (fact) facts.push(atMoment(fact, heard.at))
    }
    for (const fact of facts) ledger.change(undefined, fact)
    await writeFacts(ctx, facts)
    await addSheets(ctx, ledger.sheets())
  }
}

type Step = { number: string; district: string; ordinal: number; toState: string; takenAt: Date; changes: Record<string, unknown> }

/** One more step of a case's history. */
export const foldStep = (fact: CaseFact | undefined, { takenAt, ...step }: Step): CaseFact => applyStep(fact, { ...step, at: takenAt })
