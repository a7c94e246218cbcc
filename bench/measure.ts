import { readFileSync } from 'node:fs'

/** One row of the table: what was measured, its goal, the figure, and whether the goal was met. */
export interface Finding {
  readonly what: string
  readonly goal: string
  readonly figure: string
  readonly ratio?: number
  readonly met: boolean
  readonly detail: Readonly<Record<string, number | string>>
}

/** The value below which `share` of the samples lie; samples in any order. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Runs `act` `times` times over `lanes` at once; how long it all took, in seconds. */
export async function inLanes(lanes: number, times: number, act: (lane: number, turn: number) => Promise<void>): Promise<number> {
  let next = 0
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let turn = next++; turn < times; turn = next++) await act(lane, turn)
    }),
  )
  return (performance.now() - startedAt) / 1000
}

/** How long each of `times` calls took, in milliseconds, one after the other. */
export async function oneByOne(times: number, act: (turn: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const startedAt = performance.now()
    await act(turn)
    samples.push(performance.now() - startedAt)
  }
  return samples
}

/** A seeded generator of numbers in [0, 1) (mulberry32), so that every run asks the same things. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const round = (value: number, digits = 2) => Number(value.toFixed(digits))

/** What a process holds of the machine's memory. */
export const memoryMib = (pid: number): number => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
