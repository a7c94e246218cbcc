// What the room of the cases does when the working calendar changes.

export { limitsRight } from './limits-right.ts'
export { reckonAnew, reckonWhenChanged } from './reckon-anew.ts'
export { calendarRoutes } from './routes.ts'
