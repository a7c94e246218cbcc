import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyLamp, applyStep, atMoment, type CaseFact } from './fact.ts'
import { Ledger, TALLIES, unitLevels, type Sheets, type Tally } from './ledger.ts'

const ZONE = 'Asia/Shanghai'
const at = (text: string) => new Date(`2026-06-${text}:00+08:00`)

interface Told {
  readonly to: string
  readonly at: string
  readonly changes?: Record<string, unknown>
}

const report: Told = {
  to: 'reported',
  at: '01T09:00',
  changes: {
    source: 'public', category: '2026.m.01001', street: '999902001', community: '999902001001', outcome: 'pending',
    reportedAt: at('01T09:00').toISOString(), dueAt: at('01T10:00').toISOString(), yellowAt: at('01T09:48').toISOString(),
  },
}
const establish: Told = {
  to: 'established', at: '01T09:20', changes: {
    outcome: 'established', establishedAt: at('01T09:20').toISOString(), acceptedAt: at('01T09:20').toISOString(),
  },
}
const dispatchTo = (unit: string, when: string, due: string): Told => ({
  to: 'dispatched',
  at: when,
  changes: {
    unitPath: unit, dispatchedAt: at(when).toISOString(), disposeDueAt: at(due).toISOString(), dueAt: at(due).toISOString(),
    yellowAt: at(when).toISOString(),
  },
})
const dispose = (when: string): Told => ({
  to: 'disposed',
  at: when,
  changes: { disposedAt: at(when).toISOString(), dueAt: null, yellowAt: null },
})
const close = (when: string): Told => ({
  to: 'closed',
  at: when,
  changes: { endedAt: at(when).toISOString(), dueAt: null, yellowAt: null },
})
const rework = (when: string, due: string): Told => ({
  to: 'dispatched', at: when, changes: {
    reworks: 1, disposedAt: null, disposeDueAt: at(due).toISOString(), dueAt: at(due).toISOString(), yellowAt: at(when).toISOString(),
  },
})
const giveBack = (when: string): Told => ({
  to: 'established', at: when, changes: { returns: 1, unitPath: null, dispatchedAt: null, disposeDueAt: null, dueAt: null, yellowAt: null },
})
const end = (outcome: string, when: string, reason?: string): Told => ({
  to: outcome, at: when, changes: { outcome, endedAt: at(when).toISOString(), dueAt: null, yellowAt: null, ...(reason && { reason }) },
})

const NORTH = '/C01/U01/U0101/'
const SOUTH = '/C01/U02/'

function lifeOf(...steps: readonly Told[]): CaseFact {
  return steps.reduce<CaseFact | undefined>(
    (fact, step, i) =>
      applyStep(fact, {
        number: '99990220260601000001', district: '999902', ordinal: i + 1, toState: step.to, at: at(step.at), changes: step.changes ?? {},
      }),
    undefined,
  )!
}

const sheetsOf = (fact: CaseFact): Sheets => {
  const ledger = new Ledger(ZONE)
  ledger.change(undefined, fact)
  return ledger.sheets()
}

/** What is counted in the city, by counter, with the day of the month on which it is. */
function counted(fact: CaseFact, axis = 'all', member = ''): Partial<Record<Tally, number[]>> {
  const found: Partial<Record<Tally, number[]>> = {}
  for (const [[district, on, grain, start, major, region, of], sums] of sheetsOf(fact).tally.entries()) {
    if (on !== axis || of !== member || grain !== 'day' || major !== '' || region !== district) continue
    sums.forEach((sum, i) => {
      for (let n = 0; n < sum && TALLIES[i] !== 'disposalSeconds'; n++) (found[TALLIES[i]!] ??= []).push(Number(start!.slice(8)))
    })
  }
  return found
}

