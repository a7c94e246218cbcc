import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { CategoryRow, LimitRow } from '../pack/categories.ts'

/** Sets of categories and limits that come with the program: the two standards, and one city's own classes beside the first. */
export const SHIPPED: readonly string[] = ['2013', '2013-yuncheng', '2026']

const read = (set: string, file: string) =>
  parse(readFileSync(new URL(`./${set}/${file}`, import.meta.url)), {
    columns: true,
    cast: (value, { column, header }) => (header ? value : value === '' ? null : NUMBERS.has(String(column)) ? Number(value) : value),
  }) as unknown[]

const NUMBERS = new Set(['ordinal', 'limit_a', 'limit_b', 'limit_c'])

export const shippedCategories = (set: string): CategoryRow[] =>
  (read(set, 'categories.csv') as CategoryRow[]).map((row) => ({ ...row, standard: true }))

export const shippedLimits = (set: string): LimitRow[] => (read(set, 'limits.csv') as LimitRow[]).map((row) => ({ ...row, standard: true }))
