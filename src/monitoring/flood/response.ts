// How the water at one point answers to rain: fitted to its own past, and honest about how well. Nothing here reads a clock or a database.
//
// Rain is held back by a linear reservoir of `delay` minutes; drains take `drains` mm a minute of what comes; the rest stands, `rise` cm for each
// mm, and runs off by the share `recession` a minute. For any delay, drains and recession the depth grows in proportion to `rise`, so that this
// one is found by least squares and the other three by trying.

/** All series are in steps of five minutes. */
export const STEP_MINUTES = 5

export interface Response {
  readonly delay: number
  readonly drains: number
  readonly recession: number
  readonly rise: number
}

/** One past rain at a point; levels without a reading are null. */
export interface Course {
  readonly rain: readonly number[]
  readonly level: readonly (number | null)[]
  /** What stood there before the rain. */
  readonly base: number
}

interface Water {
  readonly coming: number
  /** In units of `rise`. */
  readonly standing: number
}

type Shape = Omit<Response, 'rise'>

function stepOn({ delay, drains, recession }: Shape, { coming, standing }: Water, rain: number): Water {
  let [held, stands] = [coming, standing]
  const leaves = Math.exp(-recession)
  for (let minute = 0; minute < STEP_MINUTES; minute++) {
    held += rain / STEP_MINUTES
    const runs = held / delay
    held -= runs
    stands = Math.max(0, stands * leaves + runs - drains)
  }
  return { coming: held, standing: stands }
}

const DRY: Water = { coming: 0, standing: 0 }

export function simulate(shape: Shape, rain: readonly number[], from: Water = DRY): Water[] {
  let water = from
  return rain.map((mm) => (water = stepOn(shape, water, mm)))
}

const DELAYS = [5, 7, 10, 14, 19, 26, 36, 50]
const DRAINS = [0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 1.1, 1.3, 1.6]
const RECESSIONS = [0, 0.004, 0.01, 0.025, 0.06]

interface Tried extends Response {
  readonly error: number
}

function tryShape(shape: Shape, courses: readonly Course[]): Tried {
  let [gg, gh, hh] = [0, 0, 0]
  for (const { rain, level, base } of courses) {
    for (const [i, { standing }] of simulate(shape, rain).entries()) {
      const seen = level[i]
      if (seen == null) continue
      const above = Math.max(0, seen - base)
      gg += standing * standing
      gh += standing * above
      hh += above * above
    }
  }
  const rise = gg > 0 ? gh / gg : 0
  return { ...shape, rise, error: hh - rise * gh }
}

const better = (one: Tried, other: Tried): Tried => (other.error < one.error ? other : one)

/** The best of a coarse net, then of ever finer ones around it. */
function fitResponse(courses: readonly Course[]): Tried {
  let best = tryShape({ delay: 10, drains: 0.5, recession: 0 }, courses)
  for (const delay of DELAYS) for (const drains of DRAINS) for (const recession of RECESSIONS) best = better(best, tryShape({ delay, drains, recession }, courses))
  for (const width of [1.25, 1.1, 1.04]) {
    const { delay, drains, recession } = best
    for (const d of [delay / width, delay, delay * width]) {
      for (const s of [drains / width, drains, drains * width + 0.005]) {
        for (const r of [recession / width, recession, recession * width + 0.0005]) best = better(best, tryShape({ delay: d, drains: s, recession: r }, courses))
      }
    }
  }
  return best
}

/** Minutes for which is forecast, step by step. */
export const LEADS = 12

