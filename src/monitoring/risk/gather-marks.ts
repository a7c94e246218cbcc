// Points of a map, gathered by the squares of a grid where they crowd: so many come back at most, however many there are.

import { sql, type RawBuilder } from 'kysely'

export type Box = readonly [west: number, south: number, east: number, north: number]

export const boxOf = (text: string): Box => text.split(',').map(Number) as unknown as Box

export const MARKS_AT_MOST = 1_500
/** A square on the screen, in pixels. */
const SQUARE = 44
/** From here on each stands by itself. */
const APART = 17

/** Degrees of a square at this zoom; of the map, whose world is 512 pixels wide at zoom 0. */
export const squareOf = (zoom: number): number => (zoom >= APART ? 1e-6 : (360 / (512 * 2 ** zoom)) * SQUARE)

export const within = ([west, south, east, north]: Box): RawBuilder<boolean> => sql<boolean>`point(lng, lat) <@ box(point(${west}, ${south}), point(${east}, ${north}))`

/** A square is a little lower than wide on the ground, as degrees are. */
export const squares = (zoom: number) => sql`floor(lng / ${squareOf(zoom)}::float8), floor(lat / ${squareOf(zoom) * 0.78}::float8)`
