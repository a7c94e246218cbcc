// The demo city 示范市: made when the program first starts on an empty database of its own.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { findCity } from '../atlas/index.ts'
import { loadActor, loadPack, systemActor, type Kernel } from '../kernel/index.ts'
import { findPersonByAccount, goOnDuty } from '../registry/index.ts'
import { DEMO, type City } from './city.ts'
import { makeDevices } from './devices/make-devices.ts'
import { fillKnowledge } from './knowledge.ts'
import { openWorkshop } from './history.ts'
import { makeCity, type MadeCity } from './make-city.ts'
import { makeOpenCases } from './open-cases.ts'
import { makeOpenProcedures } from './open-procedures.ts'
import { takePhotos } from './photos.ts'
import { randomFrom } from './random.ts'
import { makeRisks } from './risks/make-risks.ts'
import { makeVehicles } from './vehicles/make-vehicles.ts'
import { makeRolls } from './vehicles/make-rolls.ts'

/** Of the demo city: 90 days with some 12,000 cases. */
export const DEMO_DAYS = 90
export const DEMO_CASES = 12_000

type Photos = ReadonlyMap<string, { readonly before: string; readonly after: string }>

/** Writes the pack of the demo city. Its cases end at `now`; photos are named in it only where they are stored already. */
export const makeDemo = (folder: string, { now = new Date(), photos }: { now?: Date; photos?: Photos } = {}): Promise<MadeCity> =>
  makeCity({ ...DEMO, ground: 'mapped', folder, now, historyDays: DEMO_DAYS, historyCases: DEMO_CASES, photos })

/** What the first administrator of a demo is told. */
export const DEMO_ACCOUNTS = [
  'operator',
  'lead',
  'dispatcher',
  'collector01 … collector12',
  'handler-u0301',
  'handler-d0101',
  'dispatcher-d01',
  'leader',
  'finance',
  'sysadmin',
  'secadmin',
  'auditor',
] as const
export const DEMO_PASSWORD = DEMO.password

/**
 * Fills an empty database with the demo city: its pack, photos, past cases, cases in every state, collectors on duty, devices.
 * Where an earlier start was broken off after the pack, it goes on from there.
 */
export async function loadDemo(kernel: Kernel): Promise<{ readonly cases: number; readonly components: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'chengyun-demo-'))
  try {
    const now = kernel.clock()
    const photos = await storePhotos(kernel)
    const { city, counts } = await makeDemo(folder, { now, photos })
    const files = kernel.rooms.flatMap((room) => room.pack ?? [])
    if (!(await kernel.read({ actor: systemActor }, findCity))) {
      await kernel.transact({ actor: systemActor, now }, async (ctx) => {
        await loadPack(ctx, folder, files)
        await fillKnowledge(ctx)
      })
    }
    const workshop = openWorkshop(city, photos)
    const open = (await makeOpenCases(kernel, workshop)) + (await makeOpenProcedures(kernel, workshop))
    await makeDevices(kernel, workshop)
    await makeRisks(kernel, workshop)
    await putOnDuty(kernel, city)
    await makeVehicles(kernel, city)
    await makeRolls(kernel, workshop)
    return { cases: counts.history + open, components: counts.components }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function storePhotos(kernel: Kernel): Promise<Photos> {
  const stored = new Map<string, { before: string; after: string }>()
  for (const { scene, moment, name, jpeg } of await takePhotos()) {
    const { sha256 } = await kernel.files.put(Readable.from([jpeg]), { name })
    stored.set(scene, { before: '', after: '', ...stored.get(scene), [moment]: sha256 })
  }
  return stored
}

/** Two of three collectors are out, somewhere on their beats. */
async function putOnDuty(kernel: Kernel, { grid, people, ground, plan }: City): Promise<void> {
  const random = randomFrom(plan.seed, 'duty')
  for (const [i, beat] of grid.beats.entries()) {
    const account = people.collectorsOf(beat.code)[0]
    if (i % 3 === 2 || !account) continue
    const cell = random.pick(grid.cells.filter((one) => one.beat === beat.code))
    const actor = await kernel.read({ actor: systemActor }, async (ctx) => {
      const person = await findPersonByAccount(ctx, account)
      return person && loadActor(ctx, person.id)
    })
    if (actor) await kernel.transact({ actor }, (ctx) => goOnDuty(ctx, ground.toDegrees(cell.middle)))
  }
}
