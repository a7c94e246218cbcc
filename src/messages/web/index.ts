// Messages as the shell shows them: the bell, and the room's own pages.

export { Bell } from './bell.tsx'
export { pages } from './pages.ts'
