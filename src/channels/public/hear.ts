// What the portal keeps from the event log: where open cases lie, and how many were reported and closed a day.

import { caseStepped, casesImported, findPublicCase, readStepsOfImport, type CaseStepped, type CasesImported } from '../../cases/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import { onBatch, wallDay, type Context, type Heard } from '../../kernel/index.ts'
import { ENDED } from './progress.ts'
import { addTallies, dropSpots, putSpots, type Spot, type Tally } from './store.ts'

const ended: readonly string[] = ENDED

/** One thing that happened to one case, wherever it is told of. */
interface Happened {
  readonly number: string
  readonly district: string
  readonly ordinal: number
  readonly toState: string
  readonly fromState: string | null
  readonly at: Date
  readonly lng: number | null
  readonly lat: number | null
  /** Known where the whole case is at hand; otherwise it is looked up. */
  readonly disposedLate?: boolean | null
}

export const keepPublicFacts = onBatch([caseStepped, casesImported], 'public.facts', 200, async (ctx, events) => {
  let happened: Happened[] = []
  for (const heard of events as Heard<unknown>[]) {
    if (heard.name === caseStepped.name) {
      happened.push(stepOf(heard.body as CaseStepped))
      continue
    }
    await keep(ctx, happened)
    happened = []
    // Piece by piece: an import of a whole city's past does not fit into memory.
    for await (const piece of importOf(ctx, heard.body as CasesImported)) await keep(ctx, piece)
  }
  await keep(ctx, happened)
})

function stepOf({ number, district, ordinal, toState, fromState, at, changes }: CaseStepped): Happened {
  const [lng, lat] = [changes['lng'], changes['lat']]
  return {
    number,
    district,
    ordinal,
    toState,
    fromState,
    at: new Date(at),
    lng: typeof lng === 'number' ? lng : null,
    lat: typeof lat === 'number' ? lat : null,
  }
}

async function* importOf(ctx: Context, { batch, district }: CasesImported): AsyncGenerator<Happened[]> {
  for await (const steps of readStepsOfImport(ctx, { batch, district })) {
    const late = new Map<string, boolean | null>()
    // Steps that people took since have events of their own.
    yield steps.filter(({ address }) => address === 'import').map(({ number, ordinal, toState, fromState, takenAt, changes }) => {
      if ('disposedLate' in changes) late.set(number, changes['disposedLate'] as boolean | null)
      const [lng, lat] = [changes['lng'], changes['lat']]
      return {
        number,
        district,
        ordinal,
        toState,
        fromState,
        at: takenAt,
        lng: typeof lng === 'number' ? lng : null,
        lat: typeof lat === 'number' ? lat : null,
        disposedLate: late.get(number) ?? null,
      }
    })
  }
}

async function keep(ctx: Context, happened: readonly Happened[]): Promise<void> {
  if (happened.length === 0) return
  const { zone } = await getCityFacts(ctx)
  const tallies = new Map<string, Tally>()
  const spots = new Map<string, Spot>()
  const gone = new Map<string, { number: string; district: string }>()

  const tallyOf = (at: Date, district: string): Tally => {
    const day = wallDay(at, zone)
    const key = `${day} ${district}`
    if (!tallies.has(key)) tallies.set(key, { day, district, reported: 0, closed: 0, closedInTime: 0 })
    return tallies.get(key)!
  }
  for (const one of happened) {
    const { number, district, ordinal, toState, fromState, at, lng, lat } = one
    if (ordinal === 1) tallyOf(at, district).reported++
    if (ordinal === 1 && lng !== null && lat !== null) spots.set(number, { number, district, position: [lng, lat] })
    if (!ended.includes(toState) || toState === fromState) continue
    spots.delete(number)
    gone.set(number, { number, district })
    if (toState !== 'closed') continue
    const tally = tallyOf(at, district)
    tally.closed++
    if ((await wasLate(ctx, one)) === false) tally.closedInTime++
  }
  await putSpots(ctx, [...spots.values()])
  await dropSpots(ctx, [...gone.values()])
  await addTallies(ctx, [...tallies.values()])
}

async function wasLate(ctx: Context, { number, district, disposedLate }: Happened): Promise<boolean | null> {
  if (disposedLate !== undefined) return disposedLate
  return (await findPublicCase(ctx, { number, district }))?.disposedLate ?? null
}
