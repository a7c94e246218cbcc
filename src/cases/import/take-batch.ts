// Rows of another system become cases here: each is looked up, refused with a reason or taken, and those taken are written together.

import { locator } from '../../atlas/index.ts'
import { filesOf, findFiles, markRegion, record, type Context, type Words } from '../../kernel/index.ts'
import { dictionary, findCategory, findCondition, findPersonByAccount, findUnit, workingCalendar } from '../../registry/index.ts'
import type { HistoryColumn, HistoryRow } from '../history-columns.ts'
import { standardFlow } from '../flows.ts'
import { dayOfNumber } from '../number.ts'
import { placeOf } from '../place.ts'
import { districtsOf } from '../scope.ts'
import { searchWords } from '../search-words.ts'
import { uuidAt } from '../uuid.ts'
import { buildCase, IMPORT, type Known, type Who } from './build-case.ts'
import { pastCaseOf, type PastCase, type RowFault } from './past-case.ts'
import { reserveNumbers, takenKeys, writeCases, type Taken } from './write-cases.ts'

export interface SourceRow {
  /** Where it stands in the source, for its refusal. */
  readonly line: number
  readonly row: HistoryRow
}

export interface Refusal {
  readonly line: number
  readonly faults: readonly RowFault[]
}

/** What one import keeps from batch to batch. */
export interface Import {
  readonly system: string
  readonly batches: Set<string>
  /** Keys of batches that are being written just now. */
  readonly underWay: Set<string>
  readonly people: Map<string, Who | undefined>
}

export const beginImport = (system: string): Import => ({ system, batches: new Set(), underWay: new Set(), people: new Map() })

export interface BatchResult {
  readonly taken: number
  /** Taken by an earlier import; nothing of them was changed. */
  readonly repeated: number
  readonly refused: readonly Refusal[]
}

interface Candidate {
  readonly past: PastCase
  readonly known: Omit<Known, 'number'>
}

/** Two batches of one import may run at the same time: the one is looked up while the other is written. */
export async function takeBatch(ctx: Context, run: Import, rows: readonly SourceRow[]): Promise<BatchResult> {
  const fresh = new Map<string, SourceRow>()
  const again: SourceRow[] = []
  for (const source of rows) {
    const key = keyOf(source)
    if (fresh.has(key) || run.underWay.has(key)) again.push(source)
    else fresh.set(key, source)
  }
  for (const key of fresh.keys()) run.underWay.add(key)
  try {
    return await takeFresh(ctx, run, fresh, again)
  } catch (error) {
    for (const key of fresh.keys()) run.underWay.delete(key)
    throw error
  }
}

const keyOf = ({ row }: SourceRow): string => row.key?.trim() ?? ''

async function takeFresh(ctx: Context, run: Import, fresh: ReadonlyMap<string, SourceRow>, again: readonly SourceRow[]): Promise<BatchResult> {
  const before = await takenKeys(ctx, run.system, [...fresh.keys(), ...again.map(keyOf)])
  const look = await lookUps(ctx, run, await storedFiles(ctx, [...fresh.values()]))
  const candidates: Candidate[] = []
  const refused: Refusal[] = []
  let repeated = 0
  for (const source of [...fresh.values(), ...again]) {
    const { line, row } = source
    const batch = before.get(keyOf(source))
    if (batch !== undefined && (batch === null || !run.batches.has(batch))) {
      repeated++
      continue
    }
    if (batch !== undefined || fresh.get(keyOf(source)) !== source) {
      refused.push({ line, faults: [TWICE] })
      continue
    }
    const past = pastCaseOf(row)
    const known = Array.isArray(past) ? past : await look(past)
    if (Array.isArray(known)) refused.push({ line, faults: known })
    else candidates.push({ past: past as PastCase, known })
  }

  const cases = await build(ctx, candidates)
  const batch = uuidAt(ctx.now)
  run.batches.add(batch)
  if (cases.length > 0) {
    await writeCases(ctx, run.system, batch, cases)
    await showFiles(ctx, cases)
    record(ctx, 'case.imported', batch, '', { system: run.system, taken: cases.length, repeated, refused: refused.length })
  }
  ctx.outbox.afterCommit.push(() => fresh.forEach((_, key) => run.underWay.delete(key)))
  return { taken: cases.length, repeated, refused }
}

const TWICE: RowFault = { column: 'key', reason: { zh: '同一编号在文件中出现两次', en: 'stands twice in the file' } }

async function build(ctx: Context, candidates: readonly Candidate[]): Promise<Taken[]> {
  const calendar = await workingCalendar(ctx)
  const days = candidates.map(({ past }) => dayOfNumber(past.at.reported_at, calendar.zone))
  const amounts = new Map<string, number>()
  candidates.forEach(({ known }, i) => {
    const key = known.district + days[i]!
    amounts.set(key, (amounts.get(key) ?? 0) + 1)
  })
  const numberFor = await reserveNumbers(ctx, amounts)
  const cases: Taken[] = []
  for (const [i, { past, known }] of candidates.entries()) {
    const built = buildCase(standardFlow, calendar, past, { ...known, number: numberFor(known.district, days[i]!) })
    const category = await findCategory(ctx, past.text.category!)
    cases.push({ ...built, key: past.key, words: searchWords(built.row, category && `${category.name.zh} ${category.name.en}`) })
  }
  return cases
}

