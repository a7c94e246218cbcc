export * from './by-day.ts'
export * from './calendar.ts'
export * from './wall-time.ts'
