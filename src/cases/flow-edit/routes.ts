import { answer, type Route } from '../../kernel/index.ts'
import type { Flow } from '../flow.ts'
import {
  deleteDraft,
  getDraft,
  getDraftCheck,
  getFlows,
  getFlowVersion,
  getMappings,
  postDraft,
  postFlowUse,
  postMapping,
  postMappingPreview,
  postPublish,
  putDraft,
} from './contract.ts'
import { checkDraft, dropDraft, publishDraft, saveDraft, showDraft, startDraft, useFlow } from './drafts.ts'
import { findFlow, listFlows } from './list-flows.ts'
import { listMappings, previewMapping, startMapping } from './mappings.ts'

export const flowRoutes: readonly Route[] = [
  answer(getFlows, (ctx) => listFlows(ctx)),
  answer(getFlowVersion, (ctx, { params }) => findFlow(ctx, params.flow)),
  answer(postFlowUse, (ctx, { body }) => useFlow(ctx, body)),
  answer(postDraft, (ctx, { body }) => startDraft(ctx, body)),
  answer(getDraft, (ctx, { params }) => showDraft(ctx, params.code)),
  // The shape has been checked; what it says is checked before it is published.
  answer(putDraft, (ctx, { params, body: { revision, flow } }) => saveDraft(ctx, params.code, { revision, flow: flow as Flow })),
  answer(deleteDraft, (ctx, { params }) => dropDraft(ctx, params.code)),
  answer(getDraftCheck, (ctx, { params, query }) => checkDraft(ctx, params.code, query.against)),
  answer(postPublish, (ctx, { params, body }) => publishDraft(ctx, params.code, body)),
  answer(postMappingPreview, (ctx, { body }) => previewMapping(ctx, body)),
  answer(postMapping, (ctx, { body }) => startMapping(ctx, body)),
  answer(getMappings, (ctx) => listMappings(ctx)),
]
