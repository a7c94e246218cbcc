// Deadlines against a walk over every minute, and how many the program reckons in a second.

import { calendarFrom, deadline, type Clock } from '../src/kernel/calendar/index.ts'
import { bodyOf, USUAL } from '../src/registry/index.ts'
import { compareLives } from './clock-lives.ts'
import { seeded, type Finding } from './measure.ts'

const GOAL = 200_000

export function measureClocks(cases: number, seed: number, say: (line: string) => void): Finding[] {
  const startedAt = performance.now()
  const { differences, ...sums } = compareLives(cases, seed)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  for (const difference of differences.slice(0, 10)) say(`  ${JSON.stringify(difference)}`)
  return [
    {
      what: 'deadlines against a walk minute by minute',
      goal: 'no difference',
      figure: `${cases.toLocaleString('en')} cases, ${differences.length} differences, seed ${seed}`,
      met: differences.length === 0,
      detail: { ...sums, differences: differences.length, seed, seconds },
    },
    measureSpeed(),
  ]
}

/** Limits of hours to weeks on the shipped calendar, one deadline after the other. */
function measureSpeed(): Finding {
  const calendar = calendarFrom(bodyOf(0, USUAL))
  const random = seeded(7)
  const start = Date.parse('2026-01-01T00:00:00+08:00')
  const limits: [number, Clock][] = [[2, 'urgent_hour'], [4, 'work_hour'], [12, 'work_hour'], [1, 'work_day'], [7, 'work_day'], [30, 'work_day']]
  const asked = Array.from({ length: 100_000 }, (_, i) => ({ from: new Date(start + Math.floor(random() * 330 * 86_400_000)), limit: limits[i % limits.length]! }))
  let sum = 0
  const reckonAll = () => {
    for (const { from, limit } of asked) sum += +deadline(calendar, from, limit[0], limit[1])
  }
  reckonAll()
  const rounds = 10
  const startedAt = performance.now()
  for (let i = 0; i < rounds; i++) reckonAll()
  const perSecond = Math.round((rounds * asked.length) / ((performance.now() - startedAt) / 1000))
  return {
    what: 'deadlines reckoned, hours to six weeks',
    goal: `>= ${GOAL.toLocaleString('en')}/s`,
    figure: `${perSecond.toLocaleString('en')}/s`,
    met: perSecond >= GOAL,
    detail: { perSecond, sum },
  }
}
