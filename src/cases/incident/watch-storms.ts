// Sees storms come: the reports of the last hours of each district, every few seconds. What it finds is proposed and never merged.

import type { Context, Position } from '../../kernel/index.ts'
import { findCategories } from '../../registry/index.ts'
import { districtsOf } from '../scope.ts'
import { uuidAt } from '../uuid.ts'
import { distanceMetres } from '../../kernel/contract.ts'
import { isOfFamily } from './kindred.ts'
import { arrivalsSince, countReports } from './store.ts'
import { findStorms, fitsStorm, RULES, usualFrom, type Arrival, type Storm, type UsualLevel } from './storm.ts'
import { SILENT_MS, standingOf, tell } from './storms.ts'
import { ownStorms, type StormTable } from './tables.ts'
import { wordingOf } from './wording.ts'

/** The usual level is that of so many days before, or of as many as there are. */
const DAYS = 14
const DAY_MS = 86_400_000

export async function watchStorms(ctx: Context): Promise<void> {
  for (const district of await districtsOf(ctx)) await watchDistrict(ctx, district)
}

async function watchDistrict(ctx: Context, district: string): Promise<void> {
  await endSilent(ctx, district)
  const from = new Date(+ctx.now - RULES.hours * 3_600_000)
  const arrivals = (await arrivalsSince(ctx, district, from)).map(
    ({ lng, lat, description, address, ...rest }): Arrival => ({ ...rest, at: [lng, lat], wording: wordingOf(description, address, rest.category) }),
  )
  if (arrivals.length < RULES.fewest) return
  const known = await membersAmong(ctx, district, arrivals)
  let free = arrivals.filter(({ number }) => !known.has(number))
  // A storm that was dismissed keeps what belongs to it, so that it is not proposed again.
  for (const [storm, standing] of await standingOf(ctx, await standingIn(ctx, district))) {
    const fitting = free.filter((arrival) => fitsStorm(standing, arrival))
    if (fitting.length === 0) continue
    await grow(ctx, storm, fitting)
    free = free.filter((arrival) => !fitting.includes(arrival))
  }
  for (const storm of await findStorms(free, usualIn(ctx, district))) await propose(ctx, district, storm)
}

async function endSilent(ctx: Context, district: string): Promise<void> {
  const over = await ownStorms(ctx)
    .updateTable('storm')
    .set({ state: 'over', endedAt: ctx.now })
    .where('district', '=', district)
    .where('state', '=', 'open')
    .where('lastAt', '<', new Date(+ctx.now - SILENT_MS))
    .returning(['id', 'district', 'state', 'reports'])
    .execute()
  for (const storm of over) tell(ctx, storm)
}

const standingIn = (ctx: Context, district: string): Promise<StormTable[]> =>
  ownStorms(ctx)
    .selectFrom('storm')
    .selectAll()
    .where('district', '=', district)
    .where('state', 'in', ['open', 'dismissed'])
    .where('openedAt', '>', new Date(+ctx.now - 7 * DAY_MS))
    .where('lastAt', '>', new Date(+ctx.now - SILENT_MS))
    .forUpdate()
    .execute()

async function membersAmong(ctx: Context, district: string, arrivals: readonly Arrival[]): Promise<Set<string>> {
  const rows = await ownStorms(ctx)
    .selectFrom('stormMember')
    .select('number')
    .where('district', '=', district)
    .where('number', 'in', arrivals.map(({ number }) => number))
    .execute()
  return new Set(rows.map(({ number }) => number))
}

async function grow(ctx: Context, storm: StormTable, fitting: readonly Arrival[]): Promise<void> {
  const centre: Position = [storm.lng, storm.lat]
  const after = {
    reports: storm.reports + fitting.length,
    lastAt: new Date(Math.max(+storm.lastAt, ...fitting.map(({ reportedAt }) => +reportedAt))),
    since: new Date(Math.min(+storm.since, ...fitting.map(({ reportedAt }) => +reportedAt))),
    metres: Math.max(storm.metres, ...fitting.map(({ at }) => distanceMetres(centre, at))),
  }
  await addMembers(ctx, storm.id, storm.district, fitting)
  await ownStorms(ctx).updateTable('storm').set(after).where('id', '=', storm.id).where('district', '=', storm.district).execute()
  tell(ctx, { ...storm, ...after })
}

async function propose(ctx: Context, district: string, { members, centre, ...found }: Storm): Promise<void> {
  const row: StormTable = {
    ...found,
    aspects: [...found.aspects],
    id: uuidAt(ctx.now),
    district,
    state: 'open',
    lng: centre[0],
    lat: centre[1],
    reports: members.length,
    root: null,
    openedAt: ctx.now,
    endedAt: null,
    endedBy: null,
    note: null,
  }
  await ownStorms(ctx).insertInto('storm').values(row).execute()
  await addMembers(ctx, row.id, district, members)
  tell(ctx, row)
}

const addMembers = (ctx: Context, storm: string, district: string, members: readonly Arrival[]) =>
  ownStorms(ctx)
    .insertInto('stormMember')
    .values(members.map(({ number, reportedAt }) => ({ storm, district, number, reportedAt })))
    .execute()

/** How many reports of a family are usual, from the days before: those of the busiest hours. */
function usualIn(ctx: Context, district: string): UsualLevel {
  const to = new Date(+ctx.now - RULES.hours * 3_600_000)
  const from = new Date(+to - DAYS * DAY_MS)
  return async (family, box, hours) => {
    const categories = (await findCategories(ctx)).filter(({ id }) => isOfFamily(id, family)).map(({ id }) => id)
    const n = await countReports(ctx, district, categories, from, to, box)
    return usualFrom(n, DAYS, hours)
  }
}
