// The door of HTTP inside the kernel.

export { createHttp } from './create.ts'
export { RATES, type HttpOptions, type Rate, type Rates } from './options.ts'
export type { HttpHost } from './host.ts'
export { languageOf } from './language.ts'
export { openApi } from './openapi.ts'
export { createValidators, type Validate } from './validate.ts'
