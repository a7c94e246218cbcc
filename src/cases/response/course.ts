// Between the row of a response and its course. Pure.

import type { Course, Stamp } from './measure.ts'
import { MARKS, type Mark } from './profile.ts'
import type { CaseResponseTable } from './tables.ts'

type MarkColumns = { [M in Mark as `${M}At`]: CaseResponseTable[`${M}At`] } & { [M in Mark as `${M}How`]: CaseResponseTable[`${M}How`] }
type MovedColumns = Pick<CaseResponseTable, 'startLng' | 'startLat' | 'claims' | 'seenAt' | 'seenMetres' | 'nearing'>

/** The columns that a course fills, of a response or of what is measured alike. */
export type CourseColumns = MarkColumns & MovedColumns
export type CourseRow = CourseColumns & Pick<CaseResponseTable, 'lng' | 'lat' | 'geofenceMetres' | 'orderedAt'>

export function courseOf(row: CourseRow): Course {
  const marks: Partial<Record<Mark, Stamp>> = {}
  for (const mark of MARKS) {
    const [at, how] = [row[`${mark}At`], row[`${mark}How`]]
    if (at && how) marks[mark] = { at, how }
  }
  return {
    place: [row.lng, row.lat],
    geofenceMetres: row.geofenceMetres,
    orderedAt: row.orderedAt,
    start: row.startLng === null || row.startLat === null ? null : [row.startLng, row.startLat],
    marks,
    claims: row.claims,
    seenAt: row.seenAt,
    seenMetres: row.seenMetres,
    nearing: row.nearing,
  }
}

export function columnsOf({ start, marks, claims, seenAt, seenMetres, nearing }: Course): CourseColumns {
  const columns: Record<string, unknown> = {}
  for (const mark of MARKS) {
    columns[`${mark}At`] = marks[mark]?.at ?? null
    columns[`${mark}How`] = marks[mark]?.how ?? null
  }
  return { ...columns, startLng: start?.[0] ?? null, startLat: start?.[1] ?? null, claims: claims as Record<string, string>, seenAt, seenMetres, nearing } as CourseColumns
}
