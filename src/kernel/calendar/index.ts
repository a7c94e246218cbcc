export * from './calendar.ts'
export * from './wall-time.ts'
