// The door of the atlas: where things are.

export * from './events.ts'
export * from './region.ts'
export type { City, Component, ComponentNear, Description, Division, Grade, Located, Place } from './contract.ts'
export { beatName, findBorder, findCells, findCity, findDivisions, getCityFacts, regionName, type CellRow } from './divisions.ts'
export { locate, locator } from './locate.ts'
export { findComponent, nearestComponents } from './components.ts'
export { describePlace, findPlaces } from './places.ts'
export { roadKindsAt } from './roads.ts'
export type { CityRow } from './pack/city.ts'
export { atlas } from './room.ts'
