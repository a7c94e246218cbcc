// The register of risks of the demo city, and hazards in all stages: found, rectified and checked by the people whose work it is.

import { takeStep, type StepRequest } from '../../cases/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { fillHazard, fillRisks, KINDS_OF_RISK, settleHazards, type HazardBody, type MadeRisk } from '../../monitoring/index.ts'
import type { Workshop } from '../history.ts'
import { actorsOf, type Actors } from '../open-cases.ts'
import { randomFrom, type Random } from '../random.ts'
import { layRisks, type LaidRisk } from './lay-risks.ts'

const HOUR_MS = 3_600_000

type Fate = 'found' | 'rectifying' | 'late' | 'disposed' | 'checking' | 'rework' | 'closed' | 'declined'

/** How many of each, and how many hours ago they were found. */
const FATES: readonly (readonly [fate: Fate, count: number, from: number, to: number])[] = [
  ['found', 3, 0.1, 0.5],
  ['rectifying', 6, 0.5, 3],
  ['late', 4, 24 * 9, 24 * 14],
  ['disposed', 2, 3, 6],
  ['checking', 2, 4, 8],
  ['rework', 1, 8, 12],
  ['closed', 11, 24 * 3, 24 * 40],
  ['declined', 1, 30, 60],
]

interface Act {
  readonly who: string
  readonly hours: number
  readonly request: StepRequest
}

/** Into a city that has none yet; how many risks there are. */
export async function makeRisks(kernel: Kernel, workshop: Workshop): Promise<number> {
  const laid = layRisks(workshop)
  const made = await fillRisks(kernel, laid.map(bodyOf))
  if (made.length === 0) return 0
  const { plan } = workshop.city
  const random = randomFrom(plan.seed, 'hazards')
  const actors = await actorsOf(kernel, workshop)
  const chosen = laid.map((risk, i) => ({ risk, key: made[i]! }))
  const cases: Awaited<ReturnType<typeof fillHazard>>[] = []
  for (const [fate, count, from, to] of FATES) {
    for (let i = 0; i < count; i++) {
      const [{ risk, key }] = chosen.splice(random.whole(0, chosen.length - 1), 1) as [(typeof chosen)[number]]
      const found = +plan.now - random.between(from, to) * HOUR_MS
      const body = hazardOf(risk, fate, random)
      const opened = await fillHazard(kernel, { actor: actors.get(random.pick(['lead', 'operator']))!, now: new Date(found) }, { ...body, risk: key })
      cases.push(opened)
      const span = +plan.now - found
      for (const { who, hours, request } of actsTo(workshop, actors, risk, fate, random)) {
        await kernel.transact({ actor: actors.get(who)!, now: new Date(found + Math.min(hours * HOUR_MS, span * 0.97)) }, (ctx) => takeStep(ctx, opened, request))
      }
    }
  }
  await settleHazards(kernel, cases)
  return made.length
}

function bodyOf(laid: LaidRisk): MadeRisk {
  const { sort: _, cell: __, unit: ___, ...risk } = laid
  return risk
}

const hazardOf = ({ sort, kind, name }: LaidRisk, fate: Fate, random: Random): HazardBody => ({
  words: `${name}：${random.pick(sort.hazards)}`,
  grade: random.chance(0.25) ? 2 : 1,
  source: fate === 'found' || fate === 'declined' ? 'citizen' : random.chance(0.8) ? 'inspection' : 'alarm',
  category: KINDS_OF_RISK[kind].category,
  files: [],
})

function actsTo({ city: { people }, photos }: Workshop, actors: Actors, { unit, cell }: LaidRisk, fate: Fate, random: Random): Act[] {
  const collector = people.collectorsOf(cell.beat)[0]!
  const photo = [...photos.values()].map(({ after }) => after).slice(0, 1)
  const act = (who: string, hours: number, request: StepRequest): Act => ({ who, hours, request })
  if (fate === 'declined') return [act('operator', 0.2, { step: 'decline', reason: 'not-found', note: '现场复核，隐患不存在' })]
  const handler = people.handlerOf(unit)
  const all = [
    act(handler, random.between(1, 2.4), { step: 'dispose', note: random.pick(['已更换配件并试运行正常', '已拆除并清理现场，隐患消除', '已加固并复测合格']), files: photo }),
    act('operator', 2.6, { step: 'check', collector: actors.get(collector)!.id }),
    act(collector, 3.4, { step: 'pass', files: photo }),
    act('lead', 3.7, { step: 'close' }),
  ]
  if (fate === 'disposed') return all.slice(0, 1)
  if (fate === 'checking') return all.slice(0, 2)
  if (fate === 'closed') return all
  if (fate === 'rework') return [...all.slice(0, 2), act(collector, 3.2, { step: 'rework', files: photo, note: '整改不到位，仍有松动' })]
  return []
}
