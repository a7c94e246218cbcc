// How well the water at flood points is foreseen: `node bench/flood.ts [FOLDER]`, or FLOOD_RAIN=FOLDER, with measured rain as CSV
// (Tharandt, by the minute); FLOOD_SEED=N for other storms and basins. No place is known where rain and flood levels were measured
// together and may be used, so all levels are computed, by basins whose numbers the forecast does not know but whose kind (a linear
// reservoir and drains that take so much) is its own: a real place will be foreseen less well. For the measured rain, which is
// lighter than a storm, the drains are made small enough that water stands. Without a folder only the made storms are tried.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DRY, FLOOD_KINDS, layBasin, minuteOn } from '../src/maker/devices/basin.ts'
import type { Device } from '../src/maker/devices/lay-devices.ts'
import { pastReadings } from '../src/maker/devices/past.ts'
import { randomFrom } from '../src/maker/random.ts'
import { courseOf, rainOver, spanOf, weightsOf, type Weighed } from '../src/monitoring/flood/course.ts'
import { binOf, findEvents, rarityOf, type Fallen } from '../src/monitoring/flood/rain.ts'
import { fit, forecast, isWet, LEADS, reaches, type Course } from '../src/monitoring/flood/response.ts'
import { DEFAULT_SETTINGS } from '../src/monitoring/flood/settings.ts'

const SEED = Number(process.env.FLOOD_SEED ?? 20_261_121)
const MINUTE = 60_000
const LIMIT = 15

interface Score {
  tried: number
  inside: number[]
  wide: number[]
  counted: number[]
  leads: number[]
  missed: number
  falsely: number
  refused: number
}

const score = (): Score => {
  const zeros = () => Array.from({ length: LEADS }, () => 0)
  return { tried: 0, inside: zeros(), wide: zeros(), counted: zeros(), leads: [], missed: 0, falsely: 0, refused: 0 }
}

/** Forecasts at every step of a rain that was held out. */
function tryOn(train: readonly Course[], { rain, level, base }: Course, into: Score): void {
  const fitted = fit(train)
  if (typeof fitted === 'string') return void into.refused++
  into.tried++
  let foretold: number | undefined
  let cried = 0
  const crossed = level.findIndex((cm) => cm !== null && cm >= LIMIT)
  for (let now = 6; now < rain.length - LEADS; now++) {
    const cm = level[now]
    if (cm == null || !isWet(rain.slice(0, now + 1), cm, base)) continue
    const foreseen = forecast(fitted, rain.slice(0, now + 1), cm, base)
    for (const [lead, { low, high }] of foreseen.entries()) {
      const came = level[now + lead + 1]
      if (came == null) continue
      into.counted[lead]!++
      into.wide[lead]! += high - low
      if (came >= low && came <= high) into.inside[lead]!++
    }
    const [reach] = reaches([LIMIT], cm, foreseen)
    if (reach!.minutes === null || reach!.minutes === 0) continue
    if (crossed < 0) cried++
    else if (now < crossed) foretold ??= now
  }
  if (crossed >= 0) {
    if (foretold === undefined) into.missed++
    else into.leads.push((crossed - foretold) * 5)
  } else if (cried > 0) into.falsely++
}

function tell(name: string, { tried, refused, inside, wide, counted, leads, missed, falsely }: Score): void {
  if (tried === 0) return console.log(`${name}: refused ${refused} times, never tried`)
  const at = [1, 2, 5, 8, 11].map((i) => `${(i + 1) * 5} min ${((100 * inside[i]!) / counted[i]!).toFixed(0)} % (${(wide[i]! / counted[i]!).toFixed(1)} cm)`)
  const sorted = leads.toSorted((a, b) => a - b)
  console.log(`${name}: ${tried} rains held out, refused ${refused}; inside the 80 % interval, and its width: ${at.join(', ')}`)
  console.log(`  ${LIMIT} cm: foretold ${leads.length}, median ${sorted[Math.floor(sorted.length / 2)] ?? '—'} min before (least ${sorted[0] ?? '—'}); missed ${missed}; foretold in vain ${falsely}`)
}

