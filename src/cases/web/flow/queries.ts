import { queryOptions } from '@tanstack/react-query'
import { ask } from '../../../kernel/web/index.ts'
import type { Flow } from '../../flow.ts'
import { getDraft, getDraftCheck, getFlows, getFlowVersion, getMappings, postMappingPreview } from '../../flow-edit/contract.ts'
import type { StateMapping } from '../../flow-edit/mapping.ts'

export const flowsQuery = queryOptions({ queryKey: ['flows', 'list'], queryFn: ({ signal }) => ask(getFlows, { signal }) })

export const draftQuery = (code: string) =>
  queryOptions({
    queryKey: ['flows', 'draft', code],
    queryFn: async ({ signal }) => {
      const draft = await ask(getDraft, { params: { code }, signal })
      return { ...draft, flow: draft.flow as Flow }
    },
    // What is being edited here is newer than what is stored.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

export const versionQuery = (flow: string) =>
  queryOptions({
    queryKey: ['flows', 'version', flow],
    queryFn: async ({ signal }) => (await ask(getFlowVersion, { params: { flow }, signal })) as Flow,
    staleTime: Infinity,
  })

export const checkQuery = (code: string, revision: number, against: string | undefined) =>
  queryOptions({
    queryKey: ['flows', 'check', code, revision, against],
    queryFn: ({ signal }) => ask(getDraftCheck, { params: { code }, query: against === undefined ? {} : { against }, signal }),
  })

export const mappingsQuery = queryOptions({
  queryKey: ['flows', 'mappings'],
  queryFn: ({ signal }) => ask(getMappings, { signal }),
  refetchInterval: (query) => (query.state.data?.items.some(({ endedAt }) => endedAt === null) ? 1000 : false),
})

export const mappingPreviewQuery = (from: string, to: string, states: StateMapping) =>
  queryOptions({
    queryKey: ['flows', 'mapping-preview', from, to, states],
    queryFn: ({ signal }) => ask(postMappingPreview, { body: { from, to, states }, signal }),
    placeholderData: (old) => old,
  })