/** Tenth and ninetieth hundredth of past errors, in shares of their scale, by lead. */
export interface Bounds {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

export interface Fit {
  readonly response: Response
  /** By what the rain of the last quarter of an hour dies away each minute. */
  readonly fading: number
  /** Of forecasts made while it rained, and of those made when it no longer did. */
  readonly raining: Bounds
  readonly after: Bounds
  /** Past rains in which water stood. */
  readonly rains: number
  readonly explained: number
  /** What stands there without rain. */
  readonly base: number
}

export type Refusal = 'no-rain' | 'never-rose' | 'unlike'
export const REFUSALS = {
  'no-rain': { zh: '还没有可用的降雨过程', en: 'no past rain to learn from' },
  'never-rose': { zh: '历次降雨均未积水，无从推算', en: 'no water has stood here in any past rain' },
  unlike: { zh: '水位与降雨对应不好', en: 'the level does not follow the rain' },
  'no-fit': { zh: '尚未率定', en: 'not fitted yet' },
  'no-level': { zh: '液位计没有新读数', en: 'no recent reading of the level' },
  'no-gauge': { zh: '附近没有雨量站', en: 'no rain gauge near it' },
} as const
export type Refused = keyof typeof REFUSALS

/** So much above its base counts as water. */
const RISE_CM = 5
const LEAST_STEPS = 6
const LEAST_EXPLAINED = 0.6
const FADINGS = [0.01, 0.03, 0.07, 0.2]

const rose = ({ level, base }: Course): boolean => level.filter((each) => each !== null && each >= base + RISE_CM).length >= LEAST_STEPS

/** From a point's past rains; a word where they do not suffice. */
export function fit(courses: readonly Course[]): Fit | Refusal {
  if (courses.length === 0) return 'no-rain'
  const wet = courses.filter(rose).length
  if (wet === 0) return 'never-rose'
  const { error, ...response } = fitResponse(courses)
  const all = courses.flatMap(({ level, base }) => level.flatMap((each) => (each === null ? [] : [Math.max(0, each - base)])))
  const explained = 1 - error / all.reduce((sum, each) => sum + each * each, 0)
  if (!(explained >= LEAST_EXPLAINED) || response.rise <= 0) return 'unlike'
  const tried = FADINGS.map((fading) => ({ fading, errors: hindcast(courses, response, fading) }))
  const size = ({ errors }: (typeof tried)[number]) => errors.flat().reduce((sum, { off }) => sum + Math.abs(off), 0)
  const { fading, errors } = tried.reduce((one, other) => (size(other) < size(one) ? other : one))
  return { response, fading, raining: boundsOf(errors, true, wet), after: boundsOf(errors, false, wet), rains: wet, explained, base: median(courses.map(({ base }) => base)) }
}

/** Fewer errors than this tell nothing of their own: then all count. */
const LEAST_ERRORS = 8

/** What is fitted to few rains errs on the next by more than on these: by at least this share of the scale, less with the root of their number. */
const PRIOR = 0.6

function boundsOf(errors: readonly (readonly Miss[])[], raining: boolean, rains: number): Bounds {
  // As Student's t is wider than the normal.
  const wider = T90[Math.min(rains, T90.length) - 1]! / 1.2816
  const least = PRIOR / Math.sqrt(rains)
  const pairs = errors.map((each) => {
    const own = each.filter((miss) => miss.raining === raining)
    const shares = (own.length < LEAST_ERRORS ? each : own).map(({ off, scale }) => off / scale).toSorted((a, b) => a - b)
    return [Math.min(-least, wider * quantile(shares, 0.1)), Math.max(least, wider * quantile(shares, 0.9))] as const
  })
  return { low: pairs.map(([low]) => low), high: pairs.map(([, high]) => high) }
}

const T90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372]

const median = (values: readonly number[]): number => quantile(values.toSorted((a, b) => a - b), 0.5)

function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)]!
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below)
}

/** The rain to come: that of the last quarter of an hour, dying away. */
const rainAhead = (rain: readonly number[], fading: number): number[] => {
  const lately = rain.slice(-3)
  const mean = lately.reduce((sum, mm) => sum + mm, 0) / Math.max(1, lately.length)
  return Array.from({ length: LEADS }, (_, i) => mean * Math.exp(-fading * STEP_MINUTES * (i + 0.5)))
}

/** How far off a forecast may be: half a centimetre, the change it foretells, and what the rain of late would bring if it stayed. */
const scaleOf = (response: Response, rain: readonly number[], change: number, lead: number): number => {
  const lately = rain.slice(-3).reduce((sum, mm) => sum + mm, 0) / 3
  return 0.5 + 0.5 * Math.abs(change) + 0.3 * response.rise * lately * (lead + 1)
}

