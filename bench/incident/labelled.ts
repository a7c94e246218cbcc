// The labelled set: reports of a made-up district of which it is known who tells of the same. Everything follows from the seed.

import type { Position } from '../../src/kernel/contract.ts'
import { METRES_PER_DEGREE, lngScale } from '../../src/kernel/geometry/index.ts'
import { randomFrom, type Random } from '../../src/maker/random.ts'
import { ADDED, KINDS, STORMS, type Kind, type StormKind } from './kinds.ts'

export interface Labelled {
  readonly number: string
  readonly category: string
  readonly componentCode: string | null
  readonly description: string
  readonly address: string
  readonly position: Position
  readonly reportedAt: Date
  readonly prints: readonly string[]
  readonly collector: string | null
  /** The same trouble at the same place and time. */
  readonly incident: number
  /** The same cause: of a storm its own, else that of the incident. */
  readonly cause: number
  readonly doneAt: Date
  readonly kind: string
  readonly storm: boolean
}

export interface Share {
  /** Kinds that training may see, those that it may not, or all. */
  readonly kinds: 'trained' | 'held-out' | 'all'
}

const ORIGIN: Position = [116.3, 40]
const SIDE_METRES = 6000
const HOUR = 3_600_000
export const BEGIN = new Date('2026-05-01T00:00:00+08:00')
/** Before this only the usual level is learnt. */
export const COUNTED_FROM = new Date(+BEGIN + 14 * 24 * HOUR)
const DAYS = 24
const INCIDENTS_A_DAY = 160

const isHeldOut = (index: number) => index % 3 === 2
const ROADS = ['人民路', '解放路', '建设街', '和平路', '新华街', '迎宾大道', '中山路', '文化街', '滨河路', '学府路', '光明路', '朝阳街']
const MARKS = ['小区门口', '公交站旁', '超市门前', '幼儿园对面', '菜市场口', '桥头', '医院旁', '路口', '学校东侧', '广场北侧', '银行门口', '加油站旁']

export function makeLabelled(seed: number, { kinds }: Share): Labelled[] {
  const random = randomFrom(seed, 'incidents')
  const allowed = KINDS.filter((_, i) => kinds === 'all' || isHeldOut(i) === (kinds === 'held-out'))
  const made = new Maker(random, allowed)
  for (let i = 0; i < 12; i++) {
    const storm = STORMS[i % STORMS.length]!
    made.storm(storm, +COUNTED_FROM + (i * 0.8 + random.next() * 0.5) * 24 * HOUR)
  }
  for (let hour = 0; hour < DAYS * 24; hour++) {
    const busy = [0.3, 0.2, 0.2, 0.2, 0.2, 0.4, 0.8, 1.5, 2, 2, 1.8, 1.4, 1, 1, 1.4, 1.7, 1.6, 1.5, 1.2, 1.1, 1, 0.8, 0.6, 0.4][hour % 24]!
    for (let n = random.poisson((INCIDENTS_A_DAY / 24) * busy); n > 0; n--) made.incident(+BEGIN + (hour + random.next()) * HOUR)
  }
  return made.all()
}

class Maker {
  readonly #random: Random
  readonly #kinds: readonly Kind[]
  readonly #reports: Omit<Labelled, 'number'>[] = []
  #incidents = 0
  /** Storms all over the district, by when they rage. */
  readonly #raging: { readonly brings: readonly string[]; readonly from: number; readonly to: number; readonly cause: number }[] = []

  constructor(random: Random, kinds: readonly Kind[]) {
    this.#random = random
    this.#kinds = kinds
  }

  all(): Labelled[] {
    return this.#reports
      .toSorted((a, b) => +a.reportedAt - +b.reportedAt)
      .map((report, i) => ({ ...report, number: `999902${String(i).padStart(14, '0')}` }))
  }

  #anywhere(): Position {
    return moved(ORIGIN, this.#random.next() * SIDE_METRES, this.#random.next() * SIDE_METRES)
  }

