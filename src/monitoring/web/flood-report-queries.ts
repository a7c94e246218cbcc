import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask } from '../../kernel/web/index.ts'
import { getReport, getReports, type ReportKind } from '../contract.ts'

export const reportsQuery = (kind: ReportKind | undefined) =>
  infiniteQueryOptions({
    queryKey: ['flood-reports', 'list', kind ?? ''],
    queryFn: ({ pageParam, signal }) => ask(getReports, { query: { limit: 50, ...(kind && { kind }), ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (old) => old,
  })

export const reportQuery = (id: string) => queryOptions({ queryKey: ['flood-reports', 'one', id], queryFn: ({ signal }) => ask(getReport, { params: { id }, signal }) })
