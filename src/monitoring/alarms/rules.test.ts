// When a rule rings: tables over pure rules.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advance, QUIET, type Limits } from './advance.ts'
import { compileFormula } from './formula.ts'
import { drawChart } from './draw-trend.ts'
import { limitsAt } from './limits.ts'
import { levelsAt, type RuleBody } from './rule.ts'
import { ringOver, type Sample } from './try-rule.ts'

const LEVELS = [15, null, 27, 40]
const limits = (over: Partial<Limits> = {}): Limits => ({ levels: LEVELS, side: 'above', hysteresis: 2, raiseMs: 0, clearMs: 0, ...over })

/** Levels after each value; one a minute. */
function levelsOf(values: readonly number[], by: Limits): string {
  let watch = QUIET
  return values.map((x, minute) => (watch = advance(watch, x, minute * 60_000, by)).level).join('')
}

const COURSES: readonly [says: string, values: number[], by: Limits, levels: string][] = [
  ['beyond a level it rings at once', [10, 15, 26.9, 27, 45], limits(), '01134'],
  ['a level that is not set is passed over', [20, 28], limits(), '13'],
  ['within the hysteresis it goes on', [15, 14, 13, 12.9], limits(), '1110'],
  ['it falls level by level', [45, 37, 26, 24, 12], limits(), '43310'],
  ['below: the lower the worse', [0.3, 0.2, 0.09, 0.21, 0.31], limits({ side: 'below', levels: [0.2, null, null, 0.1], hysteresis: 0.05 }), '01410'],
  ['two minutes beyond before it rings', [20, 20, 20, 20], limits({ raiseMs: 120_000 }), '0011'],
  ['a dip begins the wait anew', [20, 20, 10, 20, 20, 20], limits({ raiseMs: 120_000 }), '000001'],
  ['the higher level waits for itself', [20, 20, 45, 45, 45], limits({ raiseMs: 120_000 }), '00114'],
  ['two minutes back before it is over', [20, 5, 5, 5], limits({ clearMs: 120_000 }), '1110'],
  ['what comes back meanwhile was never over', [20, 5, 20, 5, 5], limits({ clearMs: 120_000 }), '11111'],
]

for (const [says, values, by, levels] of COURSES) test(says, () => assert.equal(levelsOf(values, by), levels))

test('what has not changed is the same watch', () => {
  const one = advance(QUIET, 20, 0, limits())
  assert.equal(advance(one, 21, 60_000, limits()), one)
  assert.equal(advance(QUIET, 1, 0, limits()), QUIET)
})

const NIGHT = { from: '22:00', to: '06:00', months: [], levels: [10, null, null, null] }
const SUMMER = { from: '00:00', to: '23:59', months: [6, 7, 8], levels: [null, 12, null, null] }
const BANDS: readonly [minutes: number, month: number, levels: readonly (number | null)[]][] = [
  [23 * 60, 1, NIGHT.levels],
  [5 * 60 + 59, 1, NIGHT.levels],
  [6 * 60, 1, LEVELS],
  [6 * 60, 7, SUMMER.levels],
  [23 * 60, 7, NIGHT.levels],
]
for (const [minutes, month, levels] of BANDS) {
  test(`at ${minutes} minutes of a day in month ${month}`, () => assert.deepEqual(levelsAt({ levels: LEVELS, bands: [NIGHT, SUMMER] }, minutes, month), levels))
}

const rule = (over: Partial<RuleBody>): RuleBody => ({
  zh: '积水', en: 'Water', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: LEVELS, bands: [], hysteresis: 0,
  raiseSeconds: 0, clearSeconds: 0, case: null, active: true, ...over,
})

test('a band holds by the wall clock of the city', () => {
  const banded = rule({ bands: [NIGHT] })
  assert.deepEqual(limitsAt(banded, Date.parse('2026-07-01T14:30:00Z')).levels, NIGHT.levels, '22:30 in Beijing')
  assert.deepEqual(limitsAt(banded, Date.parse('2026-07-01T13:30:00Z')).levels, LEVELS)
})

