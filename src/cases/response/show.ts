import { sql } from 'kysely'
import { cursorOf, demand, keyOf, type Context } from '../../kernel/index.ts'
import { findCategory } from '../../registry/index.ts'
import { findCase } from '../list.ts'
import type { CaseKey } from '../number.ts'
import { caseUnknown } from '../problems.ts'
import { districtsOf, reachOf } from '../scope.ts'
import { own } from '../tables.ts'
import { wordsFor } from '../words-for.ts'
import type { MarkBody, MarkFigures, ResponseBody } from './contract.ts'
import { courseOf } from './course.ts'
import { expectedAt, quantile } from './measure.ts'
import { markDue, markLate, MARKS, markWords, PROFILE_CODES, profileOf, type ProfileCode } from './profile.ts'
import { ownResponses, type CaseResponseTable } from './tables.ts'

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null

/** Marks that the profile asks for, and the receipt and the acceptance that stand beside them. */
function marksOf(row: CaseResponseTable, now: Date): MarkBody[] {
  const { profile, orderedAt } = row
  const until = row.endedAt ?? now
  return MARKS.map((mark) => {
    const at = row[`${mark}At`]
    return {
      mark,
      words: markWords(profile, mark),
      dueAt: iso(markDue(profile, mark, orderedAt)),
      at: iso(at),
      how: row[`${mark}How`],
      claimedAt: row.claims[mark] ?? null,
      late: markLate(profile, mark, orderedAt, at, until) ?? false,
    }
  })
}

export async function presentResponses(ctx: Context, rows: readonly CaseResponseTable[]): Promise<ResponseBody[]> {
  const files =
    rows.length === 0
      ? []
      : await own(ctx)
          .selectFrom('caseFile')
          .selectAll()
          .where('district', 'in', [...new Set(rows.map(({ district }) => district))])
          .where('number', 'in', [...new Set(rows.map(({ number }) => number))])
          .execute()
  const byNumber = new Map(files.map((file) => [file.number, file]))
  return Promise.all(
    rows.map(async (row): Promise<ResponseBody> => {
      const file = byNumber.get(row.number)
      const category = await findCategory(ctx, file?.category ?? row.category)
      const say = file && wordsFor(ctx, file)
      return {
        id: row.id,
        district: row.district,
        number: row.number,
        profile: row.profile,
        words: profileOf(row.profile).words,
        responder: { id: row.responderId, name: row.responderName },
        position: [row.lng, row.lat],
        geofenceMetres: row.geofenceMetres,
        title: category?.name ?? { zh: row.category, en: row.category },
        address: file?.address && say ? say(file.address) : null,
        note: row.note,
        orderedAt: row.orderedAt.toISOString(),
        orderedBy: row.orderedByName,
        marks: marksOf(row, ctx.now),
        seenAt: iso(row.seenAt),
        seenMetres: row.seenMetres === null ? null : Math.round(row.seenMetres),
        expectedAt: row.endedAt ? null : iso(expectedAt(courseOf(row))),
        endedAt: iso(row.endedAt),
        result: row.result,
      }
    }),
  )
}

export const presentResponse = async (ctx: Context, row: CaseResponseTable): Promise<ResponseBody> => (await presentResponses(ctx, [row]))[0]!

/** What runs for the caller, the latest order first. */
export async function myResponses(ctx: Context) {
  demand(ctx, 'case.respond')
  const rows = await ownResponses(ctx)
    .selectFrom('caseResponse')
    .selectAll()
    .where('responderId', '=', ctx.actor.id)
    .where('district', 'in', await districtsOf(ctx))
    .where('endedAt', 'is', null)
    .orderBy('orderedAt', 'desc')
    .limit(20)
    .execute()
  return { items: await presentResponses(ctx, rows), now: ctx.now.toISOString() }
}

