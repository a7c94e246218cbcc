import { answer, serve } from '../../../kernel/index.ts'
import { deleteReport, getReport, getReportFile, getReports, postReport, postReportIssue, putReportTexts } from './contract.ts'
import { readReportFile } from './report-file.ts'
import { dropDraft, issueReport, listReports, makeReport, readReport, writeTexts } from './reports.ts'

export const reportRoutes = [
  answer(getReports, (ctx, { query }) => listReports(ctx, query)),
  answer(postReport, (ctx, { body }) => makeReport(ctx, body)),
  answer(getReport, (ctx, { params }) => readReport(ctx, params.id)),
  answer(putReportTexts, (ctx, { params, body }) => writeTexts(ctx, params.id, body)),
  answer(postReportIssue, (ctx, { params, body }) => issueReport(ctx, params.id, body.revision)),
  answer(deleteReport, (ctx, { params }) => dropDraft(ctx, params.id)),
  serve(getReportFile, (ctx, { params, query, language }) => readReportFile(ctx, params.id, query.format, language)),
]
