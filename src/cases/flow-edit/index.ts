// Flows as versioned data: drafts, versions, which is in use, and how open cases move from one to another.

export { flowRoutes } from './routes.ts'
export { moveFlow } from './move-cases.ts'
export { demandFlows } from './list-flows.ts'
