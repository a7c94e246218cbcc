// Starts the program and stops it in order. What can go wrong is said in one line.

import { createServer } from 'node:net'
import { rooms } from './app.ts'
import { findCity } from './atlas/index.ts'
import { readConfig, SettingRefused, type Config } from './config.ts'
import { firstStart } from './first-start.ts'
import { createHttp, createKernel, systemActor, type Kernel } from './kernel/index.ts'
import { endWith } from './plain-words.ts'
import { sayReady } from './welcome.ts'

const say = (line: string) => console.log(line)

/** Undone in the opposite order, whenever the end comes. */
const toStop: (() => Promise<unknown>)[] = []
let starting: Promise<unknown> = Promise.resolve()
let stopping = false

function stop(): void {
  // A second signal means at once; PostgreSQL, if ours, is then cleared up at the next start.
  if (stopping) process.exit(1)
  stopping = true
  void endInOrder().finally(() => process.exit(0))
}

async function endInOrder(): Promise<void> {
  // While the database is being set up there is nothing yet to stop.
  await starting.catch(() => {})
  for (const undo of toStop.splice(0).toReversed()) await undo()
}

async function run(config: Config): Promise<void> {
  // Asked first: to make a city and only then find the port taken would be a minute lost.
  await demandPort(config)
  const opening = createKernel({ ...config, say }, rooms)
  starting = opening
  const kernel = await opening
  toStop.push(() => kernel.stop())
  if (stopping) return

  await demandDivision(kernel, config)
  const first = await firstStart(kernel)
  const http = createHttp(kernel)
  await kernel.start()
  toStop.push(() => http.close())
  await http.listen({ host: config.host, port: config.port })
  const address = http.server.address()
  sayReady(say, { ...config, port: typeof address === 'object' && address ? address.port : config.port }, first)
}

function demandPort({ host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const trial = createServer()
    trial.once('error', reject)
    trial.listen({ host, port }, () => trial.close(() => resolve()))
  })
}

/** A server meant for one city must not come up over another's database. */
async function demandDivision(kernel: Kernel, { division }: Config): Promise<void> {
  const city = await kernel.read({ actor: systemActor }, findCity)
  if (division === '' || !city || city.code === division) return
  throw new SettingRefused(`CHENGYUN_DIVISION=${division}: the database holds the city ${city.code} ${city.name.zh}`)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
let config: Config | undefined
try {
  config = readConfig()
  await run(config)
} catch (error) {
  if (!stopping) {
    await endInOrder().catch(() => {})
    endWith(error, config)
  }
}
