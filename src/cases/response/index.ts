// What the room of the cases offers of emergency responses.

export { moveResponder, responsesFollow } from './advance.ts'
export { columnsOf, courseOf, type CourseColumns } from './course.ts'
export { caseResponded, type CaseResponded } from './events.ts'
export { click, expectedAt, hearPosition, marksChanged, receive, stamp, type Course } from './measure.ts'
export { responseRoutes } from './routes.ts'
