import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { Caller } from '../trials/caller.ts'
import type { Program } from '../trials/program.ts'
import { quantile, round, type Finding } from './measure.ts'

const REPORTS = 400
const PER_SECOND = 40

/** From the sending of a report to its event at a live screen: longer than from its commit, so the figure is on the safe side. */
export async function measureLive(program: Program): Promise<Finding> {
  const operator = new Caller(program.base)
  await operator.signIn('operator')
  const sentAt = new Map<string, number>()
  const heardAt = new Map<string, number>()
  const stream = request(`${program.base}/events`, { headers: { Cookie: operator.cookie, Accept: 'text/event-stream' } })
  const opened = new Promise<void>((done, fail) => {
    stream.on('error', fail)
    stream.on('response', (reply) => {
      let text = ''
      reply.on('data', (part) => {
        text += part
        const whole = text.lastIndexOf('\n\n')
        for (const [number] of text.slice(0, whole + 1).matchAll(/\d{20}/g)) if (!heardAt.has(number)) heardAt.set(number, performance.now())
        text = text.slice(whole + 1)
      })
      reply.on('error', () => {})
      done()
    })
  })
  stream.end()
  await opened

  const callers = Array.from({ length: 8 }, () => operator.twin())
  for (let i = 0; i < REPORTS; i++) {
    const from = performance.now()
    const body = { category: '2026.m.06010', description: '路边堆放垃圾', position: [116.3195, 40.0012], source: 'hotline', key: randomUUID() }
    const { number } = await callers[i % 8]!.ask('POST', '/api/cases', body)
    sentAt.set(number, from)
    await new Promise((done) => setTimeout(done, 1000 / PER_SECOND))
  }
  await new Promise((done) => setTimeout(done, 2000))
  stream.destroy()

  const samples = [...sentAt].map(([number, from]) => (heardAt.get(number) ?? Number.POSITIVE_INFINITY) - from)
  const p99 = quantile(samples, 0.99)
  return {
    what: 'event to SSE client',
    goal: 'p99 < 300 ms',
    figure: `p50 ${round(quantile(samples, 0.5), 1)} ms, p99 ${round(p99, 1)} ms`,
    met: p99 < 300,
    detail: { p50: round(quantile(samples, 0.5)), p99: round(p99), heard: samples.filter(Number.isFinite).length, sent: REPORTS },
  }
}