  /** One trouble, with whoever reports it, and often something beside it that is another. */
  incident(from: number): void {
    const random = this.#random
    const kind = random.weighted(this.#kinds.map((each) => [each, each.weight] as const))
    const at = this.#anywhere()
    if (random.chance(0.03)) return this.#round(kind, at, from)
    const until = this.#told(kind, at, from, this.#wordsOf(kind), random.chance(0.3) ? 1 + random.poisson(2.2) : 1)
    // Another trouble of the same class beside it.
    if (random.chance(0.14)) {
      const [category, words] = random.pick(kind.near)
      const other = random.chance(0.5) ? { ...kind, classes: [category] } : kind
      this.#told(other, this.#beside(at, 8, 45), from + random.next() * 10 * HOUR, [words], 1, false)
    }
    // Another thing of the same kind further on: another lamp, another hole.
    if (!kind.spread && random.chance(0.08)) this.#told(kind, this.#beside(at, 25, 60), from + random.next() * 6 * HOUR, this.#wordsOf(kind), 1)
    // Something else in the same place that shares nothing but the place.
    if (random.chance(0.08)) {
      const other = random.pick(this.#kinds)
      if (other !== kind) this.#told(other, this.#beside(at, 0, 40), from + random.next() * 8 * HOUR, this.#wordsOf(other), 1)
    }
    // Cleared, and there again.
    if (kind.recurs && random.chance(0.35)) this.#told(kind, this.#beside(at, 0, 12), until + (0.5 + random.next() * 12) * HOUR, this.#wordsOf(kind), 1 + random.poisson(0.5))
  }

  /** A collector who goes along a street and reports each thing once, in the words of the form. */
  #round(kind: Kind, at: Position, from: number): void {
    const random = this.#random
    const words = random.pick(kind.official)
    const collector = `collector${random.whole(1, 60)}`
    let place = at
    let time = from
    for (let n = random.whole(3, 6); n > 0; n--) {
      this.#report(kind, ++this.#incidents, place, time, words, { collector, until: time + (2 + random.next() * 20) * HOUR })
      place = this.#beside(place, 18, 60)
      time += (1 + random.next() * 5) * 60_000
    }
  }

  /** Reports of one trouble until it is put right; the answer is when that was. */
  #told(kind: Kind, at: Position, from: number, words: readonly string[], reports: number, held = true): number {
    const random = this.#random
    const incident = ++this.#incidents
    const storm = this.#raging.find((each) => each.brings.includes(kind.code) && from >= each.from && from <= each.to)
    const until = from + (2 + 20 * random.next()) * HOUR
    const component = kind.thing && held ? `T${incident}` : null
    const photo = print(random)
    let time = from
    for (let n = 0; n < reports && time < until; n++) {
      this.#report(kind, incident, at, time, random.pick(words), {
        until, component, photo, ...(storm && { cause: storm.cause, storm: true }), collector: random.chance(0.35) ? `collector${random.whole(1, 60)}` : null,
      })
      time += -Math.log(1 - random.next()) * 2.5 * HOUR
    }
    return until
  }

  #wordsOf(kind: Kind): readonly string[] {
    return [...kind.official, ...kind.plain]
  }

  #beside(at: Position, nearest: number, farthest: number): Position {
    const angle = this.#random.next() * 2 * Math.PI
    const metres = this.#random.between(nearest, farthest)
    return moved(at, Math.cos(angle) * metres, Math.sin(angle) * metres)
  }

  #report(
    kind: Pick<Kind, 'code' | 'classes' | 'thing'>,
    incident: number,
    at: Position,
    time: number,
    words: string,
    { until, component = null, photo, collector, cause = incident, storm = false }: {
      until: number; component?: string | null; photo?: string; collector: string | null; cause?: number; storm?: boolean
    },
  ): void {
    const random = this.#random
    const byPhone = collector === null && random.chance(0.45)
    // A telephone's position, a pin set by hand, a place that the operator found by its address; now and then quite wrong.
    const stray = random.chance(0.03) ? 70 : collector ? 4 : byPhone ? 13 : 8
    const knows = collector ? 0.7 : byPhone ? 0.03 : 0.2
    const address = addressAt(at)
    this.#reports.push({
      category: random.chance(0.78) ? kind.classes[0]! : random.pick(kind.classes),
      componentCode: component !== null && random.chance(knows) ? (random.chance(collector ? 0.01 : 0.06) ? `${component}x` : component) : null,
      description: words.replace('{p}', this.#place(address, at)) + (collector ? '' : random.pick(ADDED)),
      address,
      position: moved(at, random.normal() * stray, random.normal() * stray),
      reportedAt: new Date(Math.round(time)),
      prints: byPhone || random.chance(0.3) ? [] : [photo !== undefined && !collector && random.chance(0.2) ? blurred(random, photo) : print(random)],
      collector,
      incident,
      cause,
      doneAt: new Date(Math.round(until)),
      kind: kind.code,
      storm,
    })
  }

  /** Each names the place in a way of their own. */
  #place(address: string, at: Position): string {
    const random = this.#random
    const mark = random.pick(marksAt(at))
    const road = address.split(' ')[0]!
    return random.weighted([[address.replaceAll(' ', ''), 3], [`${road}${mark}`, 4], [mark, 2], ['', 1], [`${address.replaceAll(' ', '')}${mark}`, 1]])
  }

  /** One cause, many who tell of it; of a wide one each thing is a trouble of its own with the same cause. */
  storm(storm: StormKind, from: number): void {
    const random = this.#random
    const cause = ++this.#incidents
    const centre = storm.wide ? moved(ORIGIN, SIDE_METRES / 2, SIDE_METRES / 2) : this.#anywhere()
    const until = from + (storm.hours + 6) * HOUR
    if (storm.brings) this.#raging.push({ brings: storm.brings, from, to: from + storm.hours * HOUR, cause })
    let left = random.whole(...storm.reports)
    while (left > 0) {
      const distance = Math.sqrt(random.next()) * storm.metres
      const angle = random.next() * 2 * Math.PI
      const at = moved(centre, Math.cos(angle) * distance, Math.sin(angle) * distance)
      const incident = storm.wide ? ++this.#incidents : cause
      let time = from + random.next() ** 1.5 * storm.hours * HOUR
      for (let n = storm.wide ? 1 + random.poisson(0.6) : 1; n > 0 && left > 0; n--, left--) {
        this.#report(storm, incident, at, time, random.pick(storm.plain), { until, collector: null, cause, storm: true })
        time += random.next() * HOUR
      }
    }
  }
}

