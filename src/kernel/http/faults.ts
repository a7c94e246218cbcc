// What the validator found, as sentences. Pure.

import type { ErrorObject } from 'ajv'
import type { Words } from '../contract.ts'
import type { Fault } from '../problem.ts'

export type Part = 'body' | 'query' | 'params'

const MOST = 100
const SIGNS: Record<Part, string> = { body: '', query: '?', params: ':' }

/** At most a hundred faults, one for each field and reason. A field of the query is shown as `?name`, of the path as `:name`. */
export function faultsOf(errors: readonly ErrorObject[], part: Part): Fault[] {
  const told = new Map<string, Fault>()
  for (const error of errors.filter((each) => tells(each, errors))) {
    const fault = { at: SIGNS[part] + pathOf(error), reason: reasonOf(error) }
    told.set(`${fault.at} ${fault.reason.en}`, fault)
    if (told.size === MOST) break
  }
  return [...told.values()]
}

/** Of a choice of forms, the faults of the likeliest form say more than “none fits”; that it is not null says nothing. */
function tells(error: ErrorObject, all: readonly ErrorObject[]): boolean {
  const inside = (one: ErrorObject) => one.schemaPath.includes('/anyOf/')
  const noNull = (one: ErrorObject) => one.keyword === 'type' && one.params.type === 'null'
  if (error.keyword !== 'anyOf') return !noNull(error)
  return !all.some((other) => inside(other) && !noNull(other) && other.instancePath.startsWith(error.instancePath))
}

function pathOf({ instancePath, keyword, params }: ErrorObject): string {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (keyword === 'required') steps.push(String(params.missingProperty))
  if (keyword === 'additionalProperties') steps.push(String(params.additionalProperty))
  return steps.join('.').slice(0, 200)
}

const TYPES: Record<string, Words> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  integer: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '是或否', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
}

const FORMATS: Record<string, Words> = {
  'date-time': { zh: '须为日期和时间，如 2026-05-01T08:30:00+08:00', en: 'must be a date and time such as 2026-05-01T08:30:00+08:00' },
  date: { zh: '须为日期，如 2026-05-01', en: 'must be a date such as 2026-05-01' },
  uuid: { zh: '须为 UUID', en: 'must be a UUID' },
}

const REASONS: Record<string, (params: Record<string, unknown>) => Words> = {
  required: () => ({ zh: '必填', en: 'is required' }),
  type: ({ type }) => {
    const words = TYPES[String(type)] ?? { zh: String(type), en: String(type) }
    return { zh: `须为${words.zh}`, en: `must be ${words.en}` }
  },
  minLength: ({ limit }) => ({ zh: `至少 ${limit} 个字`, en: `has at least ${limit} characters` }),
  maxLength: ({ limit }) => ({ zh: `至多 ${limit} 个字`, en: `has at most ${limit} characters` }),
  minimum: ({ limit }) => ({ zh: `不小于 ${limit}`, en: `must be ${limit} or more` }),
  maximum: ({ limit }) => ({ zh: `不大于 ${limit}`, en: `must be ${limit} or less` }),
  exclusiveMinimum: ({ limit }) => ({ zh: `须大于 ${limit}`, en: `must be more than ${limit}` }),
  exclusiveMaximum: ({ limit }) => ({ zh: `须小于 ${limit}`, en: `must be less than ${limit}` }),
  multipleOf: ({ multipleOf }) => ({ zh: `须为 ${multipleOf} 的倍数`, en: `must be a multiple of ${multipleOf}` }),
  minItems: ({ limit }) => ({ zh: `至少 ${limit} 项`, en: `has at least ${limit} items` }),
  maxItems: ({ limit }) => ({ zh: `至多 ${limit} 项`, en: `has at most ${limit} items` }),
  uniqueItems: () => ({ zh: '各项不能重复', en: 'its items must differ' }),
  pattern: () => ({ zh: '格式不对', en: 'is not written as it must be' }),
  format: ({ format }) => FORMATS[String(format)] ?? { zh: `格式须为 ${format}`, en: `must be in the format ${format}` },
  enum: ({ allowedValues }) => oneOf(allowedValues as unknown[]),
  const: ({ allowedValue }) => ({ zh: `只能是 ${String(allowedValue)}`, en: `must be ${String(allowedValue)}` }),
  additionalProperties: () => ({ zh: '没有这一项', en: 'is not known here' }),
}

function oneOf(values: unknown[]): Words {
  const shown = values.slice(0, 20).map(String)
  const more = values.length > shown.length
  return { zh: `只能是 ${shown.join('、')}${more ? ' 等' : ''}`, en: `must be one of ${shown.join(', ')}${more ? ' and others' : ''}` }
}

const reasonOf = ({ keyword, params }: ErrorObject): Words => REASONS[keyword]?.(params) ?? { zh: '不符合要求', en: 'does not fit' }
