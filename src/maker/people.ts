// People of a made city: the centre's own posts, a collector for each beat, a handler for each unit that disposes.

import type { Grid } from './grid.ts'
import { personName } from './names.ts'
import type { Random } from './random.ts'
import type { Unit, Units } from './units.ts'

export interface PersonRow {
  readonly account: string
  readonly name: string
  readonly phone: string
  readonly unit: string
  readonly beat: string
  readonly role: string
  readonly scopeRegion: string
  readonly scopeUnit: string
  readonly password: string
}

/** Posts of the centre; the first of each kind bears the plain name. */
const POSTS: readonly (readonly [account: string, role: string, cells: number, least: number])[] = [
  ['operator', 'operator', 1_200, 3],
  ['lead', 'shift-lead', 8_000, 2],
  ['dispatcher', 'dispatcher', 3_000, 2],
  ['leader', 'leader', 20_000, 1],
  ['finance', 'finance', Infinity, 1],
  ['sysadmin', 'system-admin', Infinity, 1],
  ['secadmin', 'security-admin', Infinity, 1],
  ['auditor', 'audit-admin', Infinity, 1],
]

export interface People {
  readonly rows: readonly PersonRow[]
  readonly operators: readonly string[]
  readonly dispatchers: readonly string[]
  readonly collectorsOf: (beat: string) => readonly string[]
  handlerOf(unit: Unit): string
}

const two = (value: number): string => String(value).padStart(2, '0')

export function layPeople(grid: Grid, units: Units, random: Random, password: string): People {
  const rows: PersonRow[] = []
  const add = (account: string, role: string, unit: string, more: Partial<PersonRow> = {}): string => {
    // Numbers of a block that no carrier has ever given out, so that nobody is ever called.
    const phone = `1000000${String(rows.length + 1).padStart(4, '0')}`
    const name = personName(random.pick, random.chance)
    rows.push({ account, name, phone, unit, beat: '', role, scopeRegion: '', scopeUnit: '', password, ...more })
    return account
  }
  const accounts = new Map<string, string[]>()
  for (const [account, role, cells, least] of POSTS) {
    const count = Math.max(least, Math.round(grid.cells.length / cells))
    accounts.set(account, Array.from({ length: count }, (_, i) => add(i === 0 ? account : account + two(i + 1), role, units.centre.code)))
  }
  const collectors = new Map<string, string[]>()
  // Beats of a large city are walked in shifts: Taiyuan has about five collectors to a beat of 128 cells.
  const shifts = grid.cells.length < 2_000 ? 1 : 4
  let serial = 0
  for (const beat of grid.beats) {
    const own = Array.from({ length: shifts }, () => add(`collector${two(++serial)}`, 'collector', units.centre.code, { beat: beat.code }))
    collectors.set(beat.code, own)
  }
  // 两级指挥: the centre of each district dispatches in its own district.
  for (const unit of units.all.filter(({ kind }) => kind === 'district')) {
    add(`dispatcher-${unit.code.toLowerCase()}`, 'dispatcher', unit.code, { scopeRegion: unit.region })
    add(`lead-${unit.code.toLowerCase()}`, 'shift-lead', unit.code, { scopeRegion: unit.region })
  }
  const handlers = new Map<string, string>()
  for (const unit of units.all) {
    // In a large city the teams work through their office.
    if (unit.level < 2 || (unit.level === 4 && grid.cells.length >= 2_000)) continue
    handlers.set(unit.code, add(`handler-${unit.code.toLowerCase()}`, 'handler', unit.code, { scopeUnit: unit.code }))
  }
  return {
    rows,
    operators: accounts.get('operator')!,
    dispatchers: accounts.get('dispatcher')!,
    collectorsOf: (beat) => collectors.get(beat) ?? [],
    handlerOf: (unit) => handlers.get(unit.code)!,
  }
}
