// 参数: numbers of the house that a city may set. A room declares its own; what nobody has set is as shipped.

import { announce, cache, demand, record, type Context, type Words } from '../kernel/index.ts'
import type { SettingShown } from './contract.ts'
import { settingsChanged } from './events.ts'
import { settingOutside, settingUnknown } from './problems.ts'
import { ownTables, type SettingTable } from './tables.ts'

export interface Setting {
  /** `cases.alike-metres` */
  readonly code: string
  readonly words: Words
  /** Of what the number is a number: metres, hours, reports in ten minutes. */
  readonly unit: Words
  readonly means: Words
  readonly shipped: number
  /** Whole numbers from `least` to `most`. */
  readonly least: number
  readonly most: number
}

const declared = new Map<string, Setting>()

export function setting(shape: Setting): Setting {
  if (declared.has(shape.code)) throw new Error(`two settings are called ${shape.code}`)
  declared.set(shape.code, shape)
  return shape
}

const setByCity = cache<ReadonlyMap<string, SettingTable>>({
  name: 'registry.settings',
  until: [settingsChanged],
  build: async (ctx) => new Map((await ownTables(ctx).selectFrom('setting').selectAll().execute()).map((row) => [row.code, row])),
})

/** The number that holds now. */
export const settingOf = async (ctx: Context, { code, shipped }: Setting): Promise<number> => (await ctx.caches.get(ctx, setByCity)).get(code)?.value ?? shipped

const demandSettings = (ctx: Context): void => demand(ctx, 'registry.settings', { region: '', unit: '', category: '' })

export async function listSettings(ctx: Context): Promise<{ items: SettingShown[] }> {
  demandSettings(ctx)
  const rows = await ctx.caches.get(ctx, setByCity)
  return { items: [...declared.values()].map((shape) => present(shape, rows.get(shape.code))) }
}

const present = (shape: Setting, row: SettingTable | undefined): SettingShown => ({
  ...shape,
  value: row?.value ?? shape.shipped,
  set: row ? { at: row.setAt.toISOString(), by: row.setByName } : null,
})

/** Sets a number for the city; null: as shipped. */
export async function setSetting(ctx: Context, code: string, value: number | null): Promise<SettingShown> {
  demandSettings(ctx)
  const shape = declared.get(code)
  if (!shape) throw settingUnknown({ code })
  const { least, most, unit } = shape
  if (value !== null && !(Number.isInteger(value) && value >= least && value <= most)) throw settingOutside({ least, most, unit })
  const row = value === null ? undefined : { code, value, setAt: ctx.now, setBy: ctx.actor.id, setByName: ctx.actor.name }
  const own = ownTables(ctx)
  if (row) {
    const { code: _, ...change } = row
    await own.insertInto('setting').values(row).onConflict((clash) => clash.column('code').doUpdateSet(change)).execute()
  } else await own.deleteFrom('setting').where('code', '=', code).execute()
  record(ctx, 'registry.setting-set', code, '', { value: value ?? shape.shipped })
  announce(ctx, settingsChanged, '', { code })
  return present(shape, row)
}
