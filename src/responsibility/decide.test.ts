import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide, indexPrecedents, indexRules, type Choice, type Duty, type Precedent, type Question, type Rule } from './decide.ts'
import { readHours, type WallMoment } from './hours.ts'
import { sayWhy } from './say.ts'

const AT = Date.parse('2026-06-10T10:00:00+08:00')
const WEDNESDAY = { weekday: 3, workday: true }
const MORNING: WallMoment = { minute: 600, today: WEDNESDAY, yesterday: { weekday: 2, workday: true } }
const NIGHT: WallMoment = { ...MORNING, minute: 23 * 60 }
const ALWAYS = { roads: [], hours: [], from: 0, to: Infinity } as const
const HERE = '999903001001001'

const rule = (number: string, category: string, region: string, basis: Rule['basis'], unitCode: string, more: Partial<Rule> = {}): Rule => ({
  ...ALWAYS,
  number,
  category,
  region,
  basis,
  unitCode,
  ...more,
})

const RULES: Rule[] = [
  rule('R-0001', '', '', 'owner', 'CITY'),
  rule('R-0002', '2026.m.06', '', 'owner', 'TRADE'),
  rule('R-0003', '2026.c.01', '', 'owner', 'WATER'),
  rule('R-0004', '2026.m', '999903', 'locality', 'DISTRICT'),
  rule('R-0005', '2026.m', '999903001', 'locality', 'STREET'),
]
const lamp = { code: 'K1', ownerUnit: 'OWNER', maintainerUnit: 'KEEPER' }

const precedent = (number: string, unitCode: string, more: Partial<Precedent> = {}): Precedent => ({
  number,
  verdict: 'ours',
  category: '2026.m.06001',
  region: HERE.slice(0, 12),
  componentCode: null,
  unitCode,
  decidedAt: AT - 1_000,
  ...more,
})

interface World {
  readonly rules?: readonly Rule[]
  readonly precedents?: readonly Precedent[]
  readonly duties?: Readonly<Record<string, { hours: string; deputy?: string }>>
  readonly question?: Partial<Question>
}

function ask({ rules = RULES, precedents = [], duties = {}, question = {} }: World): Choice[] {
  const held = new Map(
    Object.entries(duties).map(([unit, { hours, deputy }]): [string, Duty] => [unit, { hours: readHours(hours)!, deputyCode: deputy ?? null }]),
  )
  return decide({ ...indexRules(rules), precedents: indexPrecedents(precedents), duties: held }, {
    kind: 'matter',
    category: '2026.m.06001',
    region: HERE,
    at: AT,
    wall: MORNING,
    offices: ['OFFICE'],
    ...question,
  })
}

const saying = (choice: Choice) => {
  const word = (zh: string) => ({ zh, en: zh })
  return sayWhy(choice, { category: word('垃圾'), region: word('书院街道'), across: word('东街道'), componentCode: 'K1', standsFor: word('白班') }).zh
}

