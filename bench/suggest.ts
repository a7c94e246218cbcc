// Who had it: learned on the first four months of Boston's half-year, asked of the last two. `--requests FILE` takes the whole file in
// place of the shipped cut of 5,000 rows.

import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { dayOfText, wallMoment } from '../src/kernel/index.ts'
import type { Sample } from '../src/responsibility/learn.ts'
import { measureLearning } from '../src/responsibility/learn-samples.ts'
import { round, type Finding } from './measure.ts'

const boston = fileURLToPath(new URL('../examples/boston/', import.meta.url))
export const SHIPPED = join(boston, 'boston-311-2011H2-5000.csv.gz')
const SPLIT = '2011-11-01'

interface Mapping {
  readonly zone: string
  readonly columns: Record<'category' | 'street' | 'unit', { readonly values: Record<string, string> }>
}

/** Requests as samples, the oldest first: what was told at the time, where and when, and the department that had it in the end. */
export async function readRequests(file: string): Promise<{ samples: Sample[]; zone: string; split: number }> {
  const { zone, columns } = JSON.parse(readFileSync(join(boston, 'mapping.json'), 'utf8')) as Mapping
  const momentOf = (text: string) => {
    const [day, time] = text.split(' ') as [string, string]
    const [hour, minute] = time.split(':').map(Number) as [number, number]
    return wallMoment(dayOfText(day), hour * 60 + minute, zone)
  }
  const samples: Sample[] = []
  for await (const row of createReadStream(file).pipe(createGunzip()).pipe(parse({ columns: true })) as AsyncIterable<Record<string, string>>) {
    const { subject, reason, type, neighborhood, department, longitude, latitude, case_title, location, open_dt } = row
    const unit = columns.unit.values[department!]
    if (unit === undefined) continue
    samples.push({
      text: `${case_title} ${location}`,
      category: columns.category.values[[subject, reason, type].join(' | ')] ?? '',
      region: columns.street.values[neighborhood!] ?? '999801',
      position: longitude && latitude ? [Number(longitude), Number(latitude)] : null,
      at: momentOf(open_dt!),
      unit,
    })
  }
  samples.sort((a, b) => a.at - b.at)
  const first = wallMoment(dayOfText(SPLIT), 0, zone)
  return { samples, zone, split: samples.filter(({ at }) => at < first).length }
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`

export async function measureSuggest(file: string): Promise<Finding> {
  const { samples, zone, split } = await readRequests(file)
  const startedAt = performance.now()
  const figures = await measureLearning(samples, zone, split)
  const seconds = (performance.now() - startedAt) / 1000
  const { top1, top3, majority, byCategory, measured } = figures
  return {
    what: `department of ${measured.toLocaleString('en')} Boston requests of Nov–Dec, learned from ${split.toLocaleString('en')} of Jul–Oct`,
    goal: '> category only > majority',
    figure: `top 1 ${percent(top1)}, top 3 ${percent(top3)}; category only ${percent(byCategory)}, majority ${percent(majority)}`,
    met: top1 > byCategory && byCategory > majority,
    detail: { top1: round(top1, 4), top3: round(top3, 4), byCategory: round(byCategory, 4), majority: round(majority, 4), learnedFrom: split, measured, seconds: round(seconds, 1) },
  }
}
