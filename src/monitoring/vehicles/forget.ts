import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { KEEP_DAYS } from '../gate.ts'
import { own } from '../tables.ts'

/** Positions go with their days (`partitions.ts`); what terminals made beside them goes here. */
export async function forgetMedia(ctx: Context): Promise<void> {
  await sql`delete from vehicle_media where at < ${new Date(+ctx.now - KEEP_DAYS * 86_400_000)}`.execute(own(ctx))
}
