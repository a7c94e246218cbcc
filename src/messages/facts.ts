// What the places of templates stand for, of one case at one moment.

import { getCityFacts } from '../atlas/index.ts'
import { flowOf, historyOf, maskPersonal, wordsOfStep, type CaseRow } from '../cases/index.ts'
import { outwardOf, wallText, type Context, type Words } from '../kernel/index.ts'
import { dictionary, findCategory, findUnit, workingCalendar } from '../registry/index.ts'
import type { Facts, Reader } from './template.ts'

/** What happened, as far as texts speak of it. */
export interface Told {
  readonly on: 'step' | 'lamp' | 'task'
  readonly about: string
  readonly at: Date
  readonly ordinal?: number | undefined
  readonly toState?: string | undefined
  readonly clock?: string | null | undefined
  /** The deadline that the step set; undefined where it set none. */
  readonly dueAt?: Date | null | undefined
}

const LAMP_WORDS: Readonly<Record<string, Words>> = {
  red: { zh: '红灯', en: 'red' },
  yellow: { zh: '黄灯', en: 'yellow' },
  green: { zh: '绿灯', en: 'green' },
  grey: { zh: '停钟', en: 'stopped' },
}
const TASK_WORDS: Readonly<Record<string, Words>> = { verify: { zh: '核实', en: 'Verify' }, check: { zh: '核查', en: 'Check' } }

const same = (text: string): Words => ({ zh: text, en: text })

/** The links that a message leads along: for staff into the workbench, for whoever reported to their progress. */
export const linkOf = (base: string, reader: Reader, number: string, queryWord?: string): string =>
  reader === 'staff' ? `${base}/workbench/cases/${number}` : `${base}/progress/${number}${queryWord ? `?word=${queryWord}` : ''}`

export async function factsOf(ctx: Context, row: CaseRow, told: Told, asked: ReadonlySet<string>): Promise<Facts> {
  const [city, flow, category, { zone }] = [await getCityFacts(ctx), await flowOf(ctx, row), await findCategory(ctx, row.category), await workingCalendar(ctx)]
  const dueAt = told.dueAt === undefined ? row.dueAt : told.dueAt
  const unit = row.unitCode ? ((await findUnit(ctx, row.unitCode))?.name ?? same(row.unitName ?? row.unitCode)) : undefined
  const source = (await dictionary(ctx, 'source')).find(({ code }) => code === row.source)?.name
  const step = told.on === 'step' ? wordsOfStep(flow, told.about) : told.on === 'task' ? TASK_WORDS[told.about] : undefined
  const state = flow.states[told.toState ?? row.state]?.words
  const clock = flow.clocks[told.clock ?? row.clock ?? '']?.words
  const lamp = LAMP_WORDS[told.on === 'lamp' ? told.about : row.lamp]
  return {
    city: city.name,
    number: same(row.number),
    category: category?.name ?? same(row.category),
    address: same(maskPersonal(row.address ?? '')),
    description: same(shorten(maskPersonal(row.description))),
    at: same(wallText(told.at, zone)),
    ...(state && { state }),
    ...(unit && { unit }),
    ...(dueAt && { due: same(wallText(dueAt, zone)) }),
    ...(step && { step }),
    ...(lamp && { lamp }),
    ...(clock && { clock }),
    ...(source && { source }),
    ...(told.ordinal !== undefined && (asked.has('reason') || asked.has('note')) && (await saidWith(ctx, row, told.ordinal))),
  }
}

/** Reason and note of a step, as its history says them, without what belongs to a person. */
async function saidWith(ctx: Context, row: CaseRow, ordinal: number): Promise<Facts> {
  const entry = (await historyOf(ctx, row)).find((each) => each.ordinal === ordinal)
  return {
    ...(entry?.reason && { reason: entry.reason.words }),
    ...(entry?.note && { note: same(shorten(maskPersonal(entry.note))) }),
  }
}

const MOST_CHARACTERS = 120

const shorten = (text: string): string => {
  const characters = [...text]
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…` : text
}

/** What texts hold besides the facts of the case: the link, and of the reporter's own the query word. */
export async function ownFacts(ctx: Context, reader: Reader, number: string, queryWord?: string): Promise<{ link: string; facts: Facts }> {
  const { base } = await ctx.caches.get(ctx, outwardOf)
  const link = linkOf(base, reader, number, queryWord)
  return { link, facts: { link: same(link), ...(queryWord && { queryWord: same(queryWord) }) } }
}
