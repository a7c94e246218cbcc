import { announce, demand, findHolders, holds, record, type Context } from '../../kernel/index.ts'
import { nearestCollectors, positionsOnDuty, settingOf } from '../../registry/index.ts'
import type { CaseKey } from '../number.ts'
import { placeOf } from '../place.ts'
import { caseUnknown } from '../problems.ts'
import { sees } from '../scope.ts'
import { geofenceMetres } from '../settings.ts'
import { readCase } from '../store.ts'
import type { CaseRow } from '../tables.ts'
import { uuidAt } from '../uuid.ts'
import type { ResponderChoice, ResponseOrder } from './contract.ts'
import { caseResponded, type CaseResponded } from './events.ts'
import { caseHasEnded, caseHasNoPlace, responderUnfit, responseRunning } from './problems.ts'
import { ownResponses, type CaseResponseTable } from './tables.ts'

const PERMIT = 'case.respond'
const PROPOSED = 8

/** Those who may take orders where a case lies. Whose unit has the case does not matter: an emergency is for whoever is near. */
async function fitFor(ctx: Context, row: CaseRow): Promise<Map<string, { name: string; unit: string }>> {
  const { region, category } = placeOf(row)
  const holders = await findHolders(ctx, PERMIT)
  const fit = holders.filter((holder) => region.startsWith(holder.region) && category.startsWith(holder.category))
  return new Map(fit.map(({ id, name, unit }) => [id, { name, unit }]))
}

async function getOrderable(ctx: Context, key: CaseKey): Promise<CaseRow> {
  const row = await readCase(ctx, key)
  if (!row) throw caseUnknown(key)
  const place = placeOf(row)
  if (!holds(ctx, 'case.dispatch', place) && !sees(ctx, row)) throw caseUnknown(key)
  demand(ctx, 'case.dispatch', place)
  return row
}

/** Who could be sent: the nearest on duty first, then those of the unit that has the case. */
export async function proposeResponders(ctx: Context, key: CaseKey): Promise<{ items: ResponderChoice[] }> {
  const row = await getOrderable(ctx, key)
  if (row.lng === null || row.lat === null) return { items: [] }
  const fit = await fitFor(ctx, row)
  const running = new Set((await runningOf(ctx, row)).map(({ responderId }) => responderId))
  const near = await nearestCollectors(ctx, [row.lng, row.lat], { beat: row.beat, limit: 3 * PROPOSED })
  const onDuty = near.filter(({ id }) => fit.has(id)).map(({ id, name, metres }) => ({ id, name, metres, onDuty: true, running: running.has(id) }))
  const known = new Set(onDuty.map(({ id }) => id))
  const ofUnit = [...fit]
    .filter(([id, { unit }]) => !known.has(id) && row.unitPath !== null && unit !== '' && unit.startsWith(row.unitPath))
    .map(([id, { name }]) => ({ id, name, metres: null, onDuty: false, running: running.has(id) }))
  return { items: [...onDuty.slice(0, PROPOSED), ...ofUnit.slice(0, PROPOSED)] }
}

const runningOf = (ctx: Context, { number, district }: CaseKey) =>
  ownResponses(ctx)
    .selectFrom('caseResponse')
    .select(['responderId', 'responderName'])
    .where('number', '=', number)
    .where('district', '=', district)
    .where('endedAt', 'is', null)
    .execute()

/** Sends people to a case; their clocks start with the commit. */
export async function orderResponses(ctx: Context, key: CaseKey, order: ResponseOrder): Promise<CaseResponseTable[]> {
  const row = await getOrderable(ctx, key)
  if (row.endedAt) throw caseHasEnded()
  if (row.lng === null || row.lat === null) throw caseHasNoPlace()
  const fit = await fitFor(ctx, row)
  const ids = [...new Set(order.responders)]
  const unfit = ids.find((id) => !fit.has(id))
  if (unfit !== undefined) throw responderUnfit({ id: unfit })
  const busy = (await runningOf(ctx, row)).find(({ responderId }) => ids.includes(responderId))
  if (busy) throw responseRunning({ name: busy.responderName })

  const starts = await positionsOnDuty(ctx, ids)
  const radius = order.geofenceMetres ?? (await settingOf(ctx, geofenceMetres))
  const { region, unit, category } = placeOf(row)
  const rows = ids.map((id): CaseResponseTable => ({
    ...BLANK,
    id: uuidAt(ctx.now),
    district: row.district,
    number: row.number,
    profile: order.profile,
    responderId: id,
    responderName: fit.get(id)!.name,
    region,
    unitPath: unit,
    category,
    lng: row.lng!,
    lat: row.lat!,
    geofenceMetres: radius,
    orderedAt: ctx.now,
    orderedBy: ctx.actor.id,
    orderedByName: ctx.actor.name,
    note: order.note?.trim() || null,
    startLng: starts.get(id)?.[0] ?? null,
    startLat: starts.get(id)?.[1] ?? null,
  }))
  await ownResponses(ctx).insertInto('caseResponse').values(rows).execute()
  record(ctx, 'case.response-ordered', row.number, row.district, { profile: order.profile, responders: ids })
  for (const made of rows) tell(ctx, made, 'ordered', null)
  return rows
}

const BLANK = {
  receivedAt: null,
  receivedHow: null,
  acceptedAt: null,
  acceptedHow: null,
  leftAt: null,
  leftHow: null,
  arrivedAt: null,
  arrivedHow: null,
  finishedAt: null,
  finishedHow: null,
  claims: {},
  seenAt: null,
  seenMetres: null,
  nearing: null,
  endedAt: null,
  result: null,
}

export function tell(ctx: Context, row: CaseResponseTable, what: CaseResponded['what'], how: CaseResponded['how']): void {
  const { id, number, district, responderId, region, unitPath, category } = row
  announce(ctx, caseResponded, district, { id, number, district, responderId, what, how, place: { region, unit: unitPath, category } })
}
