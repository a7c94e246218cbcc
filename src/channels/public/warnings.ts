import type { Context } from '../../kernel/index.ts'
import { alertAddress, standingWarnings } from '../../monitoring/index.ts'
import type { PublicWarning } from './contract.ts'

/** What the city warns of now, for the portal. */
export async function findWarnings(ctx: Context): Promise<{ items: PublicWarning[] }> {
  const rows = await standingWarnings(ctx)
  return {
    items: rows.map((row) => {
      const { event, headline, description, instruction, areaName } = row.body
      return { id: row.id, level: row.level, event, headline, description, instruction, area: areaName, sentAt: row.sentAt.toISOString(), url: alertAddress('', row) }
    }),
  }
}
