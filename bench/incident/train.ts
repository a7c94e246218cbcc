// `node bench/incident/train.ts`: learns the weights and thresholds of `src/cases/incident/weights.json` from the training seeds, and
// prints them. The figures of `npm run bench -- --only incident` come from other seeds, and from kinds that are held out here.

import type { Features, Weights } from '../../src/cases/incident/likeness.ts'
import { decide, isRight, questionsOf, type Near } from './decide.ts'
import { makeLabelled } from './labelled.ts'

const TRAINING_SEEDS = [11, 12, 13, 14, 15, 16, 17, 18]
const ROUNDS = 25
const PULL = 2
const PRECISION = 0.9825

const questions = TRAINING_SEEDS.flatMap((seed) => questionsOf(makeLabelled(seed, { kinds: 'trained' })))
const pairs = questions.flatMap(({ report, near }) => near.map((one: Near) => ({ features: one.features, same: isRight(report, one.report) && one.report.doneAt > report.reportedAt, storm: one.report.storm })))
// Storms have so many pairs that they would decide alone: some of them are enough.
const used = pairs.filter(({ storm }, i) => !storm || i % 20 === 0)
console.error(`${used.length} pairs, ${used.filter(({ same }) => same).length} of them the same`)

/** What two reports have in common never speaks against them. */
const NEVER_BELOW_0 = new Set<string>(['sameComponent', 'wording', 'aspectShared', 'detailShared', 'picture'])
let names = Object.keys(used[0]!.features) as (keyof Features)[]
let weights = learn()
for (let below; (below = names.filter((name) => NEVER_BELOW_0.has(name) && weights[name] < 0)).length > 0; ) {
  const out = below
  names = names.filter((name) => !out.includes(name))
  weights = { ...learn(), ...Object.fromEntries(out.map((name) => [name, 0])) }
}
const { propose, recall, support } = [0, 0.25, 0.5, 0.75, 1].map((each) => ({ ...threshold(weights, each), support: each })).sort((a, b) => b.recall - a.recall)[0]!
console.error(`${(recall * 100).toFixed(1)} % found at a precision of ${PRECISION}`)
console.log(JSON.stringify({ weights: Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, Number(value.toFixed(2))])), support, propose, show: 0.15 }, null, 2))

/** Logistic regression by Newton's method, with a little pull to 0. */
function learn(): Weights {
  const columns = used.map(({ features }) => [1, ...names.map((name) => features[name])])
  let w = Array.from({ length: names.length + 1 }, () => 0)
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = w.map((value, i) => (i === 0 ? 0 : value * PULL))
    const curve = w.map((_, i) => w.map((_each, j) => (i === j ? (i === 0 ? 1e-9 : PULL) : 0)))
    for (const [row, column] of columns.entries()) {
      const p = 1 / (1 + Math.exp(-column.reduce((sum, value, i) => sum + value * w[i]!, 0)))
      for (let i = 0; i < w.length; i++) {
        gradient[i]! += (p - Number(used[row]!.same)) * column[i]!
        for (let j = 0; j < w.length; j++) curve[i]![j]! += p * (1 - p) * column[i]! * column[j]!
      }
    }
    const move = solve(curve, gradient)
    w = w.map((value, i) => value - move[i]!)
  }
  return Object.fromEntries(['base', ...names].map((name, i) => [name, w[i]!])) as Weights
}

/** Gauss' elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!])
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows.slice(i).reduce((best, row) => (Math.abs(row[i]!) > Math.abs(best[i]!) ? row : best))
    rows.splice(rows.indexOf(pivot), 1)
    rows.splice(i, 0, pivot)
    for (const row of rows) {
      if (row === pivot) continue
      const times = row[i]! / pivot[i]!
      for (let j = i; j < row.length; j++) row[j]! -= times * pivot[j]!
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!)
}

/** The lowest score above which enough decisions are right. */
function threshold(by: Weights, support: number): { propose: number; recall: number } {
  const plain = questions.filter(({ report }) => !report.storm)
  const decisions = plain.map((question) => decide(question, by, support)).filter(({ best }) => best)
  decisions.sort((a, b) => b.score - a.score)
  let right = 0
  let [propose, recall] = [1, 0]
  for (const [i, { question, best, score }] of decisions.entries()) {
    if (isRight(question.report, best!) && best!.doneAt > question.report.reportedAt) right++
    if (right / (i + 1) >= PRECISION) [propose, recall] = [score, right / plain.filter(({ known }) => known).length]
  }
  return { propose: Number((propose + 0.0005).toFixed(3)), recall }
}