export async function caseResponses(ctx: Context, key: CaseKey) {
  if (!(await findCase(ctx, key))) throw caseUnknown(key)
  const rows = await ownResponses(ctx)
    .selectFrom('caseResponse')
    .selectAll()
    .where('number', '=', key.number)
    .where('district', '=', key.district)
    .orderBy('orderedAt', 'desc')
    .limit(100)
    .execute()
  return { items: await presentResponses(ctx, rows) }
}

interface Period {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface ResponseFilter extends Period {
  readonly running?: boolean | undefined
  readonly profile?: ProfileCode | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Responses within the caller's scope. */
async function reached(ctx: Context, { from, to }: Period) {
  const { districts, scopes } = await reachOf(ctx, 'case.read')
  const mine = scopes.map(
    ({ region, unit, category }) =>
      sql<boolean>`(starts_with(region, ${region}) and starts_with(unit_path, ${unit}) and starts_with(category, ${category}))`,
  )
  const query = ownResponses(ctx)
    .selectFrom('caseResponse')
    .where(sql<boolean>`district = any(${[...districts]}::text[])`)
    .where(mine.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(mine, sql` or `)})`)
    .$if(from !== undefined, (q) => q.where('orderedAt', '>=', new Date(from!)))
    .$if(to !== undefined, (q) => q.where('orderedAt', '<', new Date(to!)))
  // A query is a promise to whoever awaits it.
  return { query }
}

export async function listResponses(ctx: Context, { running, profile, cursor, limit = 50, ...period }: ResponseFilter) {
  const [at, id] = cursor === undefined ? [] : keyOf(cursor, 'moment', 'uuid')
  const { query } = await reached(ctx, period)
  const rows = await query
    .$if(running === true, (q) => q.where('endedAt', 'is', null))
    .$if(running === false, (q) => q.where('endedAt', 'is not', null))
    .$if(profile !== undefined, (q) => q.where('profile', '=', profile!))
    .$if(at !== undefined, (q) => q.where(sql<boolean>`(ordered_at, id) < (${new Date(at!)}, ${id!}::uuid)`))
    .selectAll()
    .orderBy('orderedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: await presentResponses(ctx, shown), next: rows.length > limit && last ? cursorOf([last.orderedAt.toISOString(), last.id]) : null }
}

const MOST = 20_000

/** Shares and times of each mark, from the newest responses of the period. */
export async function responseFigures(ctx: Context, period: Period) {
  const { query } = await reached(ctx, period)
  const rows = await query.selectAll().orderBy('orderedAt', 'desc').limit(MOST + 1).execute()
  const counted = rows.slice(0, MOST).filter(({ result }) => result !== 'cancelled')
  return {
    more: rows.length > MOST,
    items: PROFILE_CODES.flatMap((profile) => {
      const ofProfile = counted.filter((row) => row.profile === profile)
      if (ofProfile.length === 0) return []
      const running = ofProfile.filter(({ endedAt }) => endedAt === null).length
      return [{ profile, words: profileOf(profile).words, responses: ofProfile.length, running, marks: figuresOf(profile, ofProfile, ctx.now) }]
    }),
  }
}

function figuresOf(profile: ProfileCode, rows: readonly CaseResponseTable[], now: Date): MarkFigures[] {
  return MARKS.map((mark) => {
    const came = rows.filter((row) => row[`${mark}At`] !== null)
    const late = rows.filter((row) => markLate(profile, mark, row.orderedAt, row[`${mark}At`], row.endedAt ?? now))
    const took = came.map((row) => +row[`${mark}At`]! - +row.orderedAt).toSorted((a, b) => a - b)
    return {
      mark,
      words: markWords(profile, mark),
      minutes: profileOf(profile).minutes[mark] ?? null,
      came: came.length,
      measured: came.filter((row) => row[`${mark}How`] === 'measured').length,
      decided: came.length + late.filter((row) => row[`${mark}At`] === null).length,
      late: late.length,
      p50Ms: quantile(took, 0.5),
      p90Ms: quantile(took, 0.9),
    }
  })
}
