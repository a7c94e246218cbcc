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
const CASES_AT_ONCE = 20_000

/** Keeps facts and cubes up with the log: the facts, the sums and the position in the log change in one transaction. */
export const casesCounted = onBatch([caseStepped, caseLampChanged, casesImported], 'gather.cases', BATCH, hearCases)

async function hearCases(ctx: Context, events: Heard[]): Promise<void> {
  const { zone } = await getCityFacts(ctx)
  for (const run of runsOf(events)) {
    if (run[0]!.name === casesImported.name) await countImports(ctx, zone, run as Heard<CasesImported>[])
    else await countActs(ctx, zone, run as Heard<CaseStepped | CaseLampChanged>[])
  }
}

/** Neighbours of one kind together, in the order of the log. */
function runsOf(events: readonly Heard[]): Heard[][] {
  const runs: Heard[][] = []
  let last: boolean | undefined
  for (const heard of events) {
    const imported = heard.name === casesImported.name
    if (imported === last) runs.at(-1)!.push(heard)
    else runs.push([heard])
    last = imported
  }
  return runs
}

async function countActs(ctx: Context, zone: string, acts: readonly Heard<CaseStepped | CaseLampChanged>[]): Promise<void> {
  const before = new Map<string, CaseFact>()
  for (const [district, some] of Map.groupBy(acts, ({ body }) => body.district)) {
    const numbers = [...new Set(some.map(({ body }) => body.number))]
    for (const fact of await readFacts(ctx, district, numbers)) before.set(fact.number, fact)
  }

  const ledger = new Ledger(zone)
  const after = new Map(before)
  for (const heard of acts) {
    const known = after.get(heard.body.number)
    const fact = applyEvent(known, heard)
    if (!fact || fact === known) continue
    after.set(fact.number, fact)
    if (heard.name === caseStepped.name) countAct(ledger, known, fact, (heard.body as CaseStepped).step, new Date((heard.body as CaseStepped).at))
  }
  const changed = [...after.values()].filter((fact) => before.get(fact.number) !== fact)
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

/** The sums of an import are written for many cases at once: most of them fall on the same days. */
async function countImports(ctx: Context, zone: string, events: readonly Heard<CasesImported>[]): Promise<void> {
  let ledger = new Ledger(zone)
  let waiting = 0
  for (const { body, at } of events) {
    for await (const steps of readStepsOfImport(ctx, body)) {
      const facts = await importedFacts(ctx, body.district, at, steps, ledger)
      for (const fact of facts) ledger.change(undefined, fact)
      await writeFacts(ctx, facts)
      waiting += facts.length
      if (waiting < CASES_AT_ONCE) continue
      await addSheets(ctx, ledger.sheets())
      ledger = new Ledger(zone)
      waiting = 0
    }
  }
  await addSheets(ctx, ledger.sheets())
}

async function importedFacts(ctx: Context, district: string, at: Date, steps: readonly Step[], ledger: Ledger): Promise<CaseFact[]> {
  const histories = Map.groupBy(steps, (step) => step.number)
  const known = new Set((await readFacts(ctx, district, [...histories.keys()])).map(({ number }) => number))
  return [...histories].flatMap(([number, own]) => {
    // Heard before: a replay, or a case that has gone on since.
    if (known.has(number)) return []
    // Steps taken since the import have events of their own.
    const fact = foldCounted(own.filter(({ address }) => address === 'import'), ledger)
    return fact ? [atMoment(fact, at)] : []
  })
}

interface Step {
  readonly number: string
  readonly district: string
  readonly ordinal: number
  readonly step: string
  readonly toState: string
  readonly address: string | null
  readonly takenAt: Date
  readonly changes: Readonly<Record<string, unknown>>
}

/** A whole history as a fact, each of its steps counted where it is more than the usual. */
export function foldCounted(steps: readonly Omit<Step, 'address'>[], ledger: Ledger): CaseFact | undefined {
  let fact: CaseFact | undefined
  for (const { takenAt, ...step } of steps) {
    const after = applyStep(fact, { ...step, at: takenAt })
    if (after !== fact) countAct(ledger, fact, after, step.step, takenAt)
    fact = after
  }
  return fact
}

/** For the unit that had the case, also where the step took it away. */
const countAct = (ledger: Ledger, before: CaseFact | undefined, { district, unit }: CaseFact, step: string, at: Date): void =>
  ledger.act({ district, unit: unit || (before?.unit ?? '') }, step, at)