for (const { because, steps, now, counts } of [
  { because: 'a fresh report is pending', steps: [report], counts: { reported: [1], nowPending: [1] } },
  {
    because: 'a declined one is declined on its own day', steps: [report, end('declined', '02T09:00', 'duplicate')],
    counts: { reported: [1], nowDeclined: [1], declined: [2] },
  },
  {
    because: 'one disposed on the spot is no established case',
    steps: [report, end('self-disposed', '01T09:30')],
    counts: { reported: [1], nowSelfDisposed: [1], selfDisposed: [1] },
  },
  {
    because: 'one merged after it was established stands with the merged, and is due no more',
    steps: [report, establish, dispatchTo(NORTH, '02T09:00', '03T09:00'), end('merged', '02T10:00')],
    counts: { reported: [1], nowMerged: [1], accepted: [1], established: [1], dispatched: [2], merged: [2] },
  },
  {
    because: 'one answered at once is no established case',
    steps: [report, end('answered', '01T09:10')],
    counts: { reported: [1], nowAnswered: [1], answered: [1] },
  },
  {
    because: 'one disposed and closed in time is due on the day of its disposal',
    steps: [report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), dispose('03T09:00'), close('04T09:00')],
    counts: {
      reported: [1], nowEstablished: [1], nowClosed: [1], nowInTime: [1], accepted: [1], established: [1], dispatched: [2],
      due: [3], inTime: [3], dueClosed: [3], dueClosedInTime: [3], disposed: [3], closed: [4], closedInTime: [4],
    },
  },
  {
    because: 'at the very moment of the limit it is in time',
    steps: [report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), dispose('05T09:00')],
    counts: {
      reported: [1], nowEstablished: [1], nowOpen: [1], nowInTime: [1], accepted: [1], established: [1], dispatched: [2],
      due: [5], inTime: [5], disposed: [5],
    },
  },
  {
    because: 'one that is late is due on the day of its limit',
    steps: [report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), dispose('09T09:00'), close('10T09:00')],
    counts: {
      reported: [1], nowEstablished: [1], nowClosed: [1], nowOverdue: [1], accepted: [1], established: [1], dispatched: [2],
      due: [5], overdue: [5], dueClosed: [5], disposed: [9], closed: [10],
    },
  },
  {
    because: 'one that nobody disposes is overdue from its limit on',
    steps: [report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00')],
    now: '06T09:00',
    counts: {
      reported: [1], nowEstablished: [1], nowOpen: [1], nowOverdue: [1], accepted: [1], established: [1], dispatched: [2], due: [5],
      overdue: [5],
    },
  },
  {
    because: 'a rework undoes the disposal, and what was in time is judged by the new limit',
    steps: [
      report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), dispose('03T09:00'), rework('03T12:00', '06T09:00'),
      dispose('07T09:00'), close('08T09:00'),
    ],
    counts: {
      reported: [1], nowEstablished: [1], nowClosed: [1], nowOverdue: [1], accepted: [1], established: [1], dispatched: [2], reworked: [3],
      due: [6], overdue: [6], dueClosed: [6], dueReworked: [6], disposed: [7], closed: [8],
    },
  },
  {
    because: 'lateness stays through a rework that is done in time',
    steps: [
      report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), dispose('06T09:00'), rework('06T12:00', '09T09:00'),
      dispose('07T09:00'),
    ],
    counts: {
      reported: [1], nowEstablished: [1], nowOpen: [1], nowOverdue: [1], accepted: [1], established: [1], dispatched: [2], reworked: [6],
      due: [5], overdue: [5], dueReworked: [5], disposed: [7],
    },
  },
  {
    because: 'a voided case is no longer due',
    steps: [report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), dispose('03T09:00'), end('void', '04T09:00', 'mistaken')],
    counts: { reported: [1], nowVoided: [1], accepted: [1], established: [1], dispatched: [2], voided: [4] },
  },
] as const satisfies readonly { because: string; steps: readonly Told[]; now?: string; counts: Partial<Record<Tally, number[]>> }[]) {
  test(because, () => {
    const fact = lifeOf(...steps)
    assert.deepEqual(counted(now ? atMoment(fact, at(now)) : fact), counts)
  })
}

test('a return is counted for the unit that gave it back, and the rest for the unit that has it now', () => {
  const fact = lifeOf(
    report,
    establish,
    dispatchTo(NORTH, '02T09:00', '05T09:00'),
    giveBack('06T09:00'),
    dispatchTo(SOUTH, '07T09:00', '09T09:00'),
    dispose('08T09:00'),
  )

  assert.deepEqual(counted(fact, 'unit2', '/C01/U01/'), { returned: [6] })
  assert.deepEqual(counted(fact, 'unit3', NORTH), { returned: [6] })
  assert.deepEqual(counted(fact, 'unit2', SOUTH), {
    reported: [1], accepted: [1], established: [1], dispatched: [7], due: [8], inTime: [8], disposed: [8],
    nowEstablished: [1], nowOpen: [1], nowInTime: [1],
  })
})

test('a step heard twice, or after a later one, changes nothing', () => {
  const fact = lifeOf(report, establish)
  const again = applyStep(
    fact,
    { number: fact.number, district: fact.district, ordinal: 1, toState: 'reported', at: at('01T09:00'), changes: report.changes! },
  )

  assert.equal(again, fact)
})

test('the lamp follows its clock, and news of a clock that has stopped is passed over', () => {
  const fact = lifeOf(report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'))
  const red = applyLamp(fact, 'red', at('05T09:00'))
  const stale = applyLamp(fact, 'red', at('01T10:00'))

  assert.equal(red.lamp, 'red')
  assert.equal(red.lateAt?.getTime(), at('05T09:00').getTime())
  assert.equal(stale, fact)
})

const extend = (when: string, due: string): Told => ({
  to: 'dispatched', at: when, changes: { extensions: 1, disposeDueAt: at(due).toISOString(), dueAt: at(due).toISOString(), yellowAt: at(when).toISOString() },
})
const suspend = (when: string): Told => ({ to: 'suspended', at: when, changes: { suspensions: 1, disposeDueAt: null, dueAt: null, yellowAt: null } })

for (const { because, steps, late } of [
  { because: 'the extension was granted in time', steps: [extend('04T09:00', '09T09:00'), dispose('08T09:00')], late: undefined },
  { because: 'it was asked for in time and granted after the limit', steps: [extend('06T09:00', '09T09:00'), dispose('08T09:00')], late: undefined },
  { because: 'the extended limit passed as well', steps: [extend('06T09:00', '09T09:00'), dispose('10T09:00')], late: [9] },
  { because: 'it rested before its limit', steps: [suspend('04T09:00'), extend('20T09:00', '22T09:00'), dispose('21T09:00')], late: undefined },
  { because: 'it was late before it rested', steps: [suspend('06T09:00'), extend('20T09:00', '22T09:00'), dispose('21T09:00')], late: [5] },
] as const) {
  test(`${late ? 'late' : 'in time'}: ${because}`, () => {
    const counts = counted(lifeOf(report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), ...steps, close('25T09:00')))
    assert.deepEqual(counts.overdue, late)
  })
}

