// Divisions, cells (单元网格) and beats (责任网格) of a city, with their codes, names and grades.

import { divide, divideIntoCells, stretchesOf, type CutMade, type Part } from './divide.ts'
import type { Ground } from './ground.ts'
import { meshOf, outlineOf } from './mesh.ts'
import { communityNames, districtNames, streetNames } from './names.ts'
import { randomFrom } from './random.ts'
import { areaOf, lengthOf, middleOf, type Point, type Shape } from './shape.ts'

export interface Place {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** The open ring of its border, in metres. */
  readonly outline: Shape
}

export interface Cell {
  readonly code: string
  readonly beat: string
  readonly grade: 'A' | 'B' | 'C'
  readonly outline: Shape
  readonly middle: Point
}

export interface Beat {
  readonly code: string
  readonly name: string
  readonly street: string
}

export interface Grid {
  readonly city: Place
  readonly districts: readonly Place[]
  readonly streets: readonly Place[]
  readonly communities: readonly Place[]
  readonly cells: readonly Cell[]
  readonly beats: readonly Beat[]
  readonly cuts: readonly CutMade[]
}

export interface GridPlan {
  readonly seed: number
  readonly cells: number
  /** Code and name of the city. */
  readonly code: string
  readonly name: string
  readonly nameEn: string
}

/** How many of each a city of so many cells has; Taiyuan's 31,500 cells have 246 beats and 10 districts. */
export function countsOf(cells: number) {
  const districts = Math.min(90, Math.max(2, Math.round(cells / 3_200)))
  const streets = Math.min(90, Math.max(2, Math.round(cells / districts / 320)))
  const communities = Math.max(3, Math.round(cells / districts / streets / 42))
  return { districts, streets, communities }
}

const three = (value: number): string => String(value).padStart(3, '0')

/** From north-west to south-east in rows, as people number things on a map. */
const inReadingOrder = (row: number) => (a: Point, b: Point): number =>
  Math.floor(b[1] / row) - Math.floor(a[1] / row) || a[0] - b[0]

/** Collectors of one community walk it all; in a large city a beat takes in several. */
const MOST_CELLS_OF_BEAT = 130

export function layGrid(ground: Ground, plan: GridPlan): Grid {
  const random = randomFrom(plan.seed, 'grid')
  const cuts: CutMade[] = []
  const counts = countsOf(plan.cells)
  const whole: Part = { shape: ground.whole, stretches: stretchesOf(ground.roads) }
  const even = (count: number): number[] => Array.from({ length: count }, () => random.between(0.92, 1.08))
  const size = areaOf(ground.whole) / plan.cells
  const parts = (part: Part, count: number, slack: number): Part[] =>
    divide(part, even(count), slack, { cuts, random }, areaOf(part.shape) / size)
  const ordered = (list: Part[], row: number): Part[] =>
    [...list].sort((a, b) => inReadingOrder(row)(middleOf(a.shape), middleOf(b.shape)))

  const shapes: Shape[] = []
  const drafts: { code: string; cells: number[] }[] = []
  const names = new Map<string, { zh: string; en: string }>()
  const cityPrefix = plan.code.slice(0, 4)
  const nameDistrict = districtNames()
  const nameStreet = streetNames()
  const nameCommunity = communityNames()
  ordered(parts(whole, counts.districts, 0.12), ground.height / 3).forEach((district, d) => {
    const districtCode = `${cityPrefix}${String(d + 2).padStart(2, '0')}`
    names.set(districtCode, nameDistrict(d))
    ordered(parts(district, counts.streets, 0.12), ground.height / 4).forEach((street, s) => {
      const streetCode = districtCode + three(s + 1)
      names.set(streetCode, nameStreet())
      ordered(parts(street, counts.communities, 0.12), ground.height / 8).forEach((community, c) => {
        const code = streetCode + three(c + 1)
        names.set(code, nameCommunity(names.get(streetCode)!, c))
        const made = divideIntoCells(community, size, { cuts, random }).sort((a, b) => inReadingOrder(80)(middleOf(a), middleOf(b)))
        drafts.push({ code, cells: made.map((shape) => shapes.push(shape) - 1) })
      })
    })
  })

  const mesh = meshOf(shapes)
  const ringOf = (numbers: readonly number[]): Shape => numbers.map((number) => mesh.corners[number]!)
  const placeOf = (code: string): Place => {
    const own = drafts.filter((draft) => draft.code.startsWith(code === plan.code ? cityPrefix : code))
    const { zh, en } = names.get(code) ?? { zh: plan.name, en: plan.nameEn }
    const faces = own.flatMap((draft) => draft.cells.map((cell) => mesh.faces[cell]!))
    return { code, name: zh, nameEn: en, outline: ringOf(outlineOf(faces, mesh.corners)) }
  }
  const gradeOf = grader(ground, counts.districts)
  const beats: Beat[] = []
  const cells: Cell[] = []
  let walked = Infinity
  for (const { code, cells: own } of drafts) {
    const street = code.slice(0, 9)
    const last = beats.at(-1)
    if (last?.street !== street || walked + own.length > MOST_CELLS_OF_BEAT) {
      const ordinal = last?.street === street ? Number(last.code.slice(-3)) + 1 : 1
      const name = `${names.get(street)!.zh.replace(/街道$/, '')} ${three(ordinal)}`
      beats.push({ code: `R${street}${three(ordinal)}`, name, street })
      walked = 0
    }
    // In a city of a few hundred cells each community is a beat of its own.
    walked = plan.cells < 2_000 ? Infinity : walked + own.length
    own.forEach((number, i) => {
      const outline = ringOf(mesh.faces[number]!)
      const middle = middleOf(shapes[number]!)
      cells.push({ code: code + three(i + 1), beat: beats.at(-1)!.code, grade: gradeOf(middle), outline, middle })
    })
  }
  const codes = [...names.keys()]
  const ofLength = (length: number): Place[] => codes.filter((code) => code.length === length).map(placeOf)
  return { city: placeOf(plan.code), districts: ofLength(6), streets: ofLength(9), communities: ofLength(12), cells, beats, cuts }
}

/** 区域等级: A around the busiest streets, C where little happens. On an empty plain the middles of the districts are busy. */
function grader(ground: Ground, districts: number): (at: Point) => 'A' | 'B' | 'C' {
  if (ground.spots.length === 0) {
    const step = ground.width / Math.sqrt(districts)
    return ([x, y]) => {
      const fromMiddle = Math.hypot(((x % step) - step / 2) / step, ((y % step) - step / 2) / step)
      return fromMiddle < 0.22 ? 'A' : fromMiddle < 0.42 ? 'B' : 'C'
    }
  }
  const busy = ground.spots.filter(({ tags }) => tags.shop || tags.amenity || tags.highway === 'bus_stop' || tags.railway)
  return (at) => {
    const near = busy.filter((spot) => lengthOf(spot.at, at) < 150).length
    return near >= 6 ? 'A' : near >= 1 ? 'B' : 'C'
  }
}
