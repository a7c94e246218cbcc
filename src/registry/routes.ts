import { answer, keyOf, pageOf, type Context } from '../kernel/index.ts'
import { calendarBody } from './calendars.ts'
import { catalogueInUse, findCategories, findConditions, findVersions, getCategory } from './categories.ts'
import { listCalendars, publishCalendar, showCalendar } from './change-calendar.ts'
import {
  getCalendar,
  getCalendarVersion,
  getCalendarVersions,
  getCategories,
  getConditions,
  getDictionary,
  getPeople,
  getSettings,
  getUnits,
  patchPerson,
  postCalendarVersion,
  postPerson,
  putSetting,
} from './contract.ts'
import { dictionary } from './dictionaries.ts'
import { addPerson, changePerson, listPeople } from './people.ts'
import { unitSeen } from './scope.ts'
import { listSettings, setSetting } from './settings.ts'
import { findUnits, type UnitQuestion } from './units.ts'

async function listCategories(ctx: Context, query: Parameters<typeof findCategories>[1] & {}) {
  const version = query.version ?? (await catalogueInUse(ctx))
  return { version, versions: [...(await findVersions(ctx))], items: await findCategories(ctx, { ...query, version }) }
}

async function listConditions(ctx: Context, id: string) {
  await getCategory(ctx, id)
  return { items: [...(await findConditions(ctx, id))] }
}

async function listUnits(ctx: Context, query: UnitQuestion & { cursor?: string; limit?: number }) {
  const { cursor, limit = 50 } = query
  const [after = ''] = cursor === undefined ? [] : keyOf(cursor, 'text')
  const seen = (await findUnits(ctx, query)).filter(unitSeen(ctx, 'registry.read')).filter(({ path }) => path > after)
  return pageOf(seen.slice(0, limit + 1), limit, (unit) => unit, ({ path }) => [path])
}

export const routes = [
  answer(getCategories, (ctx, { query }) => listCategories(ctx, query)),
  answer(getConditions, (ctx, { params }) => listConditions(ctx, params.id)),
  answer(getUnits, (ctx, { query }) => listUnits(ctx, query)),
  answer(getPeople, (ctx, { query }) => listPeople(ctx, query)),
  answer(postPerson, (ctx, { body }) => addPerson(ctx, body)),
  answer(patchPerson, (ctx, { params, body }) => changePerson(ctx, params.id, body)),
  answer(getDictionary, async (ctx, { params }) => ({ items: [...(await dictionary(ctx, params.name))] })),
  answer(getCalendar, (ctx) => calendarBody(ctx)),
  answer(getCalendarVersions, (ctx) => listCalendars(ctx)),
  answer(getCalendarVersion, (ctx, { params }) => showCalendar(ctx, params.version)),
  answer(getSettings, (ctx) => listSettings(ctx)),
  answer(putSetting, (ctx, { params, body }) => setSetting(ctx, params.code, body.value)),
  answer(postCalendarVersion, (ctx, { body }) => publishCalendar(ctx, body)),
]
