// The door of gather: facts and the cubes made of them.

export { readOverview, type Asked } from './overview.ts'
export { readCube, type CubeCell } from './cube.ts'
export { sumAll, sumAlong, sumByStart } from './tallies.ts'
export { rowsOf } from './period.ts'
export { countAnew } from './recount.ts'
export { gather } from './room.ts'
