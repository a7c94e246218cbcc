// Trial runs over the wire.

import { endpoint, Moment, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { TrialPlan } from './plan.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const PERMIT = 'case.flow'

const Counts = {
  /** Cases that a unit disposed of against a deadline. */
  disposed: Type.Integer(),
  inBefore: Type.Integer(),
  inAfter: Type.Integer(),
  newlyLate: Type.Integer(),
  newlyIn: Type.Integer(),
  /** Whose deadline came from elsewhere and stayed as it was. */
  kept: Type.Integer(),
  reworks: Type.Integer(),
  returns: Type.Integer(),
  scoreBefore: orNull(Type.Number()),
  scoreAfter: orNull(Type.Number()),
}

export const TrialResult = Type.Object({
  from: Moment,
  to: Moment,
  cases: Type.Integer(),
  /** Cases whose history was walked step by step, since their row alone does not tell their way. */
  walked: Type.Integer(),
  totals: Type.Object(Counts),
  units: Type.Array(Type.Object({ code: Type.String(), name: WordsBody, ...Counts })),
  stages: Type.Array(
    Type.Object({
      side: Type.Enum(['before', 'after']),
      flow: Type.String(),
      clock: Type.String(),
      stage: Type.Integer(),
      words: WordsBody,
      stageWords: WordsBody,
      amount: Type.Number(),
      unit: Type.String(),
      n: Type.Integer(),
      late: Type.Integer(),
    }),
  ),
  flips: Type.Array(
    Type.Object({ number: Type.String(), unit: WordsBody, disposedAt: Moment, dueBefore: orNull(Moment), dueAfter: orNull(Moment), lateAfter: Type.Boolean() }),
  ),
})
export type TrialResult = Static<typeof TrialResult>

export const TrialListed = Type.Object({
  id: Type.String(),
  plan: TrialPlan,
  state: Type.Enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  begunAt: Moment,
  begunBy: Type.String(),
  endedAt: orNull(Moment),
  seen: Type.Integer(),
  total: Type.Integer(),
  note: orNull(Type.String()),
})
export type TrialListed = Static<typeof TrialListed>

export const getTrials = endpoint({
  method: 'GET',
  path: '/api/trial-runs',
  permit: PERMIT,
  summary: { zh: '试运行列表', en: 'Trial runs' },
  reply: Type.Object({ items: Type.Array(TrialListed) }),
})

export const postTrial = endpoint({
  method: 'POST',
  path: '/api/trial-runs',
  permit: PERMIT,
  summary: { zh: '用过去的案件试运行', en: 'Try a flow or limits on past cases' },
  body: TrialPlan,
  reply: TrialListed,
})

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const getTrial = endpoint({
  method: 'GET',
  path: '/api/trial-runs/:id',
  permit: PERMIT,
  summary: { zh: '试运行及结果', en: 'A trial run with its result' },
  params: Id,
  reply: Type.Object({ ...TrialListed.properties, result: orNull(TrialResult) }),
})
export type Trial = Static<(typeof getTrial)['reply']>

export const postTrialCancel = endpoint({
  method: 'POST',
  path: '/api/trial-runs/:id/cancel',
  permit: PERMIT,
  summary: { zh: '停止试运行', en: 'Stop a trial run' },
  params: Id,
  reply: TrialListed,
})

export const getTrialTable = endpoint({
  method: 'GET',
  path: '/api/trial-runs/:id/table',
  permit: PERMIT,
  gives: 'raw',
  summary: { zh: '下载各单位结果', en: 'Download the result by unit' },
  params: Id,
})