const DEVICES = [1, 2, 3, 4].map((number) => ({ code: `D${number}`, number, position: [116.3 + number * 0.001, 40] as [number, number] }))
const samples = (...rows: [minute: number, value: number, device?: number, metric?: string][]): Sample[] => rows.map(([minute, value, device = 1, metric = 'level']) => [minute * 60_000, value, device, metric])

const TRIALS: readonly [says: string, over: Partial<RuleBody>, samples: Sample[], rung: string][] = [
  ['a rise within ten minutes', { measure: { kind: 'rate', metric: 'level', within: 600 }, levels: [5, null, null, null] }, samples([0, 1], [5, 4], [9, 6.5], [20, 7]), '1@9-20'],
  ['a slow rise is none', { measure: { kind: 'rate', metric: 'level', within: 600 }, levels: [5, null, null, null] }, samples([0, 1], [9, 4], [18, 7], [27, 11]), ''],
  ['a fall', { measure: { kind: 'rate', metric: 'level', within: 600 }, side: 'below', levels: [-5, null, null, null] }, samples([0, 9], [5, 3]), '1@5-'],
  ['three within the window', { measure: { kind: 'count', metric: 'level', beyond: 8, within: 600 }, levels: [3, null, null, null] }, samples([0, 9], [2, 9], [4, 1], [6, 9], [13, 1]), '1@6-13'],
  ['silence of ten minutes, seen when it ends', { measure: { kind: 'absence', metric: 'level' }, levels: [600, null, null, null] }, samples([0, 1], [5, 1], [20, 1]), '1@20-20 1@60-'],
  [
    'one that disagrees with its neighbours',
    { measure: { kind: 'neighbours', metric: 'level', metres: 500 }, levels: [5, null, null, null] },
    samples([0, 1, 1], [0, 1.2, 2], [0, 1.1, 3], [1, 9, 4], [2, 1, 4]),
    '1@1-2',
  ],
  [
    'a formula over two devices',
    {
      measure: { kind: 'formula', expression: 'max(a - b, 0)', inputs: [{ name: 'a', device: 'D1', metric: 'level' }, { name: 'b', device: 'D2', metric: 'level' }] },
      levels: [5, null, null, null],
    },
    samples([0, 9, 1], [1, 8, 2], [2, 1, 2], [3, 2, 1]),
    '1@2-3',
  ],
]
for (const [says, over, given, rung] of TRIALS) {
  test(`trial run: ${says}`, () => {
    const found = ringOver(rule(over), given, DEVICES, 60 * 60_000)
    assert.equal(found.map(({ level, raisedAt, clearedAt }) => `${level}@${raisedAt / 60_000}-${clearedAt === null ? '' : clearedAt / 60_000}`).join(' '), rung)
  })
}

const FORMULAS: readonly [text: string, value: number | RegExp][] = [
  ['a + b * 2', 8],
  ['(a + b) * 2', 10],
  ['-a + max(b, 10, 3)', 8],
  ['abs(a - b) / 0.5', 2],
  ['c + 1', /no device stands for c/],
  ['a.constructor', /cannot hold MemberExpression/],
  ['eval("1")', /cannot hold/],
  ['a ? 1 : 2', /cannot hold/],
  ['a +', /the formula is wrong/],
  ['"x" + a', /cannot hold/],
  ['('.repeat(60) + 'a' + ')'.repeat(60), 2],
  ['-'.repeat(60) + 'a', /cannot hold|wrong/],
]
for (const [text, value] of FORMULAS) {
  test(`formula ${text.slice(0, 24)}`, () => {
    const names = new Map([['a', 2], ['b', 3]])
    if (value instanceof RegExp) assert.throws(() => compileFormula(text, new Set(names.keys())), value)
    else assert.equal(compileFormula(text, new Set(names.keys()))(names), value)
  })
}

test('the picture of a trend shows its limits and survives a flat line', () => {
  const svg = drawChart([[0, 1], [60_000, 1]], LEVELS, { unit: 'cm<', precision: 1, raisedAt: 30_000 })
  assert.match(svg, /polyline/)
  assert.match(svg, />40</)
  assert.match(svg, /cm&lt;/)
  assert.doesNotMatch(svg, /NaN|Infinity/)
})
