import { sql } from 'kysely'
import { getCityFacts } from '../../atlas/index.ts'
import { offsetMs } from '../../kernel/calendar/index.ts'
import { cursorOf, keyOf, type Context, type Language, type RawReply } from '../../kernel/index.ts'
import { warningUnknown } from './problems.ts'
import { alertAddress, writeFeed } from './feed.ts'
import { keyOfIdentifier, writeAlert } from './message.ts'
import { ownWarnings, type WarningTable } from './tables.ts'

const DAY_MS = 86_400_000
/** The feed tells of so many days. */
const DAYS = 7
const STANDING_AT_MOST = 50

/** Warnings that stand now: the worst first. */
export async function standingWarnings(ctx: Context): Promise<WarningTable[]> {
  const { rows } = await sql<WarningTable>`
    select w.* from public_warning w
     where w.kind <> 'Cancel' and w.expires_at > ${ctx.now} and w.sent_at > ${new Date(+ctx.now - 2 * DAY_MS)}
       and not exists (select from public_warning n where n.alarm = w.alarm and n.district = w.district and n.ordinal > w.ordinal)
     order by w.level desc, w.sent_at desc, w.id desc limit ${STANDING_AT_MOST}`.execute(ownWarnings(ctx))
  return rows
}

interface Asked {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
  readonly language: Language
  readonly site: string
}

/** What was said in the last days, the newest first. */
export async function readFeed(ctx: Context, { cursor, limit = 50, language, site }: Asked): Promise<RawReply> {
  const after = cursor === undefined ? undefined : keyOf(cursor, 'moment', 'uuid')
  const { rows } = await sql<WarningTable>`
    select * from public_warning
     where sent_at > ${new Date(+ctx.now - DAYS * DAY_MS)} ${after ? sql`and (sent_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
     order by sent_at desc, id desc limit ${limit + 1}`.execute(ownWarnings(ctx))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const { name, zone } = await getCityFacts(ctx)
  const address = (at?: string) => {
    const query = new URLSearchParams({ ...(at && { cursor: at }), ...(limit !== 50 && { limit: String(limit) }), ...(language === 'en' && { lang: 'en' }) })
    return `${site}/cap/v1/feed.atom${query.size > 0 ? `?${query}` : ''}`
  }
  const body = writeFeed(shown, {
    site,
    language,
    title: language === 'zh' ? `${name.zh}公众预警` : `Public warnings of ${name.en}`,
    author: language === 'zh' ? `${name.zh}城市运行管理服务平台` : `City operations of ${name.en}`,
    offsetMs: offsetMs(+ctx.now, zone),
    now: ctx.now,
    self: address(cursor),
    next: rows.length > limit && last ? address(cursorOf([last.sentAt.toISOString(), last.id])) : null,
  })
  return { type: 'application/atom+xml; charset=utf-8', body, headers: { 'cache-control': 'public, max-age=15' } }
}

export async function readAlert(ctx: Context, file: string, site: string): Promise<RawReply> {
  const key = keyOfIdentifier(file.replace(/\.xml$/, ''))
  const row = key && (await ownWarnings(ctx).selectFrom('publicWarning').selectAll().where('id', '=', key.id).where('district', '=', key.district).executeTakeFirst())
  if (!row) throw warningUnknown()
  const { zone } = await getCityFacts(ctx)
  const body = writeAlert(row, { web: alertAddress(site, row), offsetMs: offsetMs(+row.sentAt, zone) })
  // What was said is never changed.
  return { type: 'application/cap+xml; charset=utf-8', body, headers: { 'cache-control': 'public, max-age=86400, immutable' } }
}