const cases: (World & { units: string[]; because: string; says?: RegExp; numbers?: (string | null)[] })[] = [
  { units: ['STREET', 'TRADE', 'DISTRICT'], numbers: ['R-0005', 'R-0002', 'R-0004'], because: 'a matter goes to the locality first', says: /属地/ },
  {
    question: { kind: 'component', category: '2026.c.01001' },
    units: ['WATER', 'OFFICE', 'CITY'],
    because: 'a component goes to its trade first',
    says: /属主/,
  },
  {
    question: { kind: 'component', category: '2026.c.01001', component: lamp },
    units: ['OWNER', 'KEEPER', 'WATER'],
    because: 'a known component goes to its owner, then its maintainer',
    says: /K1 的权属单位/,
  },
  {
    question: { category: '2026.m.01001', component: { ...lamp, maintainerUnit: null } },
    units: ['OWNER', 'CITY', 'STREET'],
    because: 'a matter about a known component goes to its owner first',
  },
  {
    question: { kind: 'component', category: '2026.c.01001', component: { ...lamp, maintainerUnit: 'OWNER' } },
    units: ['OWNER', 'WATER', 'OFFICE'],
    because: 'one unit is proposed once',
  },
  { question: { region: '999902001001' }, units: ['OFFICE', 'TRADE', 'CITY'], because: 'no rule speaks of the place', says: /属地单位/ },
  { rules: [], question: { offices: [] }, units: [], because: 'nobody answers' },

  // Time and road.
  {
    rules: [...RULES, rule('R-0006', '2026.m.06001', '999903001', 'locality', 'NIGHT', { hours: readHours('daily 22:00-06:00')! })],
    units: ['STREET', 'TRADE', 'DISTRICT'],
    because: 'a rule of the night does not hold in the morning',
  },
  {
    rules: [...RULES, rule('R-0006', '2026.m.06001', '999903001', 'locality', 'NIGHT', { hours: readHours('daily 22:00-06:00')! })],
    question: { wall: NIGHT },
    units: ['NIGHT', 'TRADE', 'STREET'],
    because: 'a rule of the night holds at night',
    says: /限每天 22:00–06:00/,
  },
  {
    rules: [...RULES, rule('R-0006', '2026.m.06001', '', 'locality', 'ROADS', { roads: ['expressway', 'arterial'] })],
    question: { road: 'arterial' },
    units: ['ROADS', 'TRADE', 'STREET'],
    because: 'beside an arterial road its own keeper answers',
    says: /限快速路、主干路/,
  },
  {
    rules: [...RULES, rule('R-0006', '2026.m.06001', '', 'locality', 'ROADS', { roads: ['expressway', 'arterial'] })],
    question: { road: 'branch' },
    units: ['STREET', 'TRADE', 'DISTRICT'],
    because: 'beside a branch road the street answers',
  },
  {
    rules: [...RULES, rule('R-0006', '2026.m.06001', HERE.slice(0, 12), 'locality', 'GONE', { to: AT }), rule('R-0007', '2026.m.06001', '', 'locality', 'COMING', { from: AT + 1 })],
    units: ['STREET', 'TRADE', 'DISTRICT'],
    because: 'rules that have ended or not begun do not count',
  },
  {
    rules: [...RULES, rule('R-0006', '2026.m', '999903001', 'locality', 'OTHER')],
    units: ['STREET', 'TRADE', 'OTHER'],
    because: 'of two equal rules the older number goes first',
    says: /另有同级规则/,
  },

  // Precedents.
  { precedents: [precedent('P-999903-001', 'FOUND')], units: ['FOUND', 'STREET', 'TRADE'], because: 'a precedent outranks the rules', says: /先例/ },
  { precedents: [precedent('P-999903-001', 'FOUND', { region: '999903001002' })], units: ['STREET', 'TRADE', 'DISTRICT'], because: 'a precedent of another place says nothing' },
  {
    precedents: [precedent('P-999903-001', 'STREET', { verdict: 'not-ours' })],
    units: ['TRADE', 'DISTRICT', 'CITY'],
    because: 'a confirmed return pushes the unit down',
  },
  {
    precedents: [precedent('P-999903-001', 'STREET', { verdict: 'not-ours' })],
    rules: RULES.slice(4),
    units: ['STREET'],
    because: 'where nobody else is known the freed unit is still named, and it is said',
    says: /先例 P-999903-001 已认定非其职责/,
  },
  {
    precedents: [precedent('P-999903-001', 'STREET'), precedent('P-999903-002', 'STREET', { verdict: 'not-ours', decidedAt: AT })],
    units: ['TRADE', 'DISTRICT', 'CITY'],
    because: 'the newer word on a unit counts',
  },
  {
    precedents: [precedent('P-999903-001', 'WIDE', { decidedAt: AT }), precedent('P-999903-002', 'THIS', { componentCode: 'K1', category: '2026' })],
    question: { component: lamp },
    units: ['THIS', 'WIDE', 'OWNER'],
    because: 'what was found of the component goes before what was found of the place',
  },

  // Hours of duty.
  {
    duties: { STREET: { hours: 'work 08:00-18:00', deputy: 'GUARD' } },
    units: ['STREET', 'TRADE', 'DISTRICT'],
    because: 'in its hours the unit itself answers',
  },
  {
    duties: { STREET: { hours: 'work 08:00-18:00', deputy: 'GUARD' } },
    question: { wall: NIGHT },
    units: ['GUARD', 'TRADE', 'DISTRICT'],
    because: 'at night its deputy answers, and it is said',
    says: /不在值守时间，由其代办/,
  },
  {
    duties: { STREET: { hours: 'work 08:00-18:00' } },
    question: { wall: NIGHT },
    units: ['STREET', 'TRADE', 'DISTRICT'],
    because: 'without a deputy it stays, and it is said',
    says: /且无代办单位/,
  },
  {
    duties: { STREET: { hours: 'work 08:00-18:00', deputy: 'TRADE' }, TRADE: { hours: 'work 08:00-18:00', deputy: 'STREET' } },
    question: { wall: NIGHT },
    units: ['STREET', 'TRADE', 'DISTRICT'],
    because: 'deputies in a circle are found out',
  },

  // Borders.
  {
    rules: [...RULES, rule('R-0006', '2026.m', '999903002', 'locality', 'NEXT')],
    question: { neighbours: [{ region: '999903002001', offices: [] }] },
    units: ['STREET', 'NEXT', 'TRADE'],
    because: 'near a border both sides are named',
    says: /靠近边界/,
  },
  {
    rules: [...RULES, rule('R-0006', '2026.m', '999903002', 'locality', 'NEXT')],
    question: { kind: 'component', category: '2026.c.01001', component: lamp, neighbours: [{ region: '999903002001', offices: [] }] },
    units: ['OWNER', 'KEEPER', 'WATER'],
    because: 'whose a component is no border changes',
  },
]

for (const { units, because, says, numbers, ...world } of cases) {
  test(`${units.join(', ') || 'nobody'}: ${because}`, () => {
    const chosen = ask(world)

    assert.deepEqual(chosen.map(({ unitCode }) => unitCode), units)
    if (numbers) assert.deepEqual(chosen.map(({ number }) => number), numbers)
    if (says) assert.match(saying(chosen[0]!), says)
    const shares = chosen.map(({ confidence }) => confidence)
    assert.ok(shares.every((share, i) => share > 0 && share < 1 && share <= (shares[i - 1] ?? 1)), `confidence falls: ${shares.join(', ')}`)
  })
}

test('one is less sure near a border, between equal rules, off duty and where only the office is known', () => {
  const sure = ask({})[0]!.confidence
  const border = ask({ rules: [...RULES, rule('R-0006', '2026.m', '999903002', 'locality', 'NEXT')], question: { neighbours: [{ region: '999903002001', offices: [] }] } })
  const tied = ask({ rules: [...RULES, rule('R-0006', '2026.m', '999903001', 'locality', 'OTHER')] })
  const off = ask({ duties: { STREET: { hours: 'work 08:00-18:00' } }, question: { wall: NIGHT } })
  const office = ask({ rules: [] })

  for (const [less] of [border, tied, off, office]) assert.ok(less!.confidence < sure, String(less!.confidence))
  assert.match(saying(border[1]!), /或在东街道一侧/)
})
