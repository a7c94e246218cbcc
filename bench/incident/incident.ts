// One incident, one case: how many of what is proposed is right, how much of what is there is found, and how long a decision takes.

import Flatbush from 'flatbush'
import { rooms } from '../../src/app.ts'
import { PROPOSE_FROM } from '../../src/cases/incident/likeness.ts'
import weights from '../../src/cases/incident/weights.json' with { type: 'json' }
import { readConfig } from '../../src/config.ts'
import { createKernel } from '../../src/kernel/kernel.ts'
import { Caller } from '../../trials/caller.ts'
import { startProgram } from '../../trials/program.ts'
import { growTo } from '../dataset.ts'
import { oneByOne, quantile, round, seeded, type Finding } from '../measure.ts'
import { bareClient } from '../record.ts'
import { decide, isRight, questionsOf, stormsOffered, type Question } from './decide.ts'
import { COUNTED_FROM, makeLabelled, type Labelled, type Share } from './labelled.ts'

/** None of these is a seed of training. */
const SEEDS = [101, 102, 103, 104]
const TIMES = 300
const GOAL = { precision: 0.98, recall: 0.85 }

interface Tally {
  right: number
  wrong: number
  found: number
  known: number
  reports: number
}

const add = (a: Tally, b: Tally): Tally => ({
  right: a.right + b.right, wrong: a.wrong + b.wrong, found: a.found + b.found, known: a.known + b.known, reports: a.reports + b.reports,
})
const NOTHING: Tally = { right: 0, wrong: 0, found: 0, known: 0, reports: 0 }

/** Precision and recall over the labelled storm set; every figure comes from the seeds above. */
export async function measureLikeness(seeds: readonly number[] = SEEDS): Promise<Finding[]> {
  const sets: readonly [string, Share['kinds']][] = [['storm set', 'all'], ['storm set, kinds held out of training', 'held-out']]
  const findings: Finding[] = []
  for (const [name, kinds] of sets) {
    let [whole, arriving, plain, storms] = [NOTHING, NOTHING, NOTHING, NOTHING]
    for (const seed of seeds) {
      const reports = makeLabelled(seed, { kinds })
      const questions = questionsOf(reports)
      const { offered, members, causeOf } = await seenStorms(reports)
      arriving = add(arriving, tally(questions, (question) => [proposed(question), causeOf.get(offered.get(question.report)!)]))
      whole = add(whole, tally(questions, (question) => [proposed(question), causeOf.get(members.get(question.report.number)!)]))
      plain = add(plain, tally(questions.filter(({ report }) => !report.storm), (question) => [proposed(question)]))
      storms = add(storms, membership(reports, members, causeOf))
    }
    // At arrival nobody can know the first reports of a storm; once it is seen, they are listed with it.
    findings.push(
      { ...findingOf(name, seeds, whole), detail: { ...findingOf(name, seeds, whole).detail, atArrival: findingOf(name, seeds, arriving).figure, membersOfStorms: findingOf(name, seeds, storms).figure } },
      findingOf(`${name}: duplicates alone`, seeds, plain),
    )
  }
  return findings
}

/** The cause that a decision names; undefined for none. What was put right before is another trouble, whatever its cause. */
function proposed(question: Question): number | undefined {
  const { best, score } = decide(question, weights.weights, weights.support)
  if (!best || score < PROPOSE_FROM) return undefined
  return isRight(question.report, best) && best.doneAt <= question.report.reportedAt ? -1 : best.cause
}

async function seenStorms(reports: readonly Labelled[]) {
  const { offered, found, members } = await stormsOffered(reports)
  const labels = new Map(reports.map((report) => [report.number, report]))
  // What most of those in it tell of is what the storm is.
  const causeOf = new Map(
    found.map((storm) => {
      const causes = Map.groupBy(storm.members.map(({ number }) => labels.get(number)!), ({ cause }) => cause)
      return [storm.id, [...causes].sort((a, b) => b[1].length - a[1].length)[0]![0]] as const
    }),
  )
  return { offered, members, causeOf }
}

function tally(questions: readonly Question[], answers: (question: Question) => (number | undefined)[]): Tally {
  const sum = { ...NOTHING }
  for (const question of questions) {
    sum.reports++
    if (question.known) sum.known++
    const named = new Set(answers(question).filter((cause) => cause !== undefined))
    const right = named.has(question.report.cause)
    if (right) sum.right++
    if (right && question.known) sum.found++
    sum.wrong += named.size - Number(right)
  }
  return sum
}

