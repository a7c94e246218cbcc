import { outwardOf, type Context, type Language, type RawReply } from '../../../kernel/index.ts'
import { getCityFacts } from '../../../atlas/index.ts'
import { compose } from './compose.ts'
import type { ReportFormat } from './contract.ts'
import { readReport } from './reports.ts'
import { writeDocx } from './write-docx.ts'
import { writePdf } from './write-pdf.ts'

const TYPES = { docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', pdf: 'application/pdf' } as const

/** A report as a file; its links lead to this deployment. */
export async function readReportFile(ctx: Context, id: string, format: ReportFormat, language: Language): Promise<RawReply> {
  const report = await readReport(ctx, id)
  const { zone } = await getCityFacts(ctx)
  const { base } = await ctx.caches.get(ctx, outwardOf)
  const brief = compose(report, { language, zone })
  const body = format === 'pdf' ? await writePdf(brief, { base, language, at: new Date(report.issued?.at ?? report.at) }) : await writeDocx(brief, { base, language })
  return { type: TYPES[format], body, headers: { 'content-disposition': `attachment; filename="flood-report.${format}"; filename*=UTF-8''${encodeURIComponent(`${brief.name}.${format}`)}`, 'cache-control': 'no-store' } }
}