/** Which of the photos that rows name are in the store. */
async function storedFiles(ctx: Context, rows: readonly SourceRow[]): Promise<ReadonlySet<string>> {
  const named = new Set(rows.flatMap(({ row }) => `${row.photos ?? ''} ${row.disposed_photos ?? ''}`.split(' ').filter(Boolean)))
  const stored = new Set((await findFiles(ctx, [...named])).map(({ sha256 }) => sha256))
  if (stored.size === named.size) return stored
  const store = await ctx.caches.get(ctx, filesOf)
  for (const sha256 of named) if (!stored.has(sha256) && (await store.describe(sha256))) stored.add(sha256)
  return stored
}

/** Those who may read files of a community may see the photos of its cases. */
async function showFiles(ctx: Context, cases: readonly Taken[]): Promise<void> {
  const shown = new Map<string, Set<string>>()
  for (const { row, steps } of cases) {
    const files = steps.flatMap((step) => step.files)
    if (files.length === 0) continue
    const { region } = placeOf(row)
    const known = shown.get(region) ?? new Set()
    for (const sha256 of files) known.add(sha256)
    shown.set(region, known)
  }
  for (const [region, sha256s] of shown) await markRegion(ctx, [...sha256s], region)
}

/** Looks up everything that a past case names; the answer is what is known, or what is wrong with it. */
async function lookUps(ctx: Context, run: Import, stored: ReadonlySet<string>): Promise<(past: PastCase) => Promise<Omit<Known, 'number'> | RowFault[]>> {
  const find = await locator(ctx)
  const districts = new Set(await districtsOf(ctx))
  const sources = new Set((await dictionary(ctx, 'source')).map(({ code }) => code))

  return async (past) => {
    const { text, position } = past
    const faults: RowFault[] = []
    const fail = (column: HistoryColumn, reason: Words) => void faults.push({ column, reason })
    const unknown = (column: HistoryColumn): void => fail(column, { zh: `“${text[column]}”不存在`, en: `"${text[column]}" is not known here` })

    const located = position ? find([position[0], position[1]]) : undefined
    const here = !text.district || located?.district === text.district ? located : undefined
    const district = text.district || here?.district
    if (!district) fail('district', { zh: '没有区划，位置也不在本市', en: 'is empty, and the position does not lie in the city' })
    if (district && !districts.has(district)) unknown('district')
    if (!sources.has(text.source!)) unknown('source')
    const category = await findCategory(ctx, text.category!)
    if (!category) unknown('category')
    const condition = text.condition ? await findCondition(ctx, text.condition) : undefined
    if (text.condition && condition?.category !== text.category) unknown('condition')
    const unit = await unitOf(ctx, text.unit)
    if (text.unit && !unit) unknown('unit')
    const firstUnit = await unitOf(ctx, text.first_unit)
    if (text.first_unit && !firstUnit) unknown('first_unit')
    if (!past.photos.every((sha256) => stored.has(sha256))) unknown('photos')
    if (!past.disposedPhotos.every((sha256) => stored.has(sha256))) unknown('disposed_photos')
    const people = await peopleOf(ctx, run, text)
    for (const role of ROLES) if (!people[role]) unknown(role)
    if (past.at.reported_at > ctx.now) fail('reported_at', { zh: '晚于当前时间', en: 'lies in the future' })
    if (faults.length > 0) return faults

    const grade = here?.grade ?? null
    return {
      district: district!,
      street: text.street || here?.street || null,
      community: text.community || here?.community || null,
      cell: here?.cell ?? null,
      beat: here?.beat ?? null,
      grade,
      limit: condition?.limits[grade ?? 'A'],
      unit,
      firstUnit,
      people: people as Known['people'],
    }
  }
}

async function unitOf(ctx: Context, code: string | undefined): Promise<Known['unit']> {
  const unit = code ? await findUnit(ctx, code) : undefined
  return unit && { code: unit.code, path: unit.path, name: unit.name.zh }
}

const ROLES = ['reporter', 'operator', 'dispatcher', 'handler', 'collector'] as const

async function peopleOf(ctx: Context, run: Import, text: HistoryRow): Promise<Record<(typeof ROLES)[number], Who | undefined>> {
  const found = {} as Record<(typeof ROLES)[number], Who | undefined>
  for (const role of ROLES) {
    const account = text[role]
    if (!account) {
      found[role] = role === 'reporter' ? { id: 'public', name: 'public' } : IMPORT
      continue
    }
    if (!run.people.has(account)) {
      const person = await findPersonByAccount(ctx, account)
      run.people.set(account, person && { id: person.id, name: person.name })
    }
    found[role] = run.people.get(account)
  }
  return found
}