const moved = ([lng, lat]: Position, east: number, north: number): Position => [
  lng + east / (METRES_PER_DEGREE * lngScale(lat)),
  lat + north / METRES_PER_DEGREE,
]

/** The two things by which people name a block of 100 m. */
function marksAt([lng, lat]: Position): string[] {
  const block = Math.floor((lng - ORIGIN[0]) * 850) * 7 + Math.floor((lat - ORIGIN[1]) * 1110) * 31
  return [0, 5].map((more) => MARKS[Math.abs(block + more) % MARKS.length]!)
}

/** A road every 400 m and a number every 20 m. */
function addressAt([lng, lat]: Position): string {
  const east = Math.floor((lng - ORIGIN[0]) * METRES_PER_DEGREE * lngScale(lat))
  const north = Math.floor((lat - ORIGIN[1]) * METRES_PER_DEGREE)
  return `${ROADS[Math.abs(Math.floor(north / 400)) % ROADS.length]} ${Math.abs(Math.floor(east / 20)) + 1} 号`
}

const print = (random: Random): string => Array.from({ length: 16 }, () => Math.floor(random.next() * 16).toString(16)).join('')

/** The same picture, sent on: a few bits differ. */
function blurred(random: Random, of: string): string {
  let bits = BigInt(`0x${of}`)
  for (let n = random.whole(0, 6); n > 0; n--) bits ^= 1n << BigInt(random.whole(0, 63))
  return bits.toString(16).padStart(16, '0')
}
