// Where a case stands in the seven stages: who brought each to its end, when, how long it took, whether it was late. Pure.

import type { Words } from '../kernel/contract.ts'
import type { Flow } from './flow.ts'
import type { FoldedRow } from './fold.ts'
import type { LimitRun } from './limits.ts'
import type { CaseStepTable } from './tables.ts'

export interface StageNode {
  stage: number
  words: Words
  state: 'done' | 'now' | 'later' | 'skipped'
  startedAt: Date | null
  endedAt: Date | null
  who: string | null
  spentMs: number | null
  late: boolean
}

/** One row of seven nodes; where a case goes back, a further row begins and the first stays as it was. */
export function stagesOf(flow: Flow, steps: readonly CaseStepTable[], rows: readonly FoldedRow[], runs: readonly LimitRun[], now: Date): StageNode[][] {
  const tracks: StageNode[][] = []
  let track = blank(flow)
  tracks.push(track)
  for (const [i, step] of steps.entries()) {
    const row = rows[i]!
    const before = rows[i - 1]
    if (!before) {
      begin(track, row.stage, step.takenAt)
      track[0]!.who = step.actorName
      continue
    }
    if (row.stage < before.stage) {
      end(track, before.stage, step.takenAt, step.actorName)
      track = blank(flow)
      tracks.push(track)
      for (const node of track) if (node.stage < row.stage) node.state = 'skipped'
      begin(track, row.stage, step.takenAt)
      continue
    }
    for (let stage = before.stage; stage < row.stage; stage++) {
      if (stage > before.stage) begin(track, stage, step.takenAt)
      end(track, stage, step.takenAt, nameFor(stage, step, before))
    }
    if (row.stage > before.stage) begin(track, row.stage, step.takenAt)
    if (row.endedAt && row.stage < flow.stages.length) endEarly(track, row.stage, step)
  }
  finish(track, rows.at(-1), runs, now)
  for (const run of runs) markLate(tracks, run)
  return tracks
}

const blank = (flow: Flow): StageNode[] =>
  flow.stages.map((words, i) => ({ stage: i + 1, words, state: 'later', startedAt: null, endedAt: null, who: null, spentMs: null, late: false }))

function begin(track: StageNode[], stage: number, at: Date): void {
  Object.assign(track[stage - 1]!, { state: 'now', startedAt: at })
}

function end(track: StageNode[], stage: number, at: Date, who: string | null): void {
  const node = track[stage - 1]!
  Object.assign(node, { state: 'done', endedAt: at, who: stage === 1 ? (node.who ?? who) : who, spentMs: node.startedAt ? +at - +node.startedAt : null })
}

/** Disposal and feedback are the unit's, whoever pressed the button. */
const nameFor = (stage: number, step: CaseStepTable, before: FoldedRow): string =>
  stage === 4 || stage === 5 ? (before.unitName ?? step.actorName) : step.actorName

function endEarly(track: StageNode[], stage: number, step: CaseStepTable): void {
  end(track, stage, step.takenAt, step.actorName)
  for (const node of track) if (node.stage > stage) node.state = 'skipped'
}

function finish(track: StageNode[], row: FoldedRow | undefined, runs: readonly LimitRun[], now: Date): void {
  const node = track.find(({ state }) => state === 'now')
  if (!node || !row) return
  if (row.endedAt) {
    // 综合评价 is over when the citizen has rated the result.
    if (row.rating !== null) node.state = 'done'
    return
  }
  const running = runs.find(({ stoppedBy }) => stoppedBy === null)
  node.spentMs = node.startedAt ? +now - +node.startedAt : null
  node.who = node.who ?? row.collectorName ?? (node.stage === 4 ? row.unitName : null)
  node.late = running?.late ?? false
}

/** A limit that was overrun marks the stage in which its clock stopped. */
function markLate(tracks: readonly StageNode[][], run: LimitRun): void {
  if (!run.late || run.to === null) return
  for (const track of tracks) {
    const node = track[run.stage - 1]!
    if (node.startedAt && node.endedAt && node.startedAt <= run.to && node.endedAt >= run.to) node.late = true
  }
}
