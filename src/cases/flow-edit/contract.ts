// Flows as an administrator edits them, over the wire.

import { endpoint, Moment, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { FlowBody } from './shape.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const PERMIT = 'case.flow'

/** `standard.1`. */
const FlowKey = Type.String({ pattern: String.raw`^[a-z][a-z0-9-]*\.\d+$`, maxLength: 60 })
const FlowCode = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 40 })
const Region = Type.String({ maxLength: 12 })

export const FlowListed = Type.Object({
  key: FlowKey,
  code: FlowCode,
  version: Type.Integer(),
  words: WordsBody,
  stages: Type.Array(WordsBody),
  states: Type.Integer(),
  steps: Type.Integer(),
  procedures: Type.Integer(),
  shipped: Type.Boolean(),
  publishedAt: orNull(Moment),
  publishedBy: orNull(Type.String()),
  note: orNull(Type.String()),
  openCases: Type.Integer(),
})
export type FlowListed = Static<typeof FlowListed>

export const DraftListed = Type.Object({
  code: FlowCode,
  version: Type.Integer(),
  words: WordsBody,
  base: FlowKey,
  revision: Type.Integer(),
  begunAt: Moment,
  begunBy: Type.String(),
  savedAt: Moment,
  savedBy: Type.String(),
  faults: Type.Integer(),
})
export type DraftListed = Static<typeof DraftListed>

/** From when on new cases of a district follow a flow; `flow` null: the district goes with the city. */
export const FlowUse = Type.Object({
  district: Type.String(),
  name: WordsBody,
  flow: orNull(FlowKey),
  since: Moment,
  by: Type.String(),
  state: Type.Enum(['past', 'now', 'later']),
})
export type FlowUse = Static<typeof FlowUse>

export const getFlows = endpoint({
  method: 'GET',
  path: '/api/flows',
  permit: PERMIT,
  summary: { zh: '流程、草稿和启用情况', en: 'Flows, drafts, and which are in use' },
  reply: Type.Object({
    items: Type.Array(FlowListed),
    drafts: Type.Array(DraftListed),
    uses: Type.Array(FlowUse),
    districts: Type.Array(Type.Object({ code: Type.String(), name: WordsBody })),
  }),
})
export type FlowsShown = Static<(typeof getFlows)['reply']>

export const getFlowVersion = endpoint({
  method: 'GET',
  path: '/api/flows/:flow',
  permit: PERMIT,
  summary: { zh: '一个流程版本', en: 'One version of a flow' },
  params: Type.Object({ flow: FlowKey }),
  reply: Type.Unknown(),
})

export const postFlowUse = endpoint({
  method: 'POST',
  path: '/api/flows/uses',
  permit: PERMIT,
  summary: { zh: '启用流程', en: 'Have new cases follow a flow' },
  body: Type.Object({ flow: orNull(FlowKey), district: Region, since: maybe(Moment) }),
  reply: FlowUse,
})

export const postDraft = endpoint({
  method: 'POST',
  path: '/api/flow-drafts',
  permit: PERMIT,
  summary: { zh: '复制流程为草稿', en: 'Copy a flow into a draft' },
  body: Type.Object({ code: FlowCode, from: FlowKey }),
  reply: DraftListed,
})

export const Draft = Type.Object({
  ...DraftListed.properties,
  flow: Type.Unknown(),
  /** Permits that some role grants: by them the page says which steps nobody may take. */
  held: Type.Array(Type.String()),
})
export type Draft = Static<typeof Draft>

export const getDraft = endpoint({
  method: 'GET',
  path: '/api/flow-drafts/:code',
  permit: PERMIT,
  summary: { zh: '流程草稿', en: 'A draft of a flow' },
  params: Type.Object({ code: FlowCode }),
  reply: Draft,
})

export const putDraft = endpoint({
  method: 'PUT',
  path: '/api/flow-drafts/:code',
  permit: PERMIT,
  summary: { zh: '保存草稿', en: 'Save a draft' },
  params: Type.Object({ code: FlowCode }),
  body: Type.Object({ revision: Type.Integer(), flow: FlowBody }),
  reply: DraftListed,
})

