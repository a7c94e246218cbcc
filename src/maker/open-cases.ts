// Cases that are being worked on at the moment of the making: in every state, with lamps of every colour. They go through the same
// verbs as those of people, each at its own time, so that their tasks, posts and photos are as real as any.

import { reportCase, takeStep, type Report, type StepRequest } from '../cases/index.ts'
import { loadActor, publicActor, unitMs, workingMs } from '../kernel/index.ts'
import type { Actor, Calendar, Clock, Kernel } from '../kernel/index.ts'
import { findPersonByAccount, type SourceCode } from '../registry/index.ts'
import { draftCase, type Draft, type Workshop } from './history.ts'
import { randomFrom, type Random } from './random.ts'
import { unitFor } from './responsibility.ts'
import type { Unit } from './units.ts'

const MINUTE = 60_000

/** How much of the running limit is used up, by lamp. */
const SHARES = { green: [0.08, 0.6], yellow: [0.84, 0.95], red: [1.1, 1.9] } as const
type Colour = keyof typeof SHARES

const STATES = ['reported', 'verifying', 'accepted', 'established', 'dispatched', 'disposed', 'checking', 'checked'] as const
type State = (typeof STATES)[number]

/** How many of each colour. Most of what is open in a city waits for its disposal. */
const COUNTS: Readonly<Record<State, Readonly<Record<Colour, number>>>> = {
  reported: { green: 3, yellow: 1, red: 1 },
  verifying: { green: 3, yellow: 1, red: 1 },
  accepted: { green: 2, yellow: 1, red: 1 },
  established: { green: 2, yellow: 1, red: 1 },
  dispatched: { green: 8, yellow: 5, red: 4 },
  disposed: { green: 1, yellow: 1, red: 1 },
  checking: { green: 3, yellow: 1, red: 1 },
  checked: { green: 2, yellow: 1, red: 1 },
}

const FIXED: Readonly<Record<Exclude<State, 'dispatched'>, { amount: number; unit: Clock }>> = {
  reported: { amount: 0.5, unit: 'work_hour' },
  verifying: { amount: 24, unit: 'urgent_hour' },
  accepted: { amount: 0.5, unit: 'work_hour' },
  established: { amount: 0.5, unit: 'work_hour' },
  disposed: { amount: 2, unit: 'urgent_hour' },
  checking: { amount: 2, unit: 'urgent_hour' },
  checked: { amount: 0.5, unit: 'work_hour' },
}

/** The latest moment since when the clock has counted `ms`: a deadline looked at from its end. */
export function startBefore(calendar: Calendar, unit: Clock, now: Date, ms: number): Date {
  let early = +now - ms - 60 * 24 * 60 * MINUTE
  let late = +now
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (workingMs(calendar, unit, new Date(middle), now) >= ms) early = middle
    else late = middle
  }
  return new Date(early)
}

interface Act {
  readonly who: string
  readonly request: StepRequest
  /** Minutes before the next act. */
  readonly before: number
}

/** Makes them all, or what is left of them after a start that was broken off; returns how many there are. Before anyone is on duty, so that a disposed case waits to be given to a collector. */
export async function makeOpenCases(kernel: Kernel, workshop: Workshop): Promise<number> {
  const { plan } = workshop.city
  const random = randomFrom(plan.seed, 'open cases')
  const actors = await actorsOf(kernel, workshop)
  let made = 0
  for (const state of STATES) {
    for (const colour of ['green', 'yellow', 'red'] as const) {
      for (let i = 0; i < COUNTS[state][colour]; i++) {
        await makeOpenCase(kernel, workshop, actors, { key: `demo-${state}-${colour}-${i}`, state, colour, random })
        made++
      }
    }
  }
  return made
}

export type Actors = ReadonlyMap<string, Actor>

/** Those of the demo's people who act here, by account. */
export async function actorsOf(kernel: Kernel, { city }: Workshop): Promise<Actors> {
  return kernel.read({ actor: publicActor }, async (ctx) => {
    const actors = new Map<string, Actor>()
    for (const { account } of city.people.rows) {
      const person = await findPersonByAccount(ctx, account)
      const actor = person && (await loadActor(ctx, person.id))
      if (actor) actors.set(account, actor)
    }
    return actors
  })
}

const SOURCES: readonly (readonly [SourceCode, number])[] = [
  ['collector', 5],
  ['public', 4],
  ['hotline', 3],
]

