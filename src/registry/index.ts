// The door of the registry: who answers for what, and by which catalogue, limits and calendar.

export * from './catalogue.ts'
export * from './events.ts'
export { DICTIONARIES, SOURCES, UNIT_KINDS } from './contract.ts'
export type { Category, Condition, DictionaryEntry, DictionaryName, Duty, Person, Proposal, SourceCode, Unit } from './contract.ts'
export { catalogueInUse, findCategories, findCategory, findCondition, findConditions, getCategory, getCondition } from './categories.ts'
export { calendarBody, workingCalendar } from './calendars.ts'
export { dictionary } from './dictionaries.ts'
export { findUnit, findUnits, getUnit } from './units.ts'
export { findPerson, getPerson } from './people.ts'
export { proposeUnits } from './propose-units.ts'
export { dutyOf, goOffDuty, goOnDuty, nearestCollectors, reportPosition, type CollectorNear } from './duty.ts'
export { registry } from './room.ts'
