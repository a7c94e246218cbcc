// Where a report stands, in the words of a citizen: no case jargon, no names of people. Nothing here reads a clock or a database.

import type { Words } from '../../kernel/contract.ts'

export const STAGE_CODES = [
  'received',
  'established',
  'dispatched',
  'fixed',
  'checking',
  'closed',
  'declined',
  'voided',
  'on-the-spot',
] as const
export type StageCode = (typeof STAGE_CODES)[number]

export const STAGE_WORDS: Record<StageCode, Words> = {
  received: { zh: '已收到', en: 'Received' },
  established: { zh: '已立案', en: 'Taken on' },
  dispatched: { zh: '已派人处理', en: 'Crew assigned' },
  fixed: { zh: '已修好', en: 'Fixed' },
  checking: { zh: '正在检查', en: 'Being checked' },
  closed: { zh: '办结', en: 'Closed' },
  declined: { zh: '没有立案', en: 'Not taken on' },
  voided: { zh: '已撤销', en: 'Withdrawn' },
  'on-the-spot': { zh: '已当场处理好', en: 'Fixed on the spot' },
}

/** Names of stages that are still to come say what will be done, not that it is. */
const LATER_WORDS: Partial<Record<StageCode, Words>> = {
  established: { zh: '立案', en: 'Take on' },
  dispatched: { zh: '派人处理', en: 'Assign a crew' },
  fixed: { zh: '修好', en: 'Fix' },
  checking: { zh: '检查', en: 'Check' },
  closed: { zh: '办结', en: 'Close' },
}

const NOW_WORDS: Partial<Record<StageCode, Words>> = {
  established: { zh: '正在立案', en: 'Being taken on' },
  dispatched: { zh: '正在派人', en: 'A crew is being chosen' },
  fixed: { zh: '正在处理', en: 'Being fixed' },
  closed: { zh: '即将办结', en: 'About to close' },
}

const DONE_WORDS: Partial<Record<StageCode, Words>> = {
  checking: { zh: '检查通过', en: 'Checked' },
  closed: { zh: '已办结', en: 'Closed' },
}

/** The sentence on top of the page, by the state of the case. */
export const STATE_SENTENCES: Readonly<Record<string, Words>> = {
  reported: { zh: '已收到，等待受理', en: 'Received, waiting to be looked at' },
  held: { zh: '已收到，正在甄别', en: 'Received, being sifted' },
  supplementing: { zh: '已收到，等待补充材料', en: 'Received, waiting for more from you' },
  suspended: { zh: '暂缓办理，恢复后继续', en: 'Put off for now; it will go on' },
  transferred: { zh: '已转交其他单位办理', en: 'Passed to another office' },
  answered: { zh: '已答复', en: 'Answered' },
  merged: { zh: '与同一问题合并办理', en: 'Dealt with together with the same problem' },
  verifying: { zh: '已受理，正在现场核实', en: 'Accepted, being verified on site' },
  accepted: { zh: '已受理，正在立案', en: 'Accepted, being taken on' },
  established: { zh: '已立案，正在派人', en: 'Taken on, choosing a crew' },
  dispatched: { zh: '已派人，正在处理', en: 'A crew is on it' },
  disposed: { zh: '已修好，等待检查', en: 'Fixed, waiting for a check' },
  checking: { zh: '已修好，正在检查', en: 'Fixed, being checked' },
  checked: { zh: '检查通过，即将办结', en: 'Checked, about to close' },
  closed: { zh: '已办结', en: 'Closed' },
  declined: { zh: '没有立案', en: 'Not taken on' },
  voided: { zh: '已撤销', en: 'Withdrawn' },
  'self-disposed': { zh: '已当场处理好', en: 'Fixed on the spot' },
}
const REWORKING: Words = { zh: '检查没通过，正在重新处理', en: 'The check failed; being fixed again' }
const UNKNOWN: Words = { zh: '正在办理', en: 'In progress' }

export const ENDED = ['closed', 'declined', 'voided', 'self-disposed', 'answered', 'merged'] as const
const ended: readonly string[] = ENDED

export const NOTE_CODES = ['verifying', 'promise', 'earlier', 'late', 'rework', 'by-collector', 'expected', 'reason'] as const

export interface Note {
  code: (typeof NOTE_CODES)[number]
  unit?: string
  at?: string
  ms?: number
  times?: number
  words?: Words
}

/** What is known of one step of a case; times as ISO text. */
export interface ToldStep {
  step: string
  at: string
  reason?: Words | null
}

export interface ToldCase {
  state: string
  steps: readonly ToldStep[]
  /** Until when the crew promised to have it fixed. */
  promisedAt: string | null
  /** When the present clock runs out, whatever it is of. */
  dueAt: string | null
  unit: string | null
}

export interface Stage {
  code: StageCode
  state: 'done' | 'now' | 'later'
  name: Words
  at: string | null
  notes: Note[]
}

export interface Told {
  sentence: Words
  open: boolean
  stages: Stage[]
}

/** The last time a step was taken, not counting what a rework or a return has undone. */
function lastOf(steps: readonly ToldStep[], ...names: string[]): ToldStep | undefined {
  return steps.findLast(({ step }) => names.includes(step))
}

