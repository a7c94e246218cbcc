import type { FastifyRequest } from 'fastify'
import { getCityFacts } from '../../../atlas/index.ts'
import type { Context, Input, Problem, RawReply } from '../../../kernel/index.ts'
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

/** The last part of an address as it was asked, without its query. */
const lastOf = (url: string): string => url.split('?')[0]!.split('/').at(-1)!

/** A problem as a GeoReport error body, whether it is ours or arose before us: in the limits, the form reader, the file store. */
export function refuseGeoReport(problem: Problem, request: FastifyRequest): RawReply {
  const { format } = formatOf(lastOf(request.url), request.headers.accept)
  return faultReply(problem, format, request.language)
}

/** The format is the ending of the address, or what the caller accepts. */
export function askedOf(input: AnyInput): Asked & { format: Format } {
  const { request } = input.raw
  const { name, format } = formatOf((input.params as { file?: string } | undefined)?.file ?? lastOf(request.url), request.headers.accept)
  const given: Given = { ...(input.query as Given | undefined), ...(input.body as Given | undefined) }
  return { name, format, given, language: input.language, site: siteOf(input) }
}

async function demandJurisdiction(ctx: Context, given: Given): Promise<void> {
  const id = textOf(given, 'jurisdiction_id', 100)
  if (id === undefined) return
  const { code } = await getCityFacts(ctx)
  if (id !== code) throw jurisdictionUnknown({ id, known: code })
}

/** Answers in the caller's format. */
export async function answerGeoReport(ctx: Context, input: AnyInput, say: (asked: Asked) => Promise<Said>): Promise<RawReply> {
  const { format, ...asked } = askedOf(input)
  await demandJurisdiction(ctx, asked.given)
  const { root, value } = await say(asked)
  return { type: TYPES[format], body: writeDocument(format, root, value) }
}
