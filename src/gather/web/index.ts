// The figures' pages.

export { pages } from './pages.ts'