test('an appeal that was upheld leaves the rate, and the fact can still be shown', () => {
  const life = [report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), dispose('07T09:00'), close('08T09:00')]
  const excused = lifeOf(...life, { to: 'closed', at: '10T09:00', changes: { excused: ['late'] } })

  assert.deepEqual([counted(lifeOf(...life)).overdue, counted(lifeOf(...life)).excused], [[5], undefined])
  const after = counted(excused)
  assert.deepEqual([after.overdue, after.inTime, after.dueClosedInTime, after.excused, after.due], [undefined, [5], [5], [5], [5]])
  assert.deepEqual(excused.lateAt, at('05T09:00'))
})

test('acts beside the usual way are counted by day, unit and step; the usual ones are not', () => {
  const ledger = new Ledger(ZONE)
  const fact = lifeOf(report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'))
  for (const step of ['dispatch', 'extend.open', 'extend.open', 'urge', 'joined']) ledger.act(fact, step, at('03T09:00'))

  assert.deepEqual([...ledger.sheets().acts.entries()], [
    [['999902', '2026-06-03', NORTH, 'extend.open'], [2]],
    [['999902', '2026-06-03', NORTH, 'urge'], [1]],
  ])
})

test('a case that rests is not due, also where it was late before; awake it is again', () => {
  const lived = [report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00')]
  const rests: Told = { to: 'suspended', at: '06T09:00', changes: { disposeDueAt: null, dueAt: null, yellowAt: null } }
  const wakes: Told = { to: 'dispatched', at: '20T09:00', changes: { disposeDueAt: at('20T09:00').toISOString(), dueAt: at('20T09:00').toISOString(), yellowAt: at('20T09:00').toISOString() } }

  assert.equal(counted(lifeOf(...lived, rests)).due, undefined)
  assert.deepEqual(counted(lifeOf(...lived, rests, wakes)).overdue, [5])
})

test('every report stands in exactly one place, in the cohort and in the cube', () => {
  for (const steps of [
    [report],
    [report, end('declined', '02T09:00')],
    [report, end('self-disposed', '02T09:00')],
    [report, establish, end('void', '02T09:00')],
    [report, establish, end('merged', '02T09:00')],
    [report, end('answered', '02T09:00')],
    [report, establish, dispatchTo(SOUTH, '02T09:00', '05T09:00'), dispose('03T09:00'), close('04T09:00')],
  ]) {
    const counts = counted(lifeOf(...steps))
    const PLACES = ['nowPending', 'nowDeclined', 'nowVoided', 'nowSelfDisposed', 'nowMerged', 'nowAnswered', 'nowEstablished'] as const
    const places = PLACES.flatMap((name) => counts[name] ?? [])
    assert.deepEqual(places, [1])
    assert.equal([...sheetsOf(lifeOf(...steps)).cube.entries()].length, 1)
  }
})

test('a ledger of every step alone comes to the same as one of the whole life', () => {
  const steps = [
    report, establish, dispatchTo(NORTH, '02T09:00', '05T09:00'), giveBack('03T09:00'), dispatchTo(SOUTH, '04T09:00', '06T09:00'),
    dispose('07T09:00'), close('08T09:00'),
  ]
  const bit = new Ledger(ZONE)
  let before: CaseFact | undefined
  steps.forEach((_, i) => {
    const after = lifeOf(...steps.slice(0, i + 1))
    bit.change(before, after)
    before = after
  })
  const plain = (sheets: Sheets) => Object.values(sheets).map(
    (sums) => [...sums.entries()].map(([key, counts]) => `${key.join('|')} ${counts.join()}`).sort(),
  )

  assert.deepEqual(plain(bit.sheets()), plain(sheetsOf(lifeOf(...steps))))
})

test('a day begins at midnight of the city, not of Greenwich', () => {
  const late = lifeOf({ ...report, changes: { ...report.changes, reportedAt: '2026-06-01T16:30:00.000Z' } })

  assert.deepEqual(counted(late).reported, [2])
})

test('units below the centre are counted at each of their levels', () => {
  assert.deepEqual(unitLevels('/C01/U01/U0101/'), ['/C01/U01/', '/C01/U01/U0101/'])
  assert.deepEqual(unitLevels('/C01/'), ['/C01/'])
  assert.deepEqual(unitLevels(''), [])
})
