import { getCityFacts } from '../../../atlas/index.ts'
import { caseKey, findPublicCase, listPublicCases, maskPersonal, type CaseFilter, type CaseRow } from '../../../cases/index.ts'
import { offsetMs, type Context } from '../../../kernel/index.ts'
import type { Language } from '../../../kernel/contract.ts'
import { fieldWrong, requestUnknown } from '../problems.ts'
import { isOpen, looked, sentenceOf, whatIs, whereIs } from '../told.ts'
import type { Value } from './document.ts'
import { listOf, spanOf, statusesOf, wholeOf, type Given } from './read.ts'
import { OTHER, serviceOf } from './services.ts'

const MOST_ROWS = 1000
/** How deep one may page; beyond it a narrower span is quicker for both. */
const DEEPEST = 20_000
const MOST_CODES = 20
const MOST_IDS = 200

/** `2026-05-24T08:30:00+08:00`: the city's wall time with its zone. */
export function w3c(at: Date, zone: string): string {
  const offset = offsetMs(+at, zone)
  const minutes = Math.abs(offset) / 60_000
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return `${new Date(+at + offset).toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

/** One case as a GeoReport request. Words and photos only after an operator has looked at them; who reported, never. */
export async function presentRequest(ctx: Context, row: CaseRow, language: Language, site: string): Promise<Value> {
  const { zone } = await getCityFacts(ctx)
  const name = (await whatIs(ctx, row))[language]
  const seen = looked(row)
  const updated =
    row.endedAt ?? row.checkedAt ?? row.disposedAt ?? row.dispatchedAt ?? row.establishedAt ?? row.acceptedAt ?? row.reportedAt
  return {
    service_request_id: row.number,
    status: isOpen(row) ? 'open' : 'closed',
    status_notes: sentenceOf(row)[language],
    service_name: name,
    service_code: !seen && row.attributes['guessed'] === true ? OTHER : row.category,
    description: seen ? maskPersonal(row.description) : name,
    agency_responsible: row.unitName,
    service_notice: null,
    requested_datetime: w3c(row.reportedAt, zone),
    updated_datetime: w3c(updated, zone),
    expected_datetime: row.disposeDueAt ? w3c(row.disposeDueAt, zone) : null,
    address: whereIs(row),
    address_id: null,
    zipcode: null,
    lat: row.lat,
    long: row.lng,
    media_url: seen && row.photo ? `${site}/api/public/cases/${row.number}/photos/${row.photo}` : null,
  }
}

export async function findRequest(ctx: Context, id: string): Promise<CaseRow> {
  const row = /^\d{20}$/.test(id) ? await findPublicCase(ctx, caseKey(id)) : undefined
  if (!row) throw requestUnknown({ id: id.slice(0, 40) })
  return row
}

export async function findRequests(ctx: Context, given: Given): Promise<CaseRow[]> {
  const ids = listOf(given, 'service_request_id', MOST_IDS)
  if (ids.length > 0) {
    const rows = await Promise.all(ids.filter((id) => /^\d{20}$/.test(id)).map((id) => findPublicCase(ctx, caseKey(id))))
    return rows.filter((row) => row !== undefined)
  }

  const { from, to } = spanOf(given, ctx.now)
  const statuses = statusesOf(given)
  const codes = listOf(given, 'service_code', MOST_CODES)
  const size = wholeOf(given, 'page_size', 1, MOST_ROWS) ?? MOST_ROWS
  const page = wholeOf(given, 'page', 1, DEEPEST) ?? 1
  if (page * size * Math.max(1, codes.length) > DEEPEST) {
    throw fieldWrong({ field: 'page', why: { zh: '翻页过深，请缩小时间范围或减少 service_code', en: 'lies too deep; ask for a shorter span or fewer services' } })
  }
  for (const code of codes) await serviceOf(ctx, code)

  // The end of the span is part of it; the list's own end is not.
  const filter = {
    from: from.toISOString(),
    to: new Date(+to + 1).toISOString(),
    ...(statuses.length === 1 && { open: statuses[0] === 'open' }),
  }
  const wanted = codes.length === 0 ? [filter] : codes.filter((code) => code !== OTHER).map((category) => ({ ...filter, category }))
  const rows: CaseRow[] = []
  for (const each of wanted) rows.push(...(await newest(ctx, each, page * size)))
  if (wanted.length > 1) rows.sort((a, b) => +b.reportedAt - +a.reportedAt || (a.number < b.number ? 1 : -1))
  return rows.slice((page - 1) * size, page * size)
}

/** The newest cases of a filter. A list may stop early to answer a person in time; here it is asked on to its end. */
async function newest(ctx: Context, filter: CaseFilter, most: number): Promise<CaseRow[]> {
  const rows: CaseRow[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await listPublicCases(ctx, filter, { limit: most - rows.length, cursor })
    rows.push(...page.rows)
    if (page.next === null || rows.length >= most) return rows
    cursor = page.next
  }
}
