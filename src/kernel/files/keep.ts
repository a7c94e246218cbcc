import { sql } from 'kysely'
import { holds, type Context } from '../context.ts'
import type { Check, RawReply, StoredFile } from '../room.ts'
import type { FileCard, Variant } from './contract.ts'
import { fileUnknown } from './problems.ts'
import { filesOf } from './store.ts'

/** Notes a stored file in this transaction, with who sent it. */
export async function keepFile(ctx: Context, file: StoredFile): Promise<void> {
  await sql`
    insert into file (sha256, name, type, bytes, taken_at, lng, lat, print, uploader, at)
    values (${file.sha256}, ${file.name}, ${file.type}, ${file.bytes}, ${file.takenAt}, ${file.position?.[0] ?? null},
            ${file.position?.[1] ?? null}, ${file.print ?? null}, ${ctx.actor.id}, ${ctx.now})
    on conflict (sha256) do nothing`.execute(ctx.db)
}

/** From now on those who may read files of `region` may see these. One that is not in the store is refused. */
export async function markRegion(ctx: Context, sha256s: readonly string[], region: string): Promise<void> {
  if (sha256s.length === 0) return
  const store = await ctx.caches.get(ctx, filesOf)
  for (const sha256 of sha256s) {
    const file = await store.describe(sha256)
    if (!file) throw fileUnknown()
    await keepFile(ctx, file)
  }
  await sql`
    insert into file_region (sha256, region) select s, ${region} from unnest(${sha256s as string[]}::text[]) s
    on conflict do nothing`.execute(ctx.db)
}

/** What is known of files, in the order asked for; those unknown are left out. */
export async function findFiles(ctx: Context, sha256s: readonly string[]): Promise<StoredFile[]> {
  if (sha256s.length === 0) return []
  const { rows } = await sql<Omit<StoredFile, 'position'> & { lng: number | null; lat: number | null }>`
    select sha256, name, type, bytes, taken_at, lng, lat from file where sha256 = any(${sha256s as string[]}::text[])`.execute(ctx.db)
  const found = new Map(
    rows.map(({ lng, lat, ...rest }) => [rest.sha256, { ...rest, position: lng === null || lat === null ? null : ([lng, lat] as const) }]),
  )
  return sha256s.flatMap((sha256) => found.get(sha256) ?? [])
}

/** The prints of pictures by their SHA-256; what is no picture, or was stored before prints were made, has none. */
export async function findPrints(ctx: Context, sha256s: readonly string[]): Promise<Map<string, string>> {
  if (sha256s.length === 0) return new Map()
  const { rows } = await sql<{ sha256: string; print: string }>`
    select sha256, print from file where sha256 = any(${[...new Set(sha256s)]}::text[]) and print is not null`.execute(ctx.db)
  return new Map(rows.map(({ sha256, print }) => [sha256, print]))
}

/** A file as an answer. Whether it may be seen is for the caller to ask. */
export async function sendFile(ctx: Context, sha256: string, variant: Variant): Promise<RawReply> {
  const store = await ctx.caches.get(ctx, filesOf)
  const { type, bytes, name, stream } = await store.open(sha256, variant)
  const inline = type.startsWith('image/') || type === 'video/mp4'
  return {
    type,
    body: stream,
    headers: {
      'content-length': String(bytes),
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      // Whatever a document holds, it does nothing in our origin.
      'content-security-policy': "default-src 'none'; sandbox",
    },
  }
}

/** Seen by who sent it, and by those who may read files of a region where it is used. */
export async function showFile(ctx: Context, sha256: string, variant: Variant): Promise<RawReply> {
  const { rows } = await sql<{ uploader: string; regions: string[] }>`
    select f.uploader, coalesce(array_agg(r.region) filter (where r.region is not null), '{}') as regions
      from file f left join file_region r on r.sha256 = f.sha256
     where f.sha256 = ${sha256} group by f.sha256`.execute(ctx.db)
  const file = rows[0]
  const seen = file && (file.uploader === ctx.actor.id || file.regions.some((region) => holds(ctx, 'file.read', { region })))
  // One that may not be seen is answered like one that is not there.
  if (!seen) throw fileUnknown()
  return sendFile(ctx, sha256, variant)
}

export const cardOf = (file: StoredFile): FileCard => ({
  sha256: file.sha256,
  name: file.name,
  type: file.type,
  bytes: file.bytes,
  takenAt: file.takenAt?.toISOString() ?? null,
  position: file.position ? [file.position[0], file.position[1]] : null,
})

const FILES_AT_ONCE = 500

export const filesWhole: Check = {
  name: 'files',
  proves: { zh: '文件齐全且完整', en: 'Each file is present and whole' },
  async *run(ctx) {
    const store = await ctx.caches.get(ctx, filesOf)
    for (let after = ''; ; ) {
      const { rows } = await sql<{ sha256: string; name: string }>`
        select sha256, name from file where sha256 > ${after} order by sha256 limit ${FILES_AT_ONCE}`.execute(ctx.db)
      for (const { sha256, name } of rows) {
        const fault = await store.fault(sha256)
        if (fault) yield `files: ${sha256} (${name}) is ${fault}`
      }
      if (rows.length < FILES_AT_ONCE) return
      after = rows.at(-1)!.sha256
    }
  },
}

const UNKEPT_FOR_MS = 24 * 3_600_000

/** Anyone may send a form that is then refused: what came with it does not fill the disk for good. */
export async function sweepFiles(ctx: Context): Promise<void> {
  const store = await ctx.caches.get(ctx, filesOf)
  await store.sweep(new Date(+ctx.now - UNKEPT_FOR_MS), async (sha256s) => {
    const { rows } = await sql<{ sha256: string }>`
      select sha256 from file where sha256 = any(${sha256s as string[]}::text[])`.execute(ctx.db)
    return new Set(rows.map(({ sha256 }) => sha256))
  })
}
