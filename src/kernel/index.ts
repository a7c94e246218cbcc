// The door of the kernel: what rooms may use. It knows no city words.

export type { Endpoint, EndpointShape, Language, Position, Words } from './contract.ts'
export * from './context.ts'
export * from './problem.ts'
export * from './room.ts'
export * from './calendar/index.ts'
export * from './geometry/index.ts'
export {
  clientOf,
  isOneConnection,
  copyInto,
  FolderTaken,
  inLine,
  isDatabaseGone,
  MigrationRefused,
  openClient,
  sendInto,
  type CopyColumns,
  type CopyRow,
  type CopyType,
  type Sent,
} from './database/index.ts'
export { createKernel, emptyOutbox, systemActor, type ActAs, type Kernel } from './kernel.ts'
export type { KernelOptions } from './options.ts'
export { createCaches } from './caches.ts'
export * from './log/index.ts'
export * from './jobs/index.ts'
export * from './files/index.ts'
export * from './access/index.ts'
export * from './outward/index.ts'
export * from './pack/index.ts'
export * from './sheet/index.ts'
export { passwordFault } from './access/password-rule.ts'
export * from './http/index.ts'
