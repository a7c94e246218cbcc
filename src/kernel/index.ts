// The door of the kernel: what rooms may use. It knows no city words.

export * from './context.ts'
export * from './problem.ts'
export * from './room.ts'
export * from './calendar/index.ts'
export * from './geometry/index.ts'
