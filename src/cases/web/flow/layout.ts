// Where the states of a flow stand in its picture: a lane for each stage, from left to right, and one for where cases end. Pure.

import type { Flow } from '../../flow.ts'

export const LANE = 142
export const ROW = 84
export const TOP = 48
export const NODE = { width: 110, height: 50 } as const

export interface Spot {
  readonly name: string
  readonly lane: number
  readonly x: number
  readonly y: number
}

/** In its lane each state stands in the order of the flow; ends without a stage of their own share the last lane. */
export function layOut(flow: Flow): Spot[] {
  const filled: number[] = []
  const ends = flow.stages.length
  return Object.entries(flow.states).map(([name, { stage, ended }]) => {
    const lane = stage === undefined || (ended && stage > ends) ? ends : Math.min(Math.max(stage, 1), ends + 1) - 1
    const row = filled[lane] ?? 0
    filled[lane] = row + 1
    return { name, lane, x: lane * LANE + (LANE - NODE.width) / 2, y: TOP + row * ROW + 12 }
  })
}

export interface Arrow {
  readonly id: string
  readonly step: string
  readonly from: string
  readonly to: string
  readonly usual: boolean
  readonly back: boolean
  /** Within one lane. */
  readonly beside: boolean
}

/** An arrow for each way of each step that moves a case; `usual` is the way of a case that nothing happens to. */
export function arrowsOf(flow: Flow): Arrow[] {
  const laneOf = new Map(layOut(flow).map(({ name, lane }) => [name, lane]))
  return Object.entries(flow.steps).flatMap(([step, { from, to, primary }]) =>
    to === undefined || !Object.hasOwn(flow.states, to)
      ? []
      : from
          .filter((state) => state !== to && Object.hasOwn(flow.states, state))
          .map((state) => ({ id: `${step}:${state}`, step, from: state, to, usual: primary === true, back: laneOf.get(to)! < laneOf.get(state)!, beside: laneOf.get(to) === laneOf.get(state) })),
  )
}

export interface Layer {
  readonly name: string
  readonly depth: number
  readonly row: number
}

/** The states of a procedure by how many acts lead to them, and where it ends behind all others. */
export function layersOf(procedure: Flow['procedures'][string]): Layer[] {
  const depth = new Map<string, number>()
  if (procedure.opens.to !== undefined) depth.set(procedure.opens.to, 0)
  for (let round = 0; round < 8; round++) {
    for (const { from, to } of Object.values(procedure.acts)) {
      if (to === undefined || depth.has(to)) continue
      const known = from.flatMap((state) => depth.get(state) ?? [])
      if (known.length > 0) depth.set(to, Math.min(...known) + 1)
    }
  }
  const filled: number[] = []
  const last = 1 + Math.max(0, ...Object.keys(procedure.states).flatMap((name) => (procedure.states[name]!.ended ? [] : (depth.get(name) ?? 0))))
  return Object.keys(procedure.states).map((name) => {
    const at = procedure.states[name]!.ended ? last : (depth.get(name) ?? 0)
    const row = filled[at] ?? 0
    filled[at] = row + 1
    return { name, depth: at, row }
  })
}
