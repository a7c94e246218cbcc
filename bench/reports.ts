import { randomUUID } from 'node:crypto'
import { Caller } from '../trials/caller.ts'
import type { Program } from '../trials/program.ts'
import { quantile, round, seeded, type Finding } from './measure.ts'

const RATE = 200
const SECONDS = 20
const LANES = 64

/** Reports that arrive at a steady rate, whether or not the ones before were answered: each is timed from when it was due to be sent. */
export async function measureReports(program: Program): Promise<Finding> {
  const operator = new Caller(program.base)
  await operator.signIn('operator')
  const idle = Array.from({ length: LANES }, () => operator.twin())
  const random = seeded(200)
  const samples: number[] = []
  const report = async (dueAt: number) => {
    const caller = idle.pop() ?? operator.twin()
    const position = [116.31 + random() * 0.02, 39.992 + random() * 0.018]
    await caller.ask('POST', '/api/cases', { category: '2026.m.06010', description: '路边堆放垃圾', position, source: 'hotline', key: randomUUID() })
    samples.push(performance.now() - dueAt)
    idle.push(caller)
  }

  const arrive = async (seconds: number) => {
    const startedAt = performance.now()
    const sent: Promise<void>[] = []
    while (sent.length < RATE * seconds) {
      const dueAt = startedAt + (sent.length * 1000) / RATE
      const wait = dueAt - performance.now()
      if (wait > 1) await new Promise((done) => setTimeout(done, wait))
      sent.push(report(dueAt))
    }
    await Promise.all(sent)
  }
  await arrive(3)
  samples.length = 0
  await arrive(SECONDS)

  const p99 = quantile(samples, 0.99)
  return {
    what: `report accepted, at ${RATE}/s`,
    goal: 'p99 < 50 ms',
    figure: `p50 ${round(quantile(samples, 0.5), 1)} ms, p99 ${round(p99, 1)} ms`,
    met: p99 < 50,
    detail: { p50: round(quantile(samples, 0.5)), p95: round(quantile(samples, 0.95)), p99: round(p99), reports: samples.length },
  }
}
