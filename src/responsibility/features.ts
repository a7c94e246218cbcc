// What the learned suggestion looks at: n-grams of the text, the category, the place, the hour; each as a number by hashing. Pure.

import { dayNumber, lngScale, METRES_PER_DEGREE, offsetMs, weekdayOf, type Position } from '../kernel/index.ts'

export interface Told {
  readonly text: string
  readonly category: string
  /** The code of the cell, the community or the street. */
  readonly region: string
  readonly position?: Position | null | undefined
  readonly at: number
}

export interface Features {
  /** Category, place and hour; each counts in full. */
  readonly facts: Int32Array
  /** Pieces of the text, which together count as one. */
  readonly pieces: Int32Array
}

const MOST_LETTERS = 300
const MOST_PIECES = 96
/** Sides of the squares by which a position is known, in metres. */
const SQUARES = [500, 2_000]

/** FNV-1a over UTF-16 units: the same everywhere, and even enough for tables of half a million. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}

/** Pairs and triples of letters in Chinese, words and pairs of words otherwise; numbers alone say nothing. */
export function piecesOf(text: string): string[] {
  const pieces = new Set<string>()
  let before = ''
  for (const [run] of text.normalize('NFKC').toLowerCase().slice(0, MOST_LETTERS).matchAll(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv)) {
    if (/\p{Script=Han}/u.test(run)) {
      const letters = [...run]
      if (letters.length === 1) pieces.add(run)
      for (let i = 0; i + 1 < letters.length; i++) {
        pieces.add(letters[i]! + letters[i + 1]!)
        if (i + 2 < letters.length) pieces.add(letters[i]! + letters[i + 1]! + letters[i + 2]!)
      }
      before = ''
    } else if (!/^\d+$/.test(run)) {
      pieces.add(run)
      if (before) pieces.add(`${before} ${run}`)
      before = run
    }
    if (pieces.size >= MOST_PIECES) break
  }
  return [...pieces].slice(0, MOST_PIECES)
}

const squareOf = ([lng, lat]: Position, metres: number): string => {
  const side = metres / METRES_PER_DEGREE
  // Of one width within a band of latitude, so that a square is the same for all that lie in it.
  const row = Math.floor(lat / side)
  return `${row}:${Math.floor((lng * lngScale(row * side)) / side)}`
}

function factsOf({ category, region, position, at }: Told, zone: string): string[] {
  const major = category.slice(0, category.lastIndexOf('.') + 3)
  const street = region.slice(0, 9)
  const hour = Math.floor((((at + offsetMs(at, zone)) / 3_600_000) % 24) / 4)
  const weekday = weekdayOf(dayNumber(at, zone))
  const rest = weekday === 0 || weekday === 6
  const facts = [
    'b',
    `c${category}`,
    `m${major}`,
    `s${street}`,
    `cs${category}|${street}`,
    `ms${major}|${street}`,
    `h${hour}`,
    `w${weekday}`,
    `ch${category}|${rest ? 'r' : ''}${hour}`,
  ]
  if (region.length >= 12) facts.push(`cr${category}|${region.slice(0, 12)}`, `r${region}`)
  if (position) for (const metres of SQUARES) facts.push(`cq${category}|${metres}|${squareOf(position, metres)}`)
  return facts
}

export function featuresOf(told: Told, zone: string): Features {
  const category = told.category
  // A piece says one thing of a manhole and another of a tree.
  const pieces = piecesOf(told.text).flatMap((piece) => [`t${piece}`, `ct${category}|${piece}`])
  return { facts: Int32Array.from(factsOf(told, zone), hashOf), pieces: Int32Array.from(pieces, hashOf) }
}

/** Under what a sample's unit is kept in mind: those that had the category there, the category anywhere, and the street. */
export const keysOf = ({ category, region }: Pick<Told, 'category' | 'region'>): number[] =>
  [`${category}|${region.slice(0, 9)}`, category, category.slice(0, category.lastIndexOf('.') + 3), `|${region.slice(0, 9)}`, ''].map(hashOf)