/** Only what a picture fits: an open case is looked at first. */
export function draftPictured(workshop: Workshop, source: SourceCode, random: Random): Draft {
  for (;;) {
    const draft = draftCase(workshop, source, false, random)
    if (draft?.problem.picture !== undefined && workshop.photos.has(draft.problem.picture)) return draft
  }
}

interface OpenCase {
  /** The same in every start, as is what chance makes of it: a case that is there already goes on where it stands. */
  readonly key: string
  readonly state: State
  readonly colour: Colour
  readonly random: Random
}

async function makeOpenCase(kernel: Kernel, workshop: Workshop, actors: Actors, { key, state, colour, random }: OpenCase): Promise<void> {
  const { city, calendar, photos } = workshop
  const source = state === 'verifying' || state === 'reported' ? random.pick(['public', 'hotline'] as const) : random.weighted(SOURCES)
  const draft = draftPictured(workshop, source, random)
  const { site, problem, condition } = draft
  const photo = photos.get(problem.picture!)!
  const unit = unitFor(city.units, `2026.m.${problem.code}`, site.cell.code.slice(0, 9))
  const limit = state === 'dispatched' ? condition.limits[site.cell.grade] : FIXED[state]
  const [low, high] = SHARES[colour]
  const used = Math.round(limit.amount * unitMs(calendar, limit.unit) * random.between(low, high))
  const start = startBefore(calendar, limit.unit, city.plan.now, used)

  const collector = city.people.collectorsOf(site.cell.beat)[0]!
  const acts = actsTo(state, { draft, unit, collector, collectorId: actors.get(collector)!.id, city, after: photo.after, random })
  const times: Date[] = []
  let at = +start
  for (const act of acts.toReversed()) {
    times.unshift(new Date(at))
    at -= act.before * MINUTE
  }
  const reporter = source === 'public' ? publicActor : actors.get(source === 'collector' ? collector : 'operator')!
  const told = reportOf(workshop, draft, photo.before, random)
  const made = await kernel.transact({ actor: reporter, now: new Date(at) }, (ctx) => reportCase(ctx, { ...told, key }))
  for (const [i, act] of acts.entries()) {
    if (i < made.version - 1) continue
    await kernel.transact({ actor: actors.get(act.who)!, now: times[i]! }, (ctx) => takeStep(ctx, made, act.request))
  }
}

const CITIZENS = ['王女士', '李先生', '张先生', '刘女士', '陈先生']

export const reportOf = ({ city }: Workshop, { site, problem, source }: Draft, photo: string, random: Random): Report => ({
  source,
  category: `2026.m.${problem.code}`,
  description: random.pick(problem.say).replace('{p}', site.place).replace('{n}', String(random.whole(2, 9))),
  position: city.ground.toDegrees(site.at),
  address: site.address,
  componentCode: site.component || undefined,
  files: [photo],
  ...(source !== 'collector' && { reporter: { name: random.pick(CITIZENS), phone: `1000000${random.whole(5_000, 9_999)}` } }),
})

interface Cast {
  readonly draft: Draft
  readonly unit: Unit
  readonly collector: string
  readonly collectorId: string
  readonly city: Workshop['city']
  readonly after: string
  readonly random: Random
}

/** The steps that lead from the report to a state; the last of them starts the clock that runs there. */
function actsTo(state: State, { draft, unit, collector, collectorId, city, after, random }: Cast): Act[] {
  const { people } = city
  const soon = (low: number, high: number): number => random.between(low, high)
  const operator = random.pick(people.operators)
  if (state === 'reported') return []
  if (state === 'verifying') return [{ who: operator, request: { step: 'verify', collector: collectorId }, before: soon(3, 15) }]

  const note = random.pick(draft.problem.done).replace('{n}', String(random.whole(2, 6)))
  const acts: Act[] = [
    { who: operator, request: { step: 'accept' }, before: soon(3, 12) },
    { who: 'lead', request: { step: 'establish', condition: draft.condition.id }, before: soon(4, 14) },
    { who: random.pick(people.dispatchers), request: { step: 'dispatch', unit: unit.code }, before: soon(3, 12) },
    { who: people.handlerOf(unit), request: { step: 'dispose', note, files: [after] }, before: soon(50, 300) },
    { who: operator, request: { step: 'check', collector: collectorId }, before: soon(2, 8) },
    { who: collector, request: { step: 'pass', files: [after] }, before: soon(20, 90) },
  ]
  return acts.slice(0, ['accepted', 'established', 'dispatched', 'disposed', 'checking', 'checked'].indexOf(state) + 1)
}