function measured(folder: string): void {
  const rows = readFileSync(join(folder, 'tharandt-2018-2019-tips.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','))
  const minutes = rows.filter(([station, , mm]) => station!.startsWith('davis') && Number(mm) > 0).map(([gauge, time, mm]) => ({ gauge: gauge!, at: Date.parse(`${time}Z`), mm: Number(mm) }))
  const binned = new Map<string, Fallen>()
  for (const { gauge, at, mm } of minutes) {
    const key = `${gauge} ${binOf(at)}`
    binned.set(key, { gauge, at: binOf(at), mm: (binned.get(key)?.mm ?? 0) + mm })
  }
  const fallen = [...binned.values()]
  const events = findEvents({ fallen, reporting: () => 5, now: Infinity }, DEFAULT_SETTINGS)
  const years = events.flatMap(({ stations }) => rarityOf(DEFAULT_SETTINGS.storm, stations)?.years ?? [])
  console.log(`measured rain: ${events.length} events, the wettest ${Math.max(...events.map(({ stations }) => stations[0]!.total)).toFixed(1)} mm at a gauge; rarest once in ${Math.max(...years).toFixed(1)} years by the formula`)
  const wet = events.filter(({ stations }) => stations[0]!.most[1]! >= 4)
  const random = randomFrom(SEED, 'bench basins')
  const points = Array.from({ length: 12 }, (_, i) => {
    const basin = layBasin(FLOOD_KINDS[i % FLOOD_KINDS.length]!, random)
    // That rain is lighter than a storm for which the drains of a city are laid.
    return { ...basin, drains: basin.drains * 0.04 }
  })
  const weights: Weighed[] = weightsOf(['davis3', 'davis5', 'davis7'].map((gauge) => ({ gauge, metres: 500 })))
  for (const known of [1, 2, 3, 5, 8]) {
    const total = score()
    for (const basin of points) {
      const courses = wet.map(({ beganAt, endedAt }): Course => {
        const [from, to] = spanOf({ beganAt, endedAt: endedAt! })
        const own = new Map(minutes.filter(({ gauge, at }) => gauge === 'davis1' && at >= from && at <= to).map(({ at, mm }) => [at, mm]))
        const levels: { at: number; cm: number }[] = []
        let water = DRY
        for (let at = from; at <= to; at += MINUTE) {
          water = minuteOn(basin, water, own.get(at) ?? 0)
          levels.push({ at, cm: Math.max(0, basin.base + water.standing + (water.standing > 0 ? 0.3 * random.normal() : 0)) })
        }
        return courseOf(rainOver(fallen, weights, from, to), levels, from)
      })
      const rising = courses.filter(({ level, base }) => level.filter((cm) => cm !== null && cm > base + 5).length >= 6)
      for (const held of rising.slice(known)) tryOn(rising.slice(0, known), held, total)
    }
    tell(`measured rain, computed water, ${known} rains known`, total)
  }
}

/** Storms as the demo city has one of, a season of them, on a few points with gauges two kilometres apart. */
function made(): void {
  const now = Date.parse('2026-11-01T00:00:00Z')
  const at = (i: number): [number, number] => [(i % 4) * 2_000, Math.floor(i / 4) * 2_000]
  const device = (code: string, product: string, place: [number, number], more = {}) => ({ code, product, at: place, state: 'in_service', ...more }) as unknown as Device
  const gauges = Array.from({ length: 12 }, (_, i) => device(`RG-${i}`, 'rain-gauge', at(i)))
  const points = FLOOD_KINDS.flatMap((flood, i) => [0, 1].map((k) => device(`WL-${i}${k}`, 'water-level', [at(i * 2 + k)[0] + 700, at(i * 2 + k)[1] + 600], { flood })))
  const readings = Map.groupBy(pastReadings([...gauges, ...points], { seed: SEED, now, days: 110 }), ({ device: code }) => code)
  const fallen = gauges.flatMap(({ code }) => (readings.get(code) ?? []).filter(({ value }) => value > 0).map(({ at: when, value }) => ({ gauge: code, at: binOf(when), mm: value })))
  const events = findEvents({ fallen, reporting: () => gauges.length, now }, DEFAULT_SETTINGS)
  console.log(`made storms: ${events.length} events, the wettest ${Math.max(...events.map(({ stations }) => stations[0]!.total)).toFixed(1)} mm`)
  for (const known of [0, 1, 2, 4, 6]) {
    const total = score()
    for (const point of points) {
      const near = gauges.map(({ code, at: [x, y] }) => ({ gauge: code, metres: Math.hypot(x - point.at[0], y - point.at[1]) })).toSorted((a, b) => a.metres - b.metres)
      const weights = weightsOf(near.slice(0, 4))
      const all = events.map((event) => {
        const [from, to] = spanOf({ ...event, endedAt: event.endedAt ?? now })
        const levels = readings.get(point.code)!.flatMap(({ at: when, value }) => (when >= from && when <= to ? [{ at: when, cm: value }] : []))
        return courseOf(rainOver(fallen, weights, from, to), levels, from)
      })
      const storms = all.filter(({ rain }) => rain.reduce((sum, mm) => sum + mm, 0) > 25)
      const light = all.filter((each) => !storms.includes(each)).slice(0, 6)
      for (const held of storms.slice(known)) tryOn([...storms.slice(0, known), ...light], held, total)
    }
    tell(`made storms, ${known} storms known`, total)
  }
}

console.log(`seed ${SEED}`)
made()
const folder = process.argv[2] ?? process.env.FLOOD_RAIN
if (folder === undefined) console.log('measured rain: no folder was given (`node bench/flood.ts FOLDER`), so it was not tried')
else if (!existsSync(join(folder, 'tharandt-2018-2019-tips.csv'))) console.log(`measured rain: there is no tharandt-2018-2019-tips.csv in ${folder}, so it was not tried`)
else measured(folder)
