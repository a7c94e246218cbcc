import { readFile } from 'node:fs/promises'
import { startProgram } from '../trials/program.ts'
import { quantile, round, type Finding } from './measure.ts'

/** Starts on a folder that already holds the demo city, and what the process holds in memory once pages were asked for. */
export async function measureStart(dataFolder: string): Promise<Finding[]> {
  const starts: number[] = []
  let resident = 0
  for (let i = 0; i < 3; i++) {
    const program = await startProgram(dataFolder)
    starts.push(program.readyMs)
    for (const path of ['/api/city', '/api/divisions', '/tiles/base/14/13489/6202', '/api/public/cases/nearby?lng=116.32&lat=40.0']) {
      await fetch(program.base + path).then((reply) => reply.arrayBuffer())
    }
    await new Promise((done) => setTimeout(done, 2000))
    const status = await readFile(`/proc/${program.pid}/status`, 'utf8').catch(() => '')
    resident = Math.max(resident, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024)
    await program.stop()
  }
  const ready = quantile(starts, 0.5)
  return [
    { what: 'second start to ready', goal: '< 3 s', figure: `${round(ready / 1000)} s`, met: ready < 3000, detail: { readyMs: round(ready) } },
    {
      what: 'resident memory of the Node process, demo city',
      goal: '< 300 MB',
      figure: `${round(resident, 0)} MB`,
      met: resident < 300,
      detail: { megabytes: round(resident, 0) },
    },
  ]
}
