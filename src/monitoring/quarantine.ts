import { sql } from 'kysely'
import { cursorOf, hostOf, keyOf, record, scopesOf, type Context } from '../kernel/index.ts'
import type { QuarantineLine, QuarantineQuery } from './contract.ts'
import { intake } from './intake.ts'
import { readJson, readLines, type Piece } from './payload.ts'
import { nothingToReplay } from './problems.ts'
import { reacherOf } from './scope.ts'
import { own, type QuarantineTable } from './tables.ts'
import { readKept } from './vehicles/kept-position.ts'
import { replayPosition } from './vehicles/replay-positions.ts'

const KEPT_DAYS = 90
const DAY_MS = 86_400_000

const show = (row: QuarantineTable): QuarantineLine => ({
  id: row.id,
  way: row.way,
  reason: row.reason,
  device: row.device,
  payload: row.payload,
  cameAt: row.cameAt.toISOString(),
  replayedAt: row.replayedAt?.toISOString() ?? null,
  outcome: row.outcome,
  replays: replays(row),
})

/** Of terminals only what was a position of one that had proved who it is; bytes that nobody could read, or of strangers, are only shown. */
const replays = ({ way, payload, outcome }: QuarantineTable): boolean => outcome !== '' && (way !== 'jt808' || readKept(payload) !== undefined)

/** What is of no known device is of the city, and seen by those who see all of it. */
const seenBy = (ctx: Context, permit: string) => {
  const scopes = scopesOf(ctx, permit).filter(({ unit }) => unit === '')
  return scopes.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(scopes.map(({ region }) => sql`starts_with(district, ${region})`), sql` or `)})`
}

interface Question extends QuarantineQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export async function listQuarantine(ctx: Context, { reason, device, open, cursor, limit = 50 }: Question) {
  const [before] = cursor === undefined ? [] : keyOf(cursor, 'uuid')
  const wanted = sql.join(
    [
      seenBy(ctx, 'monitoring.read'),
      ...(before === undefined ? [] : [sql`id < ${before}::uuid`]),
      ...(reason === undefined ? [] : [sql`reason = ${reason}`]),
      ...(device === undefined ? [] : [sql`device = ${device}`]),
      ...(open ? [sql`replayed_at is null`] : []),
    ],
    sql` and `,
  )
  const { rows } = await sql<QuarantineTable>`
    select * from reading_quarantine where ${wanted} order by id desc limit ${limit + 1}`.execute(own(ctx))
  const items = rows.slice(0, limit)
  return { items: items.map(show), next: rows.length > limit ? cursorOf([items.at(-1)!.id]) : null }
}

/** As it came: a JSON object, or a line. */
const piecesOf = ({ payload, device }: QuarantineTable): Piece[] => {
  const named = device === '' ? {} : { device }
  const pieces = readJson(payload, named)
  return pieces.some((piece) => 'damaged' in piece) ? readLines(payload) : pieces
}

/** Lets readings that were refused pass the same gate once more, as when their device was registered in the meantime. */
export async function replay(ctx: Context, ids: readonly string[]): Promise<{ taken: number; refused: number }> {
  const { rows: found } = await sql<QuarantineTable>`
    select * from reading_quarantine
     where id = any(${ids as string[]}::uuid[]) and (outcome is null or outcome <> '') and ${seenBy(ctx, 'monitoring.edit')}
     order by id`.execute(own(ctx))
  const rows = found.filter(replays)
  if (rows.length === 0) throw nothingToReplay()
  const allows = await reacherOf(ctx, 'monitoring.edit')
  const into = await intake(ctx)
  const outcomes = await Promise.all(
    rows.map(async (row) => {
      if (row.way === 'jt808') return { id: row.id, outcome: await replayPosition(ctx, row) }
      const { quarantined } = await into.take({ way: 'replay', pieces: piecesOf(row), allows })
      return { id: row.id, outcome: quarantined[0]?.reason ?? '' }
    }),
  )
  await mark(ctx, outcomes)
  const taken = outcomes.filter(({ outcome }) => outcome === '').length
  return { taken, refused: outcomes.length - taken }
}

async function mark(ctx: Context, outcomes: readonly { id: string; outcome: string }[]): Promise<void> {
  const host = await ctx.caches.get(ctx, hostOf)
  await host.transact({ actor: ctx.actor, origin: ctx.origin }, async (inside) => {
    await sql`
      update reading_quarantine q set replayed_at = ${inside.now}, replayed_by = ${inside.actor.id}, outcome = t.outcome
        from unnest(${outcomes.map(({ id }) => id)}::uuid[], ${outcomes.map(({ outcome }) => outcome)}::text[]) as t (id, outcome)
       where q.id = t.id`.execute(own(inside))
    record(inside, 'monitoring.replayed', outcomes[0]!.id, '', { outcomes })
  })
}

export async function forgetQuarantine(ctx: Context): Promise<void> {
  const before = new Date(+ctx.now - KEPT_DAYS * DAY_MS)
  await sql`delete from reading_quarantine where came_at < ${before}`.execute(own(ctx))
  await sql`delete from reading_intake where at < ${before}`.execute(own(ctx))
}
