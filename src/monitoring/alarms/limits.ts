import { CHINA, offsetMs } from '../../kernel/calendar/index.ts'
import type { Limits } from './advance.ts'
import { levelsAt, type RuleBody } from './rule.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/** The limits of a rule at a moment, by the wall clock of the city. */
export function limitsAt(rule: Omit<RuleBody, 'case'>, at: number, zone: string = CHINA): Limits {
  const { levels, bands, side, hysteresis, raiseSeconds, clearSeconds } = rule
  const rest = { side, hysteresis, raiseMs: raiseSeconds * 1000, clearMs: clearSeconds * 1000 }
  if (bands.length === 0) return { levels, ...rest }
  const wall = at + offsetMs(at, zone)
  const minutes = Math.floor(wall / MINUTE_MS) % DAY_MINUTES
  return { levels: levelsAt(rule, minutes, new Date(wall).getUTCMonth() + 1), ...rest }
}
