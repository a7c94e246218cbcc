import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { TSchema } from '../contract.ts'
import { MAX_BYTES } from '../files/index.ts'
import { Problem } from '../problem.ts'
import type { StoredFile } from '../room.ts'
import { demandClean } from './clean-text.ts'
import { bodyTooLarge, formBroken, tooManyFiles } from './problems.ts'

const MOST_FIELDS = 200
/** These would reach behind the object that carries the fields. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

export type Fields = Record<string, unknown>

/** The fields of a form; a name that comes twice is a list. */
export function fieldsOf(pairs: Iterable<readonly [string, string]>): Fields {
  const fields: Fields = {}
  let count = 0
  for (const [name, value] of pairs) {
    if (++count > MOST_FIELDS || FORBIDDEN.has(name)) throw formBroken()
    const before = fields[name]
    if (before === undefined) fields[name] = value
    else if (Array.isArray(before)) before.push(value)
    else fields[name] = [before, value]
  }
  demandClean(fields)
  return fields
}

/** A form has only text: what the schema wants as a list or an object is written in it as JSON. */
export function readNested(fields: Fields, schema: TSchema | undefined): Fields {
  const properties = ((schema as { properties?: Record<string, TSchema> } | undefined)?.properties ?? {}) as Record<string, Fields>
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || !isNested(properties[name])) continue
    try {
      fields[name] = JSON.parse(value)
    } catch {
      throw formBroken()
    }
    demandClean(fields[name])
  }
  return fields
}

function isNested(schema: Fields | undefined): boolean {
  if (!schema) return false
  if (schema.type === 'array' || schema.type === 'object') return true
  return Array.isArray(schema.anyOf) && schema.anyOf.some(isNested)
}

export interface FilledForm {
  readonly fields: Fields
  readonly files: StoredFile[]
}

type Put = (stream: Readable, about: { name: string; maxBytes: number }) => Promise<StoredFile>

/** Reads a multipart form to its end; its files flow into the store while they arrive. */
export async function readMultipart(request: FastifyRequest, put: Put, limits: { files: number; fieldBytes: number }): Promise<FilledForm> {
  const pairs: [string, string][] = []
  const files: StoredFile[] = []
  try {
    // One byte of files more than the store takes, so that it is the store that refuses, by name.
    const parts = request.parts({
      limits: {
        fileSize: MAX_BYTES + 1,
        files: limits.files,
        fields: MOST_FIELDS,
        fieldSize: limits.fieldBytes,
        parts: MOST_FIELDS + limits.files,
      },
    })
    for await (const part of parts) {
      if (part.type === 'file') {
        // A file field left empty by a browser.
        if (part.filename === '' || part.filename === undefined) part.file.resume()
        else files.push(await put(part.file, { name: part.filename, maxBytes: MAX_BYTES }))
      } else {
        if (part.valueTruncated) throw bodyTooLarge()
        pairs.push([part.fieldname, String(part.value)])
      }
    }
  } catch (error) {
    throw asFormProblem(error, limits.files)
  }
  return { fields: fieldsOf(pairs), files }
}

function asFormProblem(error: unknown, most: number): unknown {
  if (error instanceof Problem) return error
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'FST_FILES_LIMIT') return tooManyFiles({ most })
  if (/^FST_(PARTS|FIELDS)_LIMIT$/.test(code) || code === 'FST_REQ_FILE_TOO_LARGE') return bodyTooLarge()
  const ours = code.startsWith('FST_') || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET'
  return ours || /multipart|boundary|unexpected end|malformed|header/i.test(message) ? formBroken() : error
}
