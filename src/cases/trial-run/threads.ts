import { Worker } from 'node:worker_threads'
import type { Asked } from './judge-thread.ts'
import type { Brief, Piece, Special, Tally } from './judge.ts'

export interface Thread {
  piece(piece: Piece): Promise<number[]>
  walk(piece: Piece, list: readonly Special[]): Promise<void>
  end(): Promise<Tally>
}

type Question = Asked extends infer A ? (A extends unknown ? Omit<A, 'id'> : never) : never

/** Judges in so many threads; `close` ends them whatever they are doing. */
export function openThreads(brief: Brief, count: number): { readonly threads: readonly Thread[]; close(): Promise<void> } {
  const workers = Array.from({ length: count }, () => new Worker(new URL('./judge-thread.ts', import.meta.url), { workerData: brief }))
  const threads = workers.map((worker): Thread => {
    const waiting = new Map<number, { done: (answer: never) => void; failed: (error: unknown) => void }>()
    let next = 0
    worker.on('message', ({ id, answer }: { id: number; answer: never }) => {
      waiting.get(id)?.done(answer)
      waiting.delete(id)
    })
    worker.on('error', (error) => {
      for (const { failed } of waiting.values()) failed(error)
      waiting.clear()
    })
    const ask = <T>(question: Question): Promise<T> =>
      new Promise<T>((done, failed) => {
        const id = next++
        waiting.set(id, { done, failed })
        worker.postMessage({ ...question, id })
      })
    return {
      piece: (piece) => ask({ piece }),
      walk: (piece, walk) => ask({ piece, walk }),
      end: () => ask({ end: true }),
    }
  })
  return { threads, close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))) }
}
