// The door of gather: facts and the cubes made of them.

export { readOverview, type Asked } from './overview.ts'
export { readCube, type CubeCell } from './cube.ts'
export { readMonths, type MonthLine } from './months.ts'
export { countAnew } from './recount.ts'
export { gather } from './room.ts'
