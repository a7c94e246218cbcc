import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../kernel/index.ts'
import type { CaseFilter } from './contract.ts'
import { hasEnded } from './flow.ts'
import { allFlows } from './flows.ts'
import { inRegion, startsWith } from './scope.ts'

const several = (text: string | undefined): string[] => (text ?? '').split(',').filter((part) => part !== '')

type Column = 'state' | 'lamp' | 'source'

const oneOf = (column: Column, values: readonly string[]): RawBuilder<boolean>[] => {
  if (values.length === 0) return []
  if (values.length === 1) return [sql<boolean>`c.${sql.ref(column)} = ${values[0]!}`]
  return [sql<boolean>`c.${sql.ref(column)} = any(${values as string[]}::text[])`]
}

/** The conditions of a filter on the cases `c`; those on number and text are for `listCases`. */
export function conditionsOf(filter: Omit<CaseFilter, 'text' | 'number'>): RawBuilder<boolean>[] {
  const { open, category, unit, region, component, from, to } = filter
  return [
    ...oneOf('state', several(filter.state)),
    ...oneOf('lamp', several(filter.lamp)),
    ...oneOf('source', several(filter.source)),
    ...(open === undefined ? [] : [open ? sql<boolean>`c.ended_at is null` : sql<boolean>`c.ended_at is not null`]),
    ...(category ? [exactOrPrefix('category', category, CLASS)] : []),
    ...(unit ? [startsWith('unit_path', unit)] : []),
    ...(region && region.length > 6 ? [inRegion(region)] : []),
    ...(filter.having ? [sql<boolean>`c.${sql.ref(filter.having)} > 0`] : []),
    ...(component ? [sql<boolean>`c.component_code = ${component}`] : []),
    ...(from ? [sql<boolean>`c.reported_at >= ${new Date(from)}`] : []),
    ...(to ? [sql<boolean>`c.reported_at < ${new Date(to)}`] : []),
  ]
}

/** The same question, which says that only open cases fit where its states or lamps say so: those are few, however many there have been. */
export async function withOpen(ctx: Context, filter: CaseFilter): Promise<CaseFilter> {
  if (filter.open !== undefined) return filter
  const lamps = several(filter.lamp)
  if (lamps.length > 0 && !lamps.includes('grey')) return { ...filter, open: true }
  const states = several(filter.state)
  if (states.length === 0) return filter
  const flows = [...(await allFlows(ctx)).byKey.values()]
  return states.some((state) => flows.some((flow) => hasEnded(flow, state))) ? filter : { ...filter, open: true }
}

const CLASS = /^[^.]+\.[cm]\.\d{4,}$/

/** A whole class is compared as it is, so that its cases come from the index in their order. */
const exactOrPrefix = (column: 'category', value: string, whole: RegExp): RawBuilder<boolean> =>
  whole.test(value) ? sql<boolean>`c.${sql.ref(column)} = ${value}` : startsWith(column, value)
