import type { Words } from '../contract.ts'
import type { SessionLimits } from './session.ts'

/** What access must know of the program that runs it; set by `createHttp`. */
export interface House {
  readonly permits: ReadonlyMap<string, { readonly room: Words; readonly name: Words }>
  readonly sessions: SessionLimits
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly house: House
  }
}
