import { readConfig } from '../src/config.ts'
import { rooms } from '../src/app.ts'
import { createKernel } from '../src/kernel/kernel.ts'
import { Caller } from '../trials/caller.ts'
import { startProgram } from '../trials/program.ts'
import { growTo } from './dataset.ts'
import { oneByOne, quantile, round, seeded, type Finding } from './measure.ts'

const TIMES = 200

/** What people look at all day, in a city with `cases` cases. */
export async function measureLists(dataFolder: string, cases: number, say: (line: string) => void): Promise<Finding[]> {
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: dataFolder }), say: () => {} }, rooms)
  const startedAt = performance.now()
  const stored = await growTo(kernel.url, cases, say)
  say(`  ${stored.toLocaleString('en')} cases stand ready after ${round((performance.now() - startedAt) / 1000, 0)} s`)
  await kernel.stop()

  const program = await startProgram(dataFolder)
  try {
    const dispatcher = new Caller(program.base)
    await dispatcher.signIn('dispatcher')
    const lead = new Caller(program.base)
    await lead.signIn('lead')
    const found = await lead.ask('GET', '/api/cases?limit=200')
    const numbers: string[] = found.items.map(({ number }: { number: string }) => number)
    const random = seeded(36)
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
    const three = () => `/api/cases?${pick(FILTERS)}`

    return [
      await measured('to-do list', () => dispatcher.ask('GET', '/api/cases/todo'), stored),
      await measured('to-do counts', () => dispatcher.ask('GET', '/api/cases/todo/counts'), stored),
      await measured('case list, three filters', () => lead.ask('GET', three()), stored),
      await measured('search by number', () => lead.ask('GET', `/api/cases?number=${pick(numbers)}`), stored),
      await measured('search by words', () => lead.ask('GET', `/api/cases?text=${encodeURIComponent(pick(WORDS))}`), stored),
      await measured('overview page, this month', () => lead.ask('GET', '/api/gather/overview?period=month'), stored),
      await measured('overview page, this year', () => lead.ask('GET', '/api/gather/overview?period=year'), stored),
    ]
  } finally {
    await program.stop()
  }
}

const FILTERS = [
  'state=closed&source=collector&category=2026.m.06',
  'state=closed&source=public&region=999902',
  'state=closed&category=2026.m.06010&region=999903',
  'open=true&lamp=red&region=999902',
  'open=true&source=collector&region=999903',
  'state=declined&source=public&region=999902',
]

const WORDS = ['垃圾', '井盖', '路灯', '共享单车 人行道']

async function measured(name: string, ask: () => Promise<unknown>, stored: number): Promise<Finding> {
  await oneByOne(10, ask)
  const samples = await oneByOne(TIMES, ask)
  const p95 = quantile(samples, 0.95)
  return {
    what: `${name}, ${round(stored / 1e6, 1)} million cases`,
    goal: 'p95 < 30 ms',
    figure: `p50 ${round(quantile(samples, 0.5), 1)} ms, p95 ${round(p95, 1)} ms`,
    met: p95 < 30,
    detail: { p50: round(quantile(samples, 0.5)), p95: round(p95), cases: stored },
  }
}
