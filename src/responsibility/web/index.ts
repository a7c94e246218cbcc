// 确责 as pages of higher rooms see it, and its own page for whoever keeps the rules.

export { Confidence } from './confidence.tsx'
export { pages } from './pages.ts'