/** Of those in a storm, how many belong to its cause; of those that belong to one, how many are in it. */
function membership(reports: readonly Labelled[], members: ReadonlyMap<string, number>, causeOf: ReadonlyMap<number, number>): Tally {
  const sum = { ...NOTHING }
  for (const report of reports) {
    if (report.reportedAt < COUNTED_FROM) continue
    const storm = members.get(report.number)
    sum.reports++
    if (report.storm) sum.known++
    if (storm === undefined) continue
    if (causeOf.get(storm) === report.cause) sum.right++
    else sum.wrong++
    if (report.storm && causeOf.get(storm) === report.cause) sum.found++
  }
  return sum
}

function findingOf(name: string, seeds: readonly number[], { right, wrong, found, known, reports }: Tally): Finding {
  const [precision, recall] = [right / (right + wrong), found / known]
  return {
    what: `${name}, seeds ${seeds[0]}–${seeds.at(-1)}`,
    goal: `precision >= ${GOAL.precision} at recall >= ${GOAL.recall}`,
    figure: `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`,
    met: precision >= GOAL.precision && recall >= GOAL.recall,
    detail: { precision: round(precision, 4), recall: round(recall, 4), reports, proposals: right + wrong, wrong, known, found },
  }
}

/** How long a decision takes over HTTP in a city with `cases` cases: of stored cases on any day, and of reports being written. */
export async function measureDecisions(dataFolder: string, cases: number, say: (line: string) => void): Promise<Finding> {
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: dataFolder }), say: () => {} }, rooms)
  const stored = await growTo(kernel.url, cases, say)
  const client = await bareClient(kernel.url)
  const { rows } = await client.query('select number, category, description, lng, lat from case_file tablesample system (0.2) where lng is not null limit 1000')
  const inMemory = await measureInMemory(client, rows)
  await client.end()
  await kernel.stop()

  const program = await startProgram(dataFolder)
  try {
    const lead = new Caller(program.base)
    await lead.signIn('lead')
    const random = seeded(50)
    const ask = () => {
      const { number, category, description, lng, lat } = rows[Math.floor(random() * rows.length)]!
      const draft = new URLSearchParams({ category, description, lng: String(lng), lat: String(lat) })
      return lead.ask('GET', `/api/incidents/candidates?${random() < 0.5 ? `number=${number}` : draft}`)
    }
    await oneByOne(20, ask)
    const samples = await oneByOne(TIMES, ask)
    const [p50, p99] = [quantile(samples, 0.5), quantile(samples, 0.99)]
    return {
      what: `decision, ${round(stored / 1e6, 1)} million cases, over HTTP`,
      goal: 'p99 < 50 ms',
      figure: `p50 ${round(p50, 1)} ms, p99 ${round(p99, 1)} ms`,
      met: p99 < 50,
      detail: { p50: round(p50), p99: round(p99), most: round(Math.max(...samples)), cases: stored, ...inMemory },
    }
  } finally {
    await program.stop()
  }
}

/** The other way: all positions in an index of this process, which has to be built at each start and fed from the log. Only the look-up, without what is compared. */
async function measureInMemory(client: Awaited<ReturnType<typeof bareClient>>, asked: readonly { lng: number; lat: number }[]) {
  const startedAt = performance.now()
  const { rows } = await client.query({ text: 'select lng, lat, extract(epoch from reported_at)::float8 as at from case_file where lng is not null', rowMode: 'array' })
  const tree = new Flatbush(rows.length)
  const times = new Float64Array(rows.length)
  for (const [i, [lng, lat, at]] of (rows as unknown as [number, number, number][]).entries()) {
    tree.add(lng, lat)
    times[i] = at
  }
  tree.finish()
  const buildSeconds = (performance.now() - startedAt) / 1000
  const samples = await oneByOne(TIMES, async (turn) => {
    const { lng, lat } = asked[turn % asked.length]!
    const from = times[(turn * 7919) % times.length]! - 86_400
    tree.search(lng - 0.0006, lat - 0.00045, lng + 0.0006, lat + 0.00045, (i) => times[i]! >= from && times[i]! <= from + 172_800)
  })
  return {
    inMemoryBuildSeconds: round(buildSeconds, 1),
    inMemoryMegabytes: Math.round((tree.data.byteLength + times.byteLength) / 2 ** 20),
    inMemoryLookUpP99: round(quantile(samples, 0.99)),
  }
}
