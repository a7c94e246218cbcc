// Reports of a flood (雨前、雨中、雨后快报) over the wire.

import { endpoint, Moment, PageQuery, page, Type, type Static, type TSchema } from '../../../kernel/contract.ts'
import { Expected, Figures, REPORT_KIND_CODES } from './figures.ts'

export * from './figures.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** What the author writes; all else is figures. */
export const ReportTexts = Type.Object({
  title: Type.String({ maxLength: 80 }),
  /** Before the figures: 天气形势, 总体情况. */
  lead: Type.String({ maxLength: 4_000 }),
  /** Behind them: 防范安排, 下一步安排, 经验与改进. */
  close: Type.String({ maxLength: 4_000 }),
})
export type ReportTexts = Static<typeof ReportTexts>

const Signed = Type.Object({ at: Moment, by: Type.String() })

export const ReportListed = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...REPORT_KIND_CODES]),
  region: Type.String(),
  regionName: Type.Object({ zh: Type.String(), en: Type.String() }),
  /** 第 N 期 of its kind, region and year; given when it is issued. */
  year: Type.Integer(),
  number: orNull(Type.Integer()),
  /** The moment of its figures. */
  at: Moment,
  title: Type.String(),
  made: Signed,
  issued: orNull(Signed),
})
export type ReportListed = Static<typeof ReportListed>

export const ReportShown = Type.Object({ ...ReportListed.properties, revision: Type.Integer(), form: Type.Integer(), texts: ReportTexts, figures: Figures })
export type ReportShown = Static<typeof ReportShown>

export const getReports = endpoint({
  method: 'GET',
  path: '/api/flood/reports',
  permit: 'monitoring.report',
  summary: { zh: '内涝快报', en: 'Reports of floods, the newest first' },
  query: Type.Object({ kind: Type.Optional(Type.Enum([...REPORT_KIND_CODES])), ...PageQuery }),
  reply: page(ReportListed),
})

export const ReportBody = Type.Object({
  kind: Type.Enum([...REPORT_KIND_CODES]),
  expected: Type.Optional(Expected),
  event: Type.Optional(Type.String({ format: 'date-time', description: 'When the rain began of which a report is made afterwards; none: the latest that is over' })),
})
export type ReportBody = Static<typeof ReportBody>

export const postReport = endpoint({
  method: 'POST',
  path: '/api/flood/reports',
  permit: 'monitoring.report',
  summary: { zh: '生成内涝快报（草稿）', en: 'Make a report of the figures as they stand now; its texts may be written until it is issued' },
  body: ReportBody,
  reply: ReportShown,
})

export const getReport = endpoint({
  method: 'GET',
  path: '/api/flood/reports/:id',
  permit: 'monitoring.report',
  summary: { zh: '一期内涝快报', en: 'A report with its figures' },
  params: Id,
  reply: ReportShown,
})

export const putReportTexts = endpoint({
  method: 'PUT',
  path: '/api/flood/reports/:id/texts',
  permit: 'monitoring.report',
  summary: { zh: '修改快报文字（签发前）', en: 'Write the texts of a report that is not issued yet' },
  params: Id,
  body: Type.Object({ revision: Type.Integer({ description: 'That was read: refused where someone else wrote in between' }), texts: ReportTexts }),
  reply: ReportShown,
})

export const postReportIssue = endpoint({
  method: 'POST',
  path: '/api/flood/reports/:id/issue',
  permit: 'monitoring.report-issue',
  summary: { zh: '签发快报', en: 'Issue a report: it gets its number, and nothing of it changes any more' },
  params: Id,
  body: Type.Object({ revision: Type.Integer() }),
  reply: ReportShown,
})

export const deleteReport = endpoint({
  method: 'DELETE',
  path: '/api/flood/reports/:id',
  permit: 'monitoring.report',
  summary: { zh: '删除快报草稿', en: 'Drop a report that was not issued' },
  params: Id,
  reply: Type.Object({}),
})

export const REPORT_FORMATS = ['docx', 'pdf'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const getReportFile = endpoint({
  method: 'GET',
  path: '/api/flood/reports/:id/file',
  permit: 'monitoring.report',
  summary: { zh: '下载快报（Word、PDF）', en: 'A report as a Word document or a PDF' },
  params: Id,
  query: Type.Object({ format: Type.Enum([...REPORT_FORMATS]) }),
  gives: 'raw',
})