interface Ahead {
  readonly value: number
  readonly scale: number
}

function ahead(response: Response, fading: number, rain: readonly number[], above: number, coming = simulate(response, rain).at(-1)?.coming ?? 0): Ahead[] {
  const from = { coming, standing: above / response.rise }
  return simulate(response, rainAhead(rain, fading), from).map(({ standing }, lead) => {
    const value = standing * response.rise
    return { value, scale: scaleOf(response, rain, value - above, lead) }
  })
}

interface Miss {
  readonly off: number
  readonly scale: number
  readonly raining: boolean
}

/** Whether it rains enough to count: a millimetre in the last quarter of an hour. */
export const isRaining = (rain: readonly number[]): boolean => rain.slice(-3).reduce((sum, mm) => sum + mm, 0) >= 1

/** Whether there is anything to foresee: water, or rain that may bring it. */
export const isWet = (rain: readonly number[], level: number, base: number): boolean => level >= base + 1 || isRaining(rain)

/** What would have been forecast at every wet step of the past, against what came: by lead. */
function hindcast(courses: readonly Course[], response: Response, fading: number): Miss[][] {
  const errors: Miss[][] = Array.from({ length: LEADS }, () => [])
  for (const { rain, level, base } of courses) {
    const states = simulate(response, rain)
    for (let now = 2; now < rain.length; now++) {
      const seen = level[now]
      const lately = rain.slice(now - 2, now + 1)
      if (seen == null || !isWet(lately, seen, base)) continue
      const raining = isRaining(lately)
      for (const [lead, { value, scale }] of ahead(response, fading, lately, Math.max(0, seen - base), states[now]!.coming).entries()) {
        const came = level[now + lead + 1]
        if (came != null) errors[lead]!.push({ off: Math.max(0, came - base) - value, scale, raining })
      }
    }
  }
  return errors
}

export interface Foreseen {
  /** Minutes from now. */
  readonly minutes: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** So far a gauge itself may be off. */
const GAUGE_CM = 0.5

/** Without water or rain nothing is foretold but that it stays so: rain that has not begun is nobody's to foresee here. */
const STILL: Bounds = { low: Array.from({ length: LEADS }, () => 0), high: Array.from({ length: LEADS }, () => 0) }

/** For an hour, step by step, with the bounds between which four of five come to lie; `rain` up to now, the last step first finished. */
export function forecast({ response, fading, raining, after, base: usual }: Fit, rain: readonly number[], level: number, base = usual): Foreseen[] {
  const { low, high } = isRaining(rain) ? raining : isWet(rain, level, base) ? after : STILL
  return ahead(response, fading, rain, Math.max(0, level - base)).map(({ value, scale }, i) => ({
    minutes: (i + 1) * STEP_MINUTES,
    value: base + value,
    low: base + Math.max(0, value + Math.min(-GAUGE_CM, low[i]! * scale)),
    high: base + value + Math.max(GAUGE_CM, high[i]! * scale),
  }))
}

export interface Reach {
  readonly limit: number
  /** 0: it stands there already; null: not within the hour. */
  readonly minutes: number | null
  readonly soonest: number | null
  readonly latest: number | null
}

/** In how many minutes each limit is reached, and between which. */
export function reaches(limits: readonly number[], level: number, foreseen: readonly Foreseen[]): Reach[] {
  return limits.map((limit) => {
    if (level >= limit) return { limit, minutes: 0, soonest: 0, latest: 0 }
    return { limit, minutes: crossing(limit, level, foreseen, 'value'), soonest: crossing(limit, level, foreseen, 'high'), latest: crossing(limit, level, foreseen, 'low') }
  })
}

function crossing(limit: number, level: number, foreseen: readonly Foreseen[], key: 'value' | 'low' | 'high'): number | null {
  let [minutes, value] = [0, level]
  for (const step of foreseen) {
    if (step[key] >= limit) return Math.max(1, Math.round(minutes + ((step.minutes - minutes) * (limit - value)) / Math.max(1e-9, step[key] - value)))
    minutes = step.minutes
    value = step[key]
  }
  return null
}
