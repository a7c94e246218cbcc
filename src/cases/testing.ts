// People and places of the small city, for the tests of this room and of those above it.

import { Readable } from 'node:stream'
import { findCells } from '../atlas/index.ts'
import { centroid, filesOf, keepFile, loadActor, type Actor, type Context, type Position } from '../kernel/index.ts'
import { findConditions, findPersonByAccount, goOnDuty, proposeUnits, reportPosition } from '../registry/index.ts'
import type { Report } from './report.ts'
import { reportCase } from './report.ts'
import type { StepRequest } from './take-step.ts'
import { takeStep } from './take-step.ts'
import { caseKey } from './number.ts'
import type { CaseRow } from './tables.ts'

/** 暴露垃圾: a matter with filing conditions in the catalogue of 2026. */
export const LITTER = '2026.m.06010'

/** The context of a person of the small city, with the posts that they hold there. */
export async function being(ctx: Context, account: string): Promise<Context> {
  const person = await findPersonByAccount(ctx, account)
  const actor = person && (await loadActor(ctx, person.id))
  if (!actor) throw new Error(`the small city has no ${account}`)
  return { ...ctx, actor }
}

/** A place inside a cell of `district`, the same for every test; `metres` east of it. */
export async function spot(ctx: Context, district: string, metres = 0): Promise<Position> {
  const [cell] = await findCells(ctx, district)
  const { geometry } = cell!
  const [lng, lat] = centroid(geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0]!)
  return [lng + metres / (111_320 * Math.cos((lat * Math.PI) / 180)), lat]
}

export const litter = async (ctx: Context, more: Partial<Report> = {}): Promise<Report> => ({
  source: 'hotline',
  category: LITTER,
  description: '路口堆放生活垃圾约三立方米',
  position: await spot(ctx, '999902'),
  address: '人民路 88 号东侧',
  ...more,
})

/** A picture of one colour in the store; the answer is its SHA-256. */
export async function photo(ctx: Context, shade = 120): Promise<string> {
  const store = await ctx.caches.get(ctx, filesOf)
  const { default: sharp } = await import('sharp')
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: shade, g: 90, b: 60 } } }).png().toBuffer()
  const file = await store.put(Readable.from([png]), { name: 'photo.png' })
  await keepFile(ctx, file)
  return file.sha256
}

/** Puts a collector on duty at a place. */
export async function onDuty(ctx: Context, account: string, at: Position): Promise<Context> {
  const collector = await being(ctx, account)
  await goOnDuty(collector)
  await reportPosition(collector, at)
  return collector
}

/** The steps by which a case goes from its report to its close, with what each needs. */
export async function usualSteps(ctx: Context, row: CaseRow): Promise<StepRequest[]> {
  const [condition] = await findConditions(ctx, row.category)
  const [unit] = await proposeUnits(ctx, { category: row.category, region: row.community! })
  const files = [await photo(ctx)]
  return [
    { step: 'accept' },
    { step: 'establish', condition: condition!.id },
    { step: 'dispatch', unit: unit!.unitCode },
    { step: 'dispose', files, note: '已清运' },
  ]
}

const HANDLER: Actor = { id: '00000000-0000-7000-8000-000000000001', kind: 'system', name: '处置员', grants: [] }

/** A case that has been led, by whoever holds every permit, until it stands in `state`. */
export async function caseIn(ctx: Context, state: string, more: Partial<Report> = {}): Promise<CaseRow> {
  const { number, row: reported } = await reportCase(ctx, await litter(ctx, more))
  let row = reported
  for (const request of await usualSteps(ctx, row)) {
    if (row.state === state) return row
    // 管评分离: whoever disposes is someone else.
    row = await takeStep(request.step === 'dispose' ? { ...ctx, actor: HANDLER } : ctx, caseKey(number), request)
  }
  for (const request of [{ step: 'check', collector: (await being(ctx, 'collector01')).actor.id }, { step: 'pass', files: [await photo(ctx)] }, { step: 'close' }]) {
    if (row.state === state) return row
    row = await takeStep(ctx, caseKey(number), request)
  }
  return row
}
