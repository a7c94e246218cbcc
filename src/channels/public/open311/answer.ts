import { sql } from 'kysely'
import { getCityFacts } from '../../../atlas/index.ts'
import { Problem, type Context, type Input, type RawReply } from '../../../kernel/index.ts'
import type { Language } from '../../../kernel/contract.ts'
import { jurisdictionUnknown } from '../problems.ts'
import { formatOf, TYPES, writeDocument, type Format, type Value } from './document.ts'
import { faultReply } from './fault.ts'
import { textOf, type Given } from './read.ts'

export interface Asked {
  /** The last part of the address without its ending: a code, a number, or the name of the list. */
  readonly name: string
  readonly given: Given
  readonly language: Language
  /** `https://city.example`, as the caller sees us. */
  readonly site: string
}

export interface Said {
  readonly root: string
  readonly value: Value
}

// oxlint-disable-next-line no-explicit-any
type AnyInput = Input<any, any, any>

export const siteOf = ({ raw: { request } }: AnyInput): string => `${request.protocol}://${request.host}`

/** The format is the ending of the address, or what the caller accepts. */
export function askedOf(input: AnyInput): Asked & { format: Format } {
  const { request } = input.raw
  const last = decodeURIComponent(request.url.split('?')[0]!.split('/').at(-1)!)
  const { name, format } = formatOf((input.params as { file?: string } | undefined)?.file ?? last, request.headers.accept)
  const given: Given = { ...(input.query as Given | undefined), ...(input.body as Given | undefined) }
  return { name, format, given, language: input.language, site: siteOf(input) }
}

async function demandJurisdiction(ctx: Context, given: Given): Promise<void> {
  const id = textOf(given, 'jurisdiction_id', 100)
  if (id === undefined) return
  const { code } = await getCityFacts(ctx)
  if (id !== code) throw jurisdictionUnknown({ id, known: code })
}

/** Answers in the caller's format; a problem becomes a GeoReport error body, and what was begun before it is undone. */
export async function answerGeoReport(ctx: Context, input: AnyInput, say: (asked: Asked) => Promise<Said>): Promise<RawReply> {
  const { format, ...asked } = askedOf(input)
  const writing = input.raw.request.method !== 'GET'
  const { events, entries, afterCommit } = ctx.outbox
  const before = [events.length, entries.length, afterCommit.length] as const
  if (writing) await sql`savepoint georeport`.execute(ctx.db)
  try {
    await demandJurisdiction(ctx, asked.given)
    const { root, value } = await say(asked)
    return { type: TYPES[format], body: writeDocument(format, root, value) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (writing) await sql`rollback to savepoint georeport`.execute(ctx.db)
    events.length = before[0]
    entries.length = before[1]
    afterCommit.length = before[2]
    return faultReply(error, format, asked.language)
  }
}
