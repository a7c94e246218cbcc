// One incident, one case, over the wire: who tells of the same, what was merged, and storms.

import { endpoint, Moment, PageQuery, page, Position, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { CaseBrief, CaseNumber, NumberParams, WordsBody } from '../shapes.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const Note = Type.String({ maxLength: 1000 })
const Sha256List = Type.String({ pattern: '^([0-9a-f]{64}(,[0-9a-f]{64}){0,19})?$', description: 'SHA-256 of stored photos, with commas' })

/** Most cases that one act merges. */
export const MERGED_AT_ONCE = 500

// ── Candidates

export const Candidate = Type.Object({
  /** The root: what was merged before is one with it. */
  brief: CaseBrief,
  /** Reports of it so far, its own among them. */
  reports: Type.Integer(),
  /** The merged report that is like it, where that is not the root itself. */
  through: orNull(CaseNumber),
  /** Likelihood that both tell of one incident, 0 … 1. */
  score: Type.Number(),
  /** Thought to be the same: ticked before anyone chose. */
  proposed: Type.Boolean(),
  /** Open, and the caller may merge there. */
  mayMerge: Type.Boolean(),
  metres: Type.Number(),
  minutes: Type.Number(),
  /** Why: “同类”, “相距 12 米”, “相差 3 分钟”, “照片相似”. */
  reasons: Type.Array(WordsBody),
  /** What speaks against it. */
  against: Type.Array(WordsBody),
})
export type Candidate = Static<typeof Candidate>

export const StormBrief = Type.Object({
  id: Type.String(),
  district: Type.String(),
  state: Type.Enum(['open', 'over', 'dismissed']),
  /** “供排水：冒水”. */
  words: WordsBody,
  region: WordsBody,
  reports: Type.Integer(),
  merged: Type.Integer(),
  centre: Position,
  metres: Type.Number(),
  /** All over the district, not in one place. */
  wide: Type.Boolean(),
  since: Moment,
  lastAt: Moment,
  /** How many would be usual there in the same time. */
  usual: Type.Number(),
  root: orNull(CaseNumber),
})
export type StormBrief = Static<typeof StormBrief>

export const Candidates = Type.Object({
  items: Type.Array(Candidate),
  /** Storms that the report belongs to by place, time and words. */
  storms: Type.Array(StormBrief),
})
export type Candidates = Static<typeof Candidates>

/** Of a stored case by its number, or of a report that is being written. */
export const getCandidates = endpoint({
  method: 'GET',
  path: '/api/incidents/candidates',
  permit: 'case.read',
  summary: { zh: '疑似同一事件的案件', en: 'Cases that may tell of the same incident' },
  query: Type.Object({
    number: maybe(CaseNumber),
    category: maybe(Type.String({ maxLength: 60 })),
    lng: maybe(Type.Number({ minimum: -180, maximum: 180 })),
    lat: maybe(Type.Number({ minimum: -90, maximum: 90 })),
    description: maybe(Type.String({ maxLength: 2000 })),
    address: maybe(Type.String({ maxLength: 200 })),
    component: maybe(Type.String({ maxLength: 60 })),
    files: maybe(Sha256List),
  }),
  reply: Candidates,
})

// ── Merging

export const MergeVerdict = Type.Object({
  number: CaseNumber,
  merged: Type.Boolean(),
  /** Why not. */
  problem: orNull(Type.Object({ code: Type.String(), words: WordsBody })),
})
export type MergeVerdict = Static<typeof MergeVerdict>

export const MergeReply = Type.Object({ root: CaseBrief, reports: Type.Integer(), verdicts: Type.Array(MergeVerdict) })
export type MergeReply = Static<typeof MergeReply>

export const postMerges = endpoint({
  method: 'POST',
  path: '/api/cases/:number/merges',
  permit: 'case.merge',
  summary: { zh: '把若干案件并入本案', en: 'Merge cases into this one' },
  params: NumberParams,
  body: Type.Object({ numbers: Type.Array(CaseNumber, { minItems: 1, maxItems: MERGED_AT_ONCE }), note: maybe(Note) }),
  reply: MergeReply,
})

export const deleteMerge = endpoint({
  method: 'DELETE',
  path: '/api/cases/:number/merges',
  permit: 'case.merge',
  summary: { zh: '撤销本案的合并', en: 'Take this case out of the one it was merged into' },
  params: NumberParams,
  query: Type.Object({ note: maybe(Note) }),
  reply: CaseBrief,
})

/** One report of an incident. Who reported it is masked unless the caller holds `case.reporter`. */
export const MergedReport = Type.Object({
  number: CaseNumber,
  /** What it was merged into; null for the root. */
  parent: orNull(CaseNumber),
  description: Type.String(),
  sourceWords: WordsBody,
  position: orNull(Position),
  photo: orNull(Type.String()),
  reportedAt: Moment,
  mergedAt: orNull(Moment),
  mergedBy: orNull(Type.String()),
  reporter: orNull(Type.Object({ name: orNull(Type.String()), phone: orNull(Type.String()) })),
  /** The caller may take it out again. */
  mayUnmerge: Type.Boolean(),
})
export type MergedReport = Static<typeof MergedReport>

export const getMerges = endpoint({
  method: 'GET',
  path: '/api/cases/:number/merges',
  permit: 'case.read',
  summary: { zh: '本案的全部反映', en: 'All reports of the incident that this case belongs to' },
  params: NumberParams,
  reply: Type.Object({ root: CaseNumber, reports: Type.Integer(), items: Type.Array(MergedReport), more: Type.Boolean() }),
})

// ── Storms

const StormParams = Type.Object({ district: Type.String({ pattern: '^\\d{6}$' }), storm: Type.String({ format: 'uuid' }) })

export const getStorms = endpoint({
  method: 'GET',
  path: '/api/incidents/storms',
  permit: 'case.read',
  summary: { zh: '同源事件', en: 'Storms: one cause, many reports' },
  query: Type.Object({ state: maybe(Type.Enum(['open', 'over', 'dismissed'])), ...PageQuery }),
  reply: page(StormBrief),
})

export const StormMember = Type.Object({
  number: CaseNumber,
  description: Type.String(),
  address: orNull(Type.String()),
  position: orNull(Position),
  reportedAt: Moment,
  state: Type.String(),
  stateWords: WordsBody,
  mergedInto: orNull(CaseNumber),
  mayMerge: Type.Boolean(),
})
export type StormMember = Static<typeof StormMember>

export const StormDetail = Type.Object({
  storm: StormBrief,
  members: Type.Array(StormMember),
  /** Reports in each piece of time, oldest first. */
  curve: Type.Array(Type.Object({ from: Moment, reports: Type.Integer() })),
  pieceMinutes: Type.Integer(),
  /** The member proposed as root: the one furthest on its way, else the first. */
  proposedRoot: orNull(CaseNumber),
})
export type StormDetail = Static<typeof StormDetail>

export const getStorm = endpoint({
  method: 'GET',
  path: '/api/incidents/storms/:district/:storm',
  permit: 'case.read',
  summary: { zh: '一个同源事件', en: 'One storm with its reports' },
  params: StormParams,
  reply: StormDetail,
})

export const postStormMerge = endpoint({
  method: 'POST',
  path: '/api/incidents/storms/:district/:storm/merges',
  permit: 'case.merge',
  summary: { zh: '合并同源事件的案件', en: 'Merge cases of a storm into one of them' },
  params: StormParams,
  body: Type.Object({ root: CaseNumber, numbers: Type.Array(CaseNumber, { minItems: 1, maxItems: MERGED_AT_ONCE }), note: maybe(Note) }),
  reply: MergeReply,
})

export const postStormDismiss = endpoint({
  method: 'POST',
  path: '/api/incidents/storms/:district/:storm/dismissal',
  permit: 'case.merge',
  summary: { zh: '不是同源事件', en: 'Say that it is no storm' },
  params: StormParams,
  body: Type.Object({ note: Note }),
  reply: StormBrief,
})
