// The cases' pages, and what pages of higher rooms show of a case.

export { pages } from './pages.ts'
export { caseQuery, casesChanged, todoCountsQuery } from './queries.ts'
export { sayLimit } from './say-limit.ts'
