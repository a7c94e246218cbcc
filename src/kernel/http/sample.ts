import type { TSchema } from '../contract.ts'

type Shape = Record<string, unknown>

/** A value that fits a schema as simply as can be, for tests that must ask something. A pattern is not followed. */
export function sampleOf(schema: TSchema | undefined): unknown {
  return schema === undefined ? {} : sample(schema as unknown as Shape)
}

function sample(shape: Shape): unknown {
  if (shape.default !== undefined) return shape.default
  if (shape.const !== undefined) return shape.const
  if (Array.isArray(shape.enum)) return shape.enum[0]
  if (Array.isArray(shape.anyOf)) return sample(shape.anyOf[0] as Shape)
  if (shape.type === 'object') return objectOf(shape)
  if (shape.type === 'array') return Array.isArray(shape.items) ? shape.items.map(sample) : listOf(shape)
  if (shape.type === 'integer' || shape.type === 'number') return Number(shape.minimum ?? 0)
  if (shape.type === 'boolean') return false
  return textOf(shape)
}

function objectOf({ properties, required }: Shape): Shape {
  const all = (properties ?? {}) as Record<string, Shape>
  return Object.fromEntries(((required ?? []) as string[]).map((name) => [name, sample(all[name]!)]))
}

const listOf = ({ items, minItems }: Shape) => Array.from({ length: Number(minItems ?? 0) }, () => sample(items as Shape))

function textOf({ format, pattern, minLength }: Shape): string {
  if (format === 'uuid') return '00000000-0000-7000-8000-000000000000'
  if (format === 'date-time') return '2026-06-10T02:00:00.000Z'
  if (format === 'date') return '2026-06-10'
  const digits = /^\^(?:\\d|\[0-9a-f\])\{(\d+)(?:,\d+)?\}\$$/.exec(String(pattern ?? ''))
  return '0'.repeat(Math.max(Number(digits?.[1] ?? 0), Number(minLength ?? 1)))
}