// How far along the way a state is: stages before it are done.
const REACHED: Readonly<Record<string, number>> = {
  reported: 1,
  verifying: 1,
  accepted: 1,
  established: 2,
  dispatched: 3,
  disposed: 4,
  checking: 4,
  checked: 5,
  closed: 6,
}
const WAY = ['received', 'established', 'dispatched', 'fixed', 'checking', 'closed'] as const
const STEPS_OF: Record<(typeof WAY)[number], readonly string[]> = {
  received: ['report'],
  established: ['establish'],
  dispatched: ['dispatch'],
  fixed: ['dispose'],
  checking: ['pass'],
  closed: ['close'],
}

/** The stages of a report as a citizen reads them, and the sentence that sums them up. */
export function tellProgress(told: ToldCase): Told {
  const { state, steps } = told
  const open = !ended.includes(state)
  const reworks = steps.filter(({ step }) => step === 'rework').length
  const reworking = state === 'dispatched' && lastOf(steps, 'dispatch', 'rework', 'return')?.step === 'rework'
  const sentence = reworking ? REWORKING : (STATE_SENTENCES[state] ?? UNKNOWN)

  const end = endOf(told)
  if (end) return { sentence, open, stages: end }

  const reached = REACHED[state] ?? 1
  const stages = WAY.map((code, index): Stage => {
    const stand = index < reached ? 'done' : index === reached ? 'now' : 'later'
    const step = stand === 'done' ? lastOf(steps, ...STEPS_OF[code]) : undefined
    return { code, state: stand, name: nameOf(code, stand, state), at: step?.at ?? null, notes: notesOf(code, stand, told, reworks) }
  })
  return { sentence, open, stages }
}

/** The first wait has two steps of its own before a case is taken on. */
const WAITING_WORDS: Readonly<Record<string, Words>> = {
  reported: { zh: '等待受理', en: 'Waiting to be looked at' },
  verifying: { zh: '正在现场核实', en: 'Being verified on site' },
}
const WAITING_CHECK: Words = { zh: '等待检查', en: 'Waiting for a check' }

function nameOf(code: StageCode, stand: Stage['state'], state: string): Words {
  if (code === 'established' && stand === 'now' && WAITING_WORDS[state]) return WAITING_WORDS[state]
  if (code === 'checking' && state === 'disposed') return WAITING_CHECK
  const own = stand === 'later' ? LATER_WORDS[code] : stand === 'now' ? NOW_WORDS[code] : DONE_WORDS[code]
  return own ?? STAGE_WORDS[code]
}

function notesOf(code: (typeof WAY)[number], stand: Stage['state'], told: ToldCase, reworks: number): Note[] {
  const { state, steps, promisedAt, dueAt, unit } = told
  if (code === 'established' && state === 'verifying') return [{ code: 'verifying' }]
  if (code === 'dispatched' && stand === 'done' && (unit || promisedAt))
    return [{ code: 'promise', ...(unit && { unit }), ...(promisedAt && { at: promisedAt }) }]
  if (code === 'fixed') {
    const again: Note[] = reworks > 0 ? [{ code: 'rework', times: reworks }] : []
    const disposedAt = stand === 'done' ? lastOf(steps, 'dispose')?.at : undefined
    if (!disposedAt || !promisedAt) return again
    const early = Date.parse(promisedAt) - Date.parse(disposedAt)
    // Under a minute either way nobody waited for it.
    if (Math.abs(early) < 60_000) return again
    return [{ code: early > 0 ? 'earlier' : 'late', ms: Math.abs(early) }, ...again]
  }
  if (code === 'checking' && stand === 'now')
    return [...(dueAt ? [{ code: 'expected', at: dueAt } as const] : []), { code: 'by-collector' }]
  return []
}

/** A report that ends off the way has two stages: it came in, and why it went no further. */
function endOf({ state, steps }: ToldCase): Stage[] | undefined {
  const code = state === 'declined' ? 'declined' : state === 'voided' ? 'voided' : state === 'self-disposed' ? 'on-the-spot' : undefined
  if (!code) return undefined
  const last = lastOf(steps, 'decline', 'void', 'self-dispose')
  const first = steps.find(({ step }) => step === 'report')
  const established = code === 'voided' ? lastOf(steps, 'establish') : undefined
  return [
    { code: 'received', state: 'done', name: STAGE_WORDS.received, at: first?.at ?? last?.at ?? null, notes: [] },
    ...(established ? [{ code: 'established', state: 'done', name: STAGE_WORDS.established, at: established.at, notes: [] } as Stage] : []),
    {
      code,
      state: 'done',
      name: STAGE_WORDS[code],
      at: last?.at ?? null,
      notes: last?.reason ? [{ code: 'reason', words: last.reason }] : [],
    },
  ]
}

/** A reporter may say whether it is fixed as soon as somebody says that it is, and once it is closed. */
export const mayBeRated = (state: string): boolean => ['disposed', 'checking', 'checked', 'closed', 'self-disposed'].includes(state)
