// 待甄别: what comes in floods is kept apart from the desk, in groups by where it came from, and nothing of it is lost. A report
// over a limit becomes a case like any other, with number and query word, and then waits to be sifted instead of to be accepted.

import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { cache, systemActor, type Context, type Words } from '../../kernel/index.ts'
import { settingOf } from '../../registry/index.ts'
import { flowOf } from '../flows.ts'
import { follow } from '../flow.ts'
import { reportCase, type Report, type Reported } from '../report.ts'
import { FLOOD_LIMITS, FLOOD_MINUTES } from '../settings.ts'
import { stepTaken } from '../take-step.ts'
import { writeSteps } from '../write.ts'
import { lately, oneMore, type Tally } from './count-in-window.ts'

/** What a flood is told by: whence it comes, or that it says the same again and again. */
export type FloodKind = 'address' | 'phone' | 'system' | 'text'

export const FLOOD_WORDS: Readonly<Record<FloodKind, Words>> = {
  address: { zh: '同一网络地址短时间内上报过多', en: 'Too many from one network address' },
  phone: { zh: '同一号码短时间内上报过多', en: 'Too many from one telephone number' },
  system: { zh: '同一系统短时间内来件过多', en: 'Too many from one system' },
  text: { zh: '内容完全相同的来件过多', en: 'Too many with the very same words' },
}

export interface Whence {
  readonly address?: string | undefined
  readonly phone?: string | undefined
  /** A system with a limit of its own. */
  readonly system?: { readonly code: string; readonly most?: number } | undefined
}

/** Of this process; several behind a balancer each count their own share. */
const tallies = cache({ name: 'cases.gate', until: [], build: async () => new LRUCache<string, Tally>({ max: 200_000 }) })

interface Key {
  readonly kind: FloodKind
  readonly key: string
  readonly most: number
  readonly minutes: number
}

const FEWEST_LETTERS = 6

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16)

async function keysOf(ctx: Context, { description, attributes }: Report, { address, phone, system }: Whence): Promise<Key[]> {
  const keys: Key[] = []
  const add = async (kind: FloodKind, value: string, most?: number) =>
    keys.push({ kind, key: `${kind}:${digest(value)}`, most: most ?? (await settingOf(ctx, FLOOD_LIMITS[kind])), minutes: FLOOD_MINUTES[kind] })
  if (system) await add('system', system.code, system.most)
  if (address) await add('address', address)
  if (phone) await add('phone', phone.replace(/\D/g, ''))
  const letters = description.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
  // A short name of a thing is what everyone says.
  if (letters.length >= FEWEST_LETTERS && attributes?.['wordless'] !== true) await add('text', letters)
  return keys
}

/** As `reportCase`; what is over a limit is held back from the desk until somebody has sifted it. */
export async function reportThroughGate(ctx: Context, report: Report, whence: Whence): Promise<Reported & { held: boolean }> {
  const known = await ctx.caches.get(ctx, tallies)
  const keys = await keysOf(ctx, report, whence)
  const over = keys.find(({ key, most, minutes }) => lately(known.get(key), +ctx.now, minutes * 60_000) + 1 > most)
  const attributes = over ? { ...report.attributes, held: over.kind, heldGroup: over.key } : report.attributes
  const made = await reportCase(ctx, { ...report, attributes })
  if (made.repeated) return { ...made, held: made.state === 'held' }
  for (const { key, minutes } of keys) known.set(key, oneMore(known.get(key), +ctx.now, minutes * 60_000))

  const flow = await flowOf(ctx, made.row)
  if (!over || follow(flow, made.state, 'hold') === undefined) return { ...made, held: false }
  const { steps, beside } = await stepTaken(ctx, flow, made.row, 'hold', { note: FLOOD_WORDS[over.kind].zh }, null)
  const row = await writeSteps({ ...ctx, actor: systemActor }, steps, beside)
  return { ...made, state: row.state, version: row.ordinal, row, held: true }
}
