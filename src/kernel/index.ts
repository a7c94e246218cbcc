// The door of the kernel: what rooms may use. It knows no city words.

export * from './context.ts'
export * from './problem.ts'
export * from './room.ts'
export * from './calendar/index.ts'
export * from './geometry/index.ts'
export { clientOf, copyInto, copyOver, isDatabaseGone, openClient, type CopyColumns, type CopyRow, type CopyType } from './database/index.ts'
export { createKernel, emptyOutbox, systemActor, type ActAs, type Kernel, type KernelOptions } from './kernel.ts'
export { createCaches } from './caches.ts'
export * from './log/index.ts'
export * from './jobs/index.ts'
export * from './files/index.ts'
