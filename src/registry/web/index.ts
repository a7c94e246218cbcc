// The registry as the pages of higher rooms see it, and its own pages for administrators.

export * from './look-up.ts'
export * from './category-field.tsx'
export * from './unit-field.tsx'
export { pages } from './pages.ts'
