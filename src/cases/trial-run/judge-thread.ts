// One judge in a thread of its own.

import { parentPort, workerData } from 'node:worker_threads'
import { makeJudge, type Brief, type Piece, type Special } from './judge.ts'

export type Asked = { readonly id: number; readonly piece: Piece } | { readonly id: number; readonly walk: readonly Special[]; readonly piece: Piece } | { readonly id: number; readonly end: true }

const judge = makeJudge(workerData as Brief)

parentPort!.on('message', (asked: Asked) => {
  const answer = 'end' in asked ? judge.tally : 'walk' in asked ? judge.specials(asked.piece, asked.walk) : judge.piece(asked.piece)
  parentPort!.postMessage({ id: asked.id, answer })
})
