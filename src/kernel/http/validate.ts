import { Ajv, type ErrorObject, type Options } from 'ajv'
import formats, { type FormatsPlugin } from 'ajv-formats'
import type { TSchema } from '../contract.ts'
import type { Fault } from '../problem.ts'
import { faultsOf, type Part } from './faults.ts'

/** Gives the faults of `value`, into which defaults are filled and, where it came as text, numbers are read; none when it fits. */
export type Validate = (value: unknown) => Fault[]

/** All faults are looked for only in small bodies: in a large one, a list of thousands of errors would be the attack. */
const SMALL = 16 * 1024

const OPTIONS: Options = { useDefaults: true, strict: false, addUsedSchema: false }
// The package is CommonJS and its types say otherwise.
const addFormats = formats as unknown as FormatsPlugin

const compilerOf = (options: Options) => {
  const ajv = new Ajv({ ...OPTIONS, ...options })
  addFormats(ajv)
  return ajv
}

/** Compilers for one server: JSON is taken as it is, what came as text (path, query, form) is read as what the schema wants. */
export function createValidators() {
  const exact = compilerOf({ coerceTypes: false })
  const exactAll = compilerOf({ coerceTypes: false, allErrors: true })
  const reading = compilerOf({ coerceTypes: 'array', allErrors: true })

  return {
    /** For path and query. */
    text(schema: TSchema, part: Part): Validate {
      const check = reading.compile(schema)
      return (value) => (check(value) ? [] : faultsOf(check.errors as ErrorObject[], part))
    },
    /** For a body that is JSON. */
    json(schema: TSchema): Validate {
      const check = exact.compile(schema)
      let checkAll: ReturnType<Ajv['compile']> | undefined
      return (value) => {
        if (check(value)) return []
        if (JSON.stringify(value)?.length > SMALL) return faultsOf(check.errors as ErrorObject[], 'body')
        checkAll ??= exactAll.compile(schema)
        void checkAll(value)
        return faultsOf(checkAll.errors as ErrorObject[], 'body')
      }
    },
    /** For a body that came as a form. */
    form(schema: TSchema): Validate {
      let check: ReturnType<Ajv['compile']> | undefined
      return (value) => {
        check ??= reading.compile(schema)
        return check(value) ? [] : faultsOf(check.errors as ErrorObject[], 'body')
      }
    },
  }
}

export type Validators = ReturnType<typeof createValidators>