export const deleteDraft = endpoint({
  method: 'DELETE',
  path: '/api/flow-drafts/:code',
  permit: PERMIT,
  summary: { zh: '放弃草稿', en: 'Drop a draft' },
  params: Type.Object({ code: FlowCode }),
  reply: Type.Object({ code: FlowCode }),
})

const FaultBody = Type.Object({ at: Type.String(), reason: WordsBody })

export const DraftCheck = Type.Object({
  faults: Type.Array(FaultBody),
  /** What is different from the flow that new cases follow now, in words. */
  changes: Type.Array(Type.Object({ at: Type.String(), words: WordsBody })),
  against: FlowKey,
})
export type DraftCheck = Static<typeof DraftCheck>

export const getDraftCheck = endpoint({
  method: 'GET',
  path: '/api/flow-drafts/:code/check',
  permit: PERMIT,
  summary: { zh: '发布前检查', en: 'Check a draft before it is published' },
  params: Type.Object({ code: FlowCode }),
  query: Type.Object({ against: maybe(FlowKey) }),
  reply: DraftCheck,
})

export const postPublish = endpoint({
  method: 'POST',
  path: '/api/flow-drafts/:code/publish',
  permit: PERMIT,
  summary: { zh: '发布流程', en: 'Publish a draft as a version' },
  params: Type.Object({ code: FlowCode }),
  body: Type.Object({
    revision: Type.Integer(),
    note: Type.String({ minLength: 1, maxLength: 200 }),
    use: maybe(Type.Object({ district: Region, since: maybe(Moment) })),
  }),
  reply: FlowListed,
})

// ── Mappings

const Target = Type.Object({ to: orNull(Type.String({ maxLength: 40 })), clock: Type.Enum(['keep', 'anew']) })
const Targets = Type.Record(Type.String({ maxLength: 40 }), Target)

export const MappingRow = Type.Object({
  state: Type.String(),
  words: WordsBody,
  cases: Type.Integer(),
  to: orNull(Type.String()),
  toWords: orNull(WordsBody),
  clock: Type.Enum(['keep', 'anew']),
  fault: orNull(WordsBody),
})
export type MappingRow = Static<typeof MappingRow>

export const MappingPreview = Type.Object({
  from: FlowKey,
  to: FlowKey,
  cases: Type.Integer(),
  without: Type.Integer(),
  rows: Type.Array(MappingRow),
  /** States that cases may be moved to. */
  targets: Type.Array(Type.Object({ state: Type.String(), words: WordsBody })),
  /** Open proceedings that the new flow does not know, and that would end. */
  lapsing: Type.Integer(),
})
export type MappingPreview = Static<typeof MappingPreview>

export const postMappingPreview = endpoint({
  method: 'POST',
  path: '/api/flow-mappings/preview',
  permit: PERMIT,
  repeatable: true,
  summary: { zh: '试算：在办案件如何转入另一流程', en: 'How open cases would move to another flow' },
  body: Type.Object({ from: FlowKey, to: FlowKey, states: maybe(Targets) }),
  reply: MappingPreview,
})

export const Mapping = Type.Object({
  id: Type.String(),
  name: Type.String(),
  from: FlowKey,
  to: FlowKey,
  begunAt: Moment,
  begunBy: Type.String(),
  seen: Type.Integer(),
  moved: Type.Integer(),
  stayed: Type.Integer(),
  endedAt: orNull(Moment),
})
export type Mapping = Static<typeof Mapping>

export const postMapping = endpoint({
  method: 'POST',
  path: '/api/flow-mappings',
  permit: PERMIT,
  summary: { zh: '把在办案件转入另一流程', en: 'Move open cases to another flow' },
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }), from: FlowKey, to: FlowKey, states: Targets }),
  reply: Mapping,
})

export const getMappings = endpoint({
  method: 'GET',
  path: '/api/flow-mappings',
  permit: PERMIT,
  summary: { zh: '案件转流程的进度', en: 'How far mappings have moved open cases' },
  reply: Type.Object({ items: Type.Array(Mapping) }),
})
