// People and places of the small city, for the tests of this room and of those above it.

import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { findCells } from '../atlas/index.ts'
import { later } from '../testing.ts'
import { centroid, filesOf, keepFile, loadActor, type Actor, type Context, type Position } from '../kernel/index.ts'
import { findConditions, findPersonByAccount, goOnDuty, reportPosition } from '../registry/index.ts'
import { decideUnits } from '../responsibility/index.ts'
import type { Report } from './report.ts'
import { casesFold, lampsRight, proceedingsRight } from './checks.ts'
import { reportCase } from './report.ts'
import type { ActRequest, StepRequest } from './step-request.ts'
import { takeAct } from './take-act.ts'
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
  const [unit] = (await decideUnits(ctx, { category: row.category, region: row.community! })).answers
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

// ── Procedures

export const faults = async (ctx: Context) =>
  (await Promise.all([casesFold, lampsRight, proceedingsRight].map(({ run }) => Array.fromAsync(run(ctx))))).flat()
export const msLater = (ctx: Context, ms: number) => later(ctx, new Date(+ctx.now + ms))

export const person = (name: string, nth: number): Actor => ({ id: `00000000-0000-7000-8000-00000000010${nth}`, kind: 'system', name, grants: [] })
/** Different people, so that who asks is never who decides. */
export const unit = (ctx: Context) => ({ ...ctx, actor: person('处置单位', 1) })
export const lead = (ctx: Context) => ({ ...ctx, actor: person('值班长', 2) })
export const leader = (ctx: Context) => ({ ...ctx, actor: person('领导', 3) })

export const act = (ctx: Context, row: CaseRow, procedure: string, name: string, more: Partial<ActRequest> = {}) =>
  takeAct(ctx, row, { procedure, act: name, note: '说明', ...more })

export const refused = (promise: Promise<unknown>, code: string, words?: RegExp) =>
  assert.rejects(promise, (problem: { code: string; words: { zh: string } }) => {
    assert.equal(problem.code, code)
    if (words) assert.match(problem.words.zh, words)
    return true
  })
