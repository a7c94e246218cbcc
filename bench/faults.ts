// What befalls a city's devices and what they report to: nothing that was acknowledged is lost, memory stays, and others are served.

import { faultsIn } from '../trials/program.ts'
import { measureBrokerGone } from './faults/broker-gone.ts'
import { measureBurst } from './faults/burst.ts'
import { measureClocksWrong } from './faults/clocks-wrong.ts'
import { measureDatabaseGone } from './faults/database-gone.ts'
import { measureGarbage } from './faults/garbage.ts'
import { makeWorld } from './faults/world.ts'
import type { Finding } from './measure.ts'

export async function measureFaults(folder: string, readings: number, seed: number, say: (line: string) => void): Promise<Finding[]> {
  const world = await makeWorld(folder)
  const findings = [
    await measureBurst(world, readings, seed),
    await measureDatabaseGone(world),
    ...(await measureBrokerGone(world, say)),
    await measureClocksWrong(world),
    await measureGarbage(world, seed),
  ]
  const faults = ['readings', 'vehicles'].map((only) => faultsIn(folder, { only })).join('')
  return [...findings, { what: 'verify after all of these', goal: 'no fault', figure: faults === '' ? 'none' : faults.slice(0, 200), met: faults === '', detail: {} }]
}
